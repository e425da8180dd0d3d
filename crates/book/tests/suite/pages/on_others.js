(async () => {
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
  for (const show of document.querySelectorAll(".stage .show")) show.click();
  const last = new KeyboardEvent("keydown", { key: "End", bubbles: true });
  for (const stage of document.querySelectorAll(".stage[data-state]")) stage.dispatchEvent(last);
  // What follows a new size comes with the next frame.
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  for (const stage of document.querySelectorAll(".stage[data-state]")) stage.dispatchEvent(last);

  /** Where the text of an element can be seen. */
  const boxes = element => {
    const text = document.createRange();
    text.selectNodeContents(element);
    const all = [...text.getClientRects()];
    const clip = element.getBoundingClientRect();
    const cut = getComputedStyle(element).overflow === "visible" ? all : all.map(box => ({
      left: Math.max(box.left, clip.left),
      right: Math.min(box.right, clip.right),
      top: Math.max(box.top, clip.top),
      bottom: Math.min(box.bottom, clip.bottom),
    }));
    return cut.filter(box => box.right - box.left > 1 && box.bottom - box.top > 1);
  };
  const meet = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const faults = [];
  const compare = (where, elements) => {
    const words = elements.filter(one => one.checkVisibility() && one.textContent.trim()).map(one => [one, boxes(one)]);
    words.forEach(([one, own], n) => {
      for (const [other, its] of words.slice(n + 1)) {
        if (own.some(a => its.some(b => meet(a, b))))
          faults.push(`${where}: “${one.textContent}” and “${other.textContent}”`);
      }
    });
  };
  for (const lanes of document.querySelectorAll(".stage .lanes"))
    compare(lanes.querySelector("input").ariaLabel, [...lanes.querySelectorAll(".instant, .gap span, .label")]);
  document.querySelectorAll(".diagram svg").forEach((svg, n) => {
    compare(`diagram ${n + 1}`, [...svg.querySelectorAll(".messageText, .noteText")]);
  });
  return faults;
})()
