// The lanes of one recording in the page: the score as SVG with words over it,
// a playhead, and a range input over all of it to scrub with.
(cs => {
  "use strict";
  const { html, clock, span, Y } = cs;

  /** The strokes from back to front, and which path each draws. */
  const LAYERS = [
    ["hair"],
    ["timer"],
    ["waiting"],
    ["ready"],
    ["hollow", "ready"],
    ["branch"],
    ["halo", "thread"],
    ["thread"],
    ["running"],
    ["blocked"],
  ];

  /** Draws `score` into `element`; `words` are what the runtime and the control are called. */
  function drawLanes(element, score, width, words) {
    const percent = x => `${((100 * x) / width).toFixed(2)}%`;
    const place = ({ x, y, width: w }) => `left:${percent(x)};top:${y}px` + (w > 0 ? `;width:${percent(w)}` : "");
    const drawing = kind => html`<svg class="${kind}" viewBox="0 0 ${width} ${score.height}" height="${score.height}"
      preserveAspectRatio="none" aria-hidden="true">${LAYERS.map(
        ([stroke, path]) => html`<path class="${stroke}" d="${score.strokes[path ?? stroke]}"/>`,
      )}</svg>`;
    const owner = (name, y, kind = "", tail = "") =>
      html`<div class="owner ${kind}" style="--y:${y}px"><span><b>${name}</b>${tail}</span><small><u></u><i></i></small></div>`;
    const lane = ({ name, tail, number }) =>
      owner(name.slice(0, name.length - (tail ?? "").length), Y.line(number), "", tail ?? "");
    element.classList.toggle("dense", width > cs.DENSE);
    element.style.height = `${score.height}px`;
    element.innerHTML = html`<div class="tint"></div>
      ${owner(words.runtime, Y.line(null))}
      ${score.lanes.map(lane)}
      ${score.hasTimers ? owner("timer", score.foot + 38, "timers") : ""}
      <div class="scroll"><div class="plot" style="min-width:${Math.round(width * 6)}px;height:${score.height}px">
        ${score.gaps.map(gap => html`<div class="gap" style="${place({ ...gap, y: 0 })}"><span style="margin-top:${score.axis}px">${span(gap.us)}</span></div>`)}
        ${score.instants.map(instant => html`<span class="instant" style="${place({ ...instant, y: score.axis })}">${clock(instant.t)} s</span>`)}
        ${drawing("future")}${drawing("past")}
        ${score.labels.map(label => html`<span class="label ${label.kind}" data-k="${label.k}" style="${place(label)}">${label.text}</span>`)}
        <div class="playhead"><i></i></div>
        <input type="range" min="0" max="${width}" step="any" aria-label="${words.control}">
      </div></div>`;
  }

  /** Lets no word that is in sight lie on the next one in its row. */
  function makeRoom(labels) {
    const rows = new Map();
    for (const label of labels) {
      Object.assign(label.style, { maxWidth: "", paddingLeft: "", fontSize: "" });
      if (label.hidden || !label.textContent) continue;
      const row = label.style.top + label.matches(".branch");
      rows.set(row, [...(rows.get(row) ?? []), label]);
    }
    // All is measured before anything is moved.
    const measured = [...rows.values()].map(row =>
      row.map(label => ({ label, box: label.getBoundingClientRect() })).sort((a, b) => a.box.left - b.box.left),
    );
    for (const row of measured) {
      row.forEach(({ label, box }, n) => {
        for (const { label: next, box: other } of row.slice(n + 1)) {
          const over = box.right - other.left;
          if (over <= 0) break;
          if (next.matches(".wait") && !label.matches(".wait")) next.style.paddingLeft = `${over + 4}px`;
          else if (next.matches(".done")) next.style.fontSize = "0";
          else {
            label.style.maxWidth = `${Math.max(0, other.left - box.left)}px`;
            break;
          }
        }
      });
    }
  }

  /**
   * Shows a moment: `at` is where the playhead stands in columns, `k` up to
   * which column words are shown, `glide` how long the playhead takes in ms.
   */
  function showMoment(element, moment, { at, k, width, glide, over }) {
    const position = (100 * at) / width,
      lane = moment.holder;
    const set = (name, value) => element.style.setProperty(name, value);
    set("--at", `${position}%`);
    set("--glide", `${glide}ms`);
    set("--y", `${Y.line(lane)}px`);
    set("--tint-top", `${Y.top(lane)}px`);
    set("--tint-height", `${Y.height(lane)}px`);
    const owners = element.querySelectorAll(".owner");
    owners.forEach((owner, n) => {
      const task = moment.tasks[n - 1],
        isTimer = owner.matches(".timers");
      owner.classList.toggle("holds", n === (lane === null ? 0 : lane + 1));
      owner.querySelector("u").className = isTimer ? "" : (task?.state ?? "");
      owner.querySelector("i").textContent = isTimer
        ? moment.next === null
          ? ""
          : `next at ${clock(moment.next)}\u00a0s`
        : n === 0
          ? over
            ? "has ended"
            : moment.runtime
          : (task?.words ?? "");
    });
    const labels = element.querySelectorAll(".label");
    for (const label of labels) label.hidden = Number(label.dataset.k) > k;
    makeRoom(labels);
    // Where not all lanes have room, the thread's is in sight.
    const top = Y.top(lane),
      room = element.clientHeight;
    if (element.scrollHeight > room + 1) {
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + Y.height(lane) > element.scrollTop + room) element.scrollTop = top + Y.height(lane) - room;
    }
    const scroll = element.querySelector(".scroll");
    scroll.scrollLeft = (scroll.scrollWidth * position) / 100 - scroll.clientWidth * 0.7;
  }

  Object.assign(cs, { drawLanes, showMoment });
})(globalThis.contextSwitch);
