// What scrolls sideways can be scrolled from the keyboard too, and only that:
// nobody should have to tab through what fits.
{
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of document.querySelectorAll("main .table-wrapper, main pre, main pre > code, main p:has(> img)")) observer.observe(box);
}
