// What scrolls can be scrolled from the keyboard too, and shows at its edges
// that it goes on; only that: nobody should have to tab through what fits.
(cs => {
  "use strict";

  /** Notes where `box` goes on beyond its edges, for text.css. @param {HTMLElement} box */
  function look(box) {
    const across = box.scrollWidth > box.clientWidth + 1,
      down = box.scrollHeight > box.clientHeight + 1;
    const more = [
      across && box.scrollLeft > 1 && "left",
      across && box.scrollLeft + box.clientWidth < box.scrollWidth - 1 && "right",
      down && box.scrollTop > 1 && "up",
      down && box.scrollTop + box.clientHeight < box.scrollHeight - 1 && "down",
    ].filter(Boolean);
    if (more.length) box.dataset.more = more.join(" ");
    else delete box.dataset.more;
    if (across || down) box.tabIndex = 0;
    // What is a stop in any case, since its lines come and go, stays one.
    else if (!("stop" in box.dataset)) box.removeAttribute("tabindex");
  }

  const observer = new ResizeObserver(entries => {
    for (const { target } of entries) look(/** @type {HTMLElement} */ (target));
  });

  /** From now on `box` shows that it scrolls, when it does. */
  cs.scrolls = box => {
    box.addEventListener("scroll", () => look(box), { passive: true });
    observer.observe(box);
  };

  // mdBook's bar looks up at each scroll, and after one jump upwards hangs in the middle
  // of the window until the next.
  document.addEventListener("scrollend", () => document.dispatchEvent(new Event("scroll")));

  // Before the sixty chapters at the side, for who has no mouse.
  const skip = document.createElement("a");
  Object.assign(skip, { className: "skip", href: "#mdbook-content", textContent: "Skip to the text" });
  document.body.prepend(skip);

  /** @type {NodeListOf<HTMLElement>} */
  const boxes = document.querySelectorAll("main .table-wrapper, main pre, main pre > code, main p:has(> img)");
  for (const box of boxes) cs.scrolls(box);
})(globalThis.contextSwitch);
