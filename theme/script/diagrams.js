// Draws the page's diagrams. Leaves the source standing where it cannot be
// drawn; colours come from the theme's custom properties, so a new theme is a
// repaint and no new drawing. `head.hbs` loads mermaid.
//
// A published page has pictures in their place already, for a wide column and a
// narrow one, which this script has drawn when the site was made. Those it only
// brings to life, and mermaid is not loaded.
(() => {
  const sources = [...document.querySelectorAll("pre.mermaid")];
  const pictures = [...document.querySelectorAll("figure.diagram")];

  // The figure is there before the drawing: who hides or moves it need not wait.
  function frame(source) {
    const figure = document.createElement("figure");
    figure.className = "diagram";
    Object.assign(figure.dataset, source.dataset);
    source.replaceWith(figure);
    figure.append(source);
  }
  sources.forEach(frame);

  const FONT = getComputedStyle(document.body).fontFamily;
  const COLUMN = document.querySelector("main").clientWidth;
  const NARROW = COLUMN <= 480; // px; diagram.css has the same
  const SIZE = NARROW ? 13 : 14;
  const SMALLEST = 11; // px; text that would be smaller scrolls instead
  const LONG = 26; // lines of source from which the names stand at the foot too

  // Colours of the parts, as the theme has them at any moment.
  const PAINT = `
    .actor { fill: var(--panel); stroke: var(--stroke); stroke-width: 1px }
    text.actor > tspan { fill: var(--fg); font-weight: 600 }
    .actor-line { stroke: var(--rule); stroke-width: 1px }
    .text, .labelText, .labelText > tspan, .loopText, .loopText > tspan { fill: var(--fg); stroke: none }
    .messageText { fill: var(--fg); stroke: var(--bg); stroke-width: 3px; paint-order: stroke }
    .messageLine0, .messageLine1 { fill: none; stroke: var(--fg); stroke-width: 1.2px }
    .messageLine1 { stroke-dasharray: 4 3 }
    [id$=arrowhead] path, [id$=filled-head] path { fill: var(--fg); stroke: none }
    [id$=crosshead] path { fill: none; stroke: var(--fg) }
    .activation0, .activation1, .activation2 { fill: var(--thread); stroke: var(--thread) }
    .note { fill: var(--bg); stroke: var(--rule) }
    .noteText, .noteText > tspan { fill: var(--fg) }
    .labelBox { fill: var(--panel); stroke: var(--stroke) }
    .loopLine { stroke: var(--stroke); fill: none }
    rect.rect { fill: var(--panel); stroke: var(--rule) !important; filter: none !important }`;

  // The width of the longest word that is to be seen, in px.
  function longestWord(text) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `600 ${SIZE}px ${FONT}`;
    const seen = text.replace(/^\s*acc.*$/gm, "").replace(/^.*?(:|\bas\b|participant\b)/gm, "");
    return Math.max(0, ...seen.split(/\s+/).map(word => pen.measureText(word).width));
  }

  // The names share the column. Where that is too little for a word, the
  // drawing is wider than the column; only very long words are broken.
  function configure(mermaid, text) {
    const long = text.split("\n").length > LONG;
    const names = text.match(/^\s*(participant|actor)\b/gm)?.length || 4;
    const actorMargin = NARROW ? 8 : 18;
    const least = Math.min(longestWord(text), NARROW ? 66 : 110) + 14;
    const width = Math.max(least, Math.min(COLUMN / names, 150) - actorMargin);
    const activationWidth = 9;
    const wrapPadding = 4;
    // Between two bars. mermaid wraps what is longer than this and its padding, twice, and
    // forgets a space or the last letter and the hyphen of a word that it breaks. So it
    // measures as much larger, and what is drawn keeps clear of the bars.
    const gap = width + actorMargin - activationWidth;
    const stretch = (gap + 2 * wrapPadding) / (gap - 14);
    mermaid.initialize({
      startOnLoad: false,
      suppressErrorRendering: true,
      securityLevel: "strict",
      theme: "base",
      themeCSS: PAINT,
      fontFamily: FONT,
      fontSize: 0, // or it takes the place of the three below
      sequence: {
        useMaxWidth: false,
        mirrorActors: long,
        diagramMarginX: 2,
        diagramMarginY: 2,
        width,
        height: 34,
        actorMargin,
        boxMargin: 6,
        boxTextMargin: 4,
        noteMargin: 7,
        messageMargin: 26,
        activationWidth,
        wrapPadding,
        wrap: true,
        actorFontFamily: FONT,
        messageFontFamily: FONT,
        noteFontFamily: FONT,
        actorFontSize: SIZE,
        messageFontSize: SIZE * stretch,
        noteFontSize: SIZE,
        messageFontWeight: 400,
        actorFontWeight: 600,
      },
    });
  }

  // A character that is written as an entity, as it is read.
  const ENTITY = /#(\w+);/g;
  function meant(_, code) {
    const entity = /^\d+$/.test(code) ? `&#${code};` : `&${code};`;
    return new DOMParser().parseFromString(entity, "text/html").body.textContent;
  }

  // Draws, and gives back what puts the drawing in its place. mermaid would break a word
  // in the middle of an entity: it gets a character that nobody uses for each.
  async function draw(mermaid, source, number) {
    const text = source.textContent;
    configure(mermaid, text);
    const all = [...new Set(text.match(ENTITY))];
    const hidden = text.replace(ENTITY, entity => String.fromCharCode(0xe000 + all.indexOf(entity)));
    const { svg } = await mermaid.render(`diagram-${number}`, hidden);
    const drawn = svg.replace(/[\ue000-\uf8ff]/g, sign => {
      const entity = all[sign.charCodeAt(0) - 0xe000];
      return entity ? `&#${entity.replace(ENTITY, meant).codePointAt(0)};` : sign;
    });
    return () => show(source.parentElement, drawn, text);
  }

  // Every drawing brings the same style sheet, for its own id. One does for all.
  function shareStyle(picture) {
    const style = picture.querySelector("style");
    if (!document.getElementById("drawing-style")) {
      const shared = document.createElement("style");
      shared.id = "drawing-style";
      // What it takes from one picture, gradients that no sequence has, is not there for all.
      const text = style.textContent.replace(/url\(#[^)]*\)/g, "none");
      shared.textContent = text.replaceAll(`#${picture.id}`, ".drawing");
      document.head.append(shared);
    }
    style.remove();
    picture.classList.add("drawing");
  }

  // mermaid says at each part what PAINT says once, and brings signs that nobody uses.
  const SAID = ["alignment-baseline", "fill", "name", "stroke", "stroke-width"];
  function slim(picture) {
    const used = new Set([...picture.outerHTML.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id));
    for (const sign of picture.querySelectorAll("defs > [id]")) if (!used.has(sign.id)) sign.parentElement.remove();
    for (const part of picture.querySelectorAll("g, text, rect, line, path, polygon")) {
      if (part.closest("defs")) continue;
      const anchor = part.style.textAnchor;
      for (const { name } of [...part.attributes]) {
        const said = part.classList.length > 0 && SAID.includes(name);
        if (said || name === "id" || name === "style" || name.startsWith("data-")) part.removeAttribute(name);
      }
      if (anchor) part.setAttribute("text-anchor", anchor);
    }
  }

  function show(figure, svg, text) {
    figure.innerHTML = `<div class="canvas">${svg}</div>
      <div class="foot"><details><summary>The steps as text</summary><ol></ol></details>
      <button type="button">Larger</button></div>`;
    const canvas = figure.firstChild;
    const picture = canvas.firstElementChild;
    shareStyle(picture);
    slim(picture);
    const box = picture.viewBox.baseVal;
    box.height += 10; // mermaid cuts off the end where no names stand at the foot
    const { width } = box;
    picture.removeAttribute("height");
    figure.style.setProperty("--drawing", `${width}px`);
    const least = (width * SMALLEST) / SIZE;
    picture.style.cssText = `width: ${width}px; max-width: 100%; min-width: ${least}px; font-size: ${SIZE}px`;
    for (const step of steps(text)) {
      figure.querySelector("ol").append(Object.assign(document.createElement("li"), { textContent: step }));
    }
    live(figure);
  }

  // A drawing that is in its place can be made larger where it had to shrink. Of two
  // drawings one is to be seen.
  function live(figure) {
    const canvases = [...figure.querySelectorAll(".canvas")];
    const seen = () => canvases.find(canvas => canvas.clientWidth > 0);
    figure.querySelector("button").onclick = () => enlarge(seen());
    const fit = new ResizeObserver(() => {
      const canvas = seen();
      const picture = canvas?.firstElementChild;
      if (!picture) return; // folded, or in the dialog
      const scrolls = canvas.scrollWidth > canvas.clientWidth + 1;
      figure.toggleAttribute("data-shrunk", scrolls || picture.clientWidth < picture.viewBox.baseVal.width - 1);
      // What scrolls can be scrolled from the keyboard.
      if (scrolls) canvas.tabIndex = 0;
      else canvas.removeAttribute("tabindex");
    });
    for (const canvas of canvases) fit.observe(canvas);
  }

  // "runtime->>+main: poll" is "runtime → main: poll", with the names people see.
  function steps(text) {
    const names = new Map();
    const name = id => names.get(id.trim()) ?? id.trim();
    const plain = said => said.replace(/<br\s*\/?>/g, " ").replace(ENTITY, meant);
    const found = [];
    for (const line of text.split("\n").map(line => line.trim())) {
      let parts;
      if ((parts = /^(?:participant|actor)\s+(\S+)\s+as\s+(.+)$/.exec(line))) names.set(parts[1], plain(parts[2]));
      else if ((parts = /^note (?:over|left of|right of) ([^:]+):\s*(.*)$/i.exec(line))) {
        const who = parts[1].split(",");
        found.push(plain(who.length > 1 ? parts[2] : `${name(who[0])}: ${parts[2]}`));
      } else if ((parts = /^(.+?)--?(?:>>|>|\)|x)[+-]?(.+?):\s*(.*)$/.exec(line))) {
        found.push(`${name(parts[1])} → ${name(parts[2])}: ${plain(parts[3])}`);
      }
    }
    return found;
  }

  // A dialog over the whole window, with the picture itself in it: a copy would
  // have the same ids twice.
  function enlarge(canvas) {
    const picture = canvas.firstElementChild;
    const { width } = picture.viewBox.baseVal;
    const dialog = document.createElement("dialog");
    dialog.className = "diagram-large";
    dialog.setAttribute("aria-label", "The diagram, larger");
    dialog.innerHTML = `<div class="bar"><button aria-label="Smaller">−</button><button aria-label="Larger">+</button>
      <button aria-label="Close">×</button></div><div class="canvas"></div>`;
    const before = picture.style.cssText;
    let scale = Math.max(1, Math.min(2, (innerWidth - 32) / width));
    const zoom = factor => {
      scale = Math.max(0.5, Math.min(4, scale * factor));
      Object.assign(picture.style, { width: `${width * scale}px`, maxWidth: "none", minWidth: "0" });
    };
    const [smaller, larger, close] = dialog.querySelectorAll("button");
    smaller.onclick = () => zoom(1 / 1.25);
    larger.onclick = () => zoom(1.25);
    close.onclick = () => dialog.close();
    dialog.onkeydown = event => event.stopPropagation(); // mdBook's arrows turn the page
    dialog.onclose = () => {
      picture.style.cssText = before;
      canvas.append(picture);
      dialog.remove();
    };
    zoom(1);
    dialog.lastElementChild.append(picture);
    document.body.append(dialog);
    dialog.showModal();
  }

  const cs = globalThis.contextSwitch;
  const prepare = cs.mermaid;
  const attempt = (mermaid, source, number) =>
    draw(mermaid, source, number).catch(error => {
      source.dataset.undrawn = error.message;
      console.error("a diagram could not be drawn:", error.message);
      return () => {};
    });

  // For a diagram that comes into the page later.
  let number = sources.length + pictures.length;
  cs.drawDiagram = source => {
    frame(source);
    return prepare()
      .then(mermaid => attempt(mermaid, source, number++))
      .then(place => place());
  };

  pictures.forEach(live);
  if (!sources.length) return;
  const all = prepare().then(async mermaid => {
    // One after the other for who reads them. The page of all chapters would be
    // laid out anew a hundred times: there they are put in their places at once.
    const waiting = [];
    for (const [number, source] of sources.entries()) {
      const place = await attempt(mermaid, source, number);
      if (sources.length > 30) waiting.push(place);
      else {
        place();
        await new Promise(done => setTimeout(done)); // or nothing is seen before the last
      }
    }
    for (const place of waiting) place();
    document.documentElement.dataset.diagrams = "drawn";
  });
  all.catch(error => console.error("no diagrams:", error.message));

  // mdBook's page for printing prints as it loads, which would be too soon.
  const print = window.print.bind(window);
  window.print = () => all.finally(print);
})();
