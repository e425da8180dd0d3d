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
  // What each is at stays with its name, whatever it is.
  for (const lanes of document.querySelectorAll(".stage .lanes")) {
    for (const state of lanes.querySelectorAll(".owner i")) state.textContent = "waits for the answer or for 300 ms";
    compare(lanes.querySelector("input").ariaLabel, [...lanes.querySelectorAll(".owner b, .owner small")]);
  }
  document.querySelectorAll(".diagram svg").forEach((svg, n) => {
    compare(`diagram ${n + 1}`, [...svg.querySelectorAll(".messageText, .noteText")]);
    const strange = [...svg.querySelectorAll("text")].filter(text =>
      getComputedStyle(text.querySelector("tspan") ?? text).fill !== getComputedStyle(document.body).color);
    for (const text of strange) faults.push(`diagram ${n + 1}: “${text.textContent}” has a colour of its own`);
    // A label has to keep clear of the bars that its arrow goes from and to.
    const bars = [...svg.querySelectorAll("[class^=activation]")].map(bar => bar.getBoundingClientRect());
    for (const line of svg.querySelectorAll("line[class^=messageLine]")) {
      const { left, right } = line.getBoundingClientRect();
      const ends = bars.filter(bar => Math.abs(bar.right - left) < 8 || Math.abs(bar.left - right) < 8);
      for (let label = line.previousElementSibling; label?.matches(".messageText"); label = label.previousElementSibling) {
        const touches = box => ends.some(bar => meet({ ...box, left: box.left - 2, right: box.right + 2 }, bar));
        if (boxes(label).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })).some(touches))
          faults.push(`diagram ${n + 1}: “${label.textContent}” touches a bar`);
      }
    }
  });
  // Where a stage begins at the top of the window, its controls hide nothing that moves;
  // a narrow one is longer than its window, and they lie over what is below.
  for (const stage of document.querySelectorAll(".stage[data-state=open]")) {
    stage.scrollIntoView();
    const [lanes, dock] = [...stage.querySelectorAll(".side.shown .lanes, .dock")].map(part => part.getBoundingClientRect());
    if (stage.clientWidth >= 640 && lanes.bottom > dock.top + 1)
      faults.push(`${stage.querySelector("input").ariaLabel}: ${Math.round(lanes.bottom - dock.top)} px of the lanes are behind the controls`);
  }
  return faults;
})()
