// One language of a stage: listing, output, sentence and lanes, and how a
// moment is shown in them.
(cs => {
  "use strict";
  const { html, trusted, clock } = cs;

  const TITLES = { rust: "Rust", python: "Python" };
  /** A gutter has room for this many marks, a margin for this many names. */
  const MARKS = 3,
    NAMES = 1;

  /** The lines of a highlighted listing, each with its own tags closed. */
  function highlighted(code) {
    const lines = [];
    let open = [],
      line = "";
    for (const [part] of code.innerHTML.matchAll(/<[^>]+>|\n|[^<\n]+/g)) {
      if (part === "\n") {
        lines.push(line + "</span>".repeat(open.length));
        line = open.join("");
      } else {
        line += part;
        if (part.startsWith("</")) open = open.slice(0, -1);
        else if (part.startsWith("<")) open = [...open, part];
      }
    }
    lines.push(line);
    while (
      lines.length &&
      !lines
        .at(-1)
        .replace(/<[^>]*>/g, "")
        .trim()
    )
      lines.pop();
    return lines;
  }

  /** Keeps a row in sight where its list scrolls. */
  function follow(list, row) {
    const room = list.clientHeight;
    if (list.scrollHeight <= room + 1 || !row) return;
    const box = row.getBoundingClientRect(),
      top = box.top - list.getBoundingClientRect().top + list.scrollTop;
    const margin = 2 * box.height;
    if (top < list.scrollTop + margin) list.scrollTop = top - margin;
    else if (top + box.height + margin > list.scrollTop + room) list.scrollTop = top + box.height + margin - room;
  }

  /** Where the text of an element is in the window: a box a line or part of it. */
  function boxes(element) {
    const text = document.createRange();
    text.selectNodeContents(element);
    return [...text.getClientRects()];
  }

  /** Whether the text of one element lies on that of the other. */
  const covers = (one, other) =>
    boxes(one).some(a =>
      boxes(other).some(b => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
    );

  class Side {
    /** `code` is the listing in the page, `recording` `{ head, play, moments }`. */
    constructor(code, recording, program) {
      this.language = recording.head.language;
      this.title = TITLES[this.language];
      this.program = program;
      this.head = recording.head;
      this.source = code.textContent.trimEnd() + "\n";
      this.html = highlighted(code);
      this.play = recording.play;
      /** How it ended, if not well. */
      this.ended = recording.ended ?? null;
      this.moments = cs.unfold(recording.moments);
      this.prints = this.moments.filter(m => m.kind === "print");
      this.lines = this.prints.map(m => m.text);
      this.took = this.moments.at(-1).t;
    }

    /** Takes its place, the n-th, in the columns of the stage. */
    layOut({ columns, x }, n) {
      this.x = x;
      /** The column of each moment, and the latest moment at each column. */
      this.at = [];
      this.now = columns.map((column, k) => {
        if (column[n] !== null) this.at[column[n]] = k;
        return Math.max(0, this.at.length - 1);
      });
    }

    markup(never) {
      return html`<div class="side" role="group" aria-label="${this.title}">
        <p class="language">${this.title} <small>${this.play.async ? this.head.runtime : "without async"}</small></p>
        <ol class="listing" tabindex="0" data-stop>${this.html.map(line => {
          const indent = /^(?:<[^>]*>)*( *)/.exec(line)[1].length;
          // A line that is too long goes on before a dot, or before a long argument.
          const text = line
            .replace(/^((?:<[^>]*>)*)( *)/, '$1<span class="indent">$2</span>')
            .replace(/\((?=[\w:]{12})|\)(?=(?:<[^>]*>)*\.)/g, "$&<wbr>");
          return html`<li><i></i><code style="--indent:${indent}">${trusted(text)}</code><em></em></li>`;
        })}</ol>
        <ol class="output" aria-label="Output">
          ${this.prints.map(m => html`<li class="${m.stream === "stderr" ? "stderr" : ""}"><time>${clock(m.t)}</time><span>${m.text || "\u00a0"}</span><em></em></li>`)}
          <li class="last"><time>${clock(this.took)}</time><span>${this.ended?.brief ?? "(end)"}</span><em>${this.play.polls}</em></li>
          ${never.map(line => html`<li class="last"><time></time><s>${line}</s><em>never printed</em></li>`)}</ol>
        <p class="say"></p><div class="lanes"></div></div>`;
    }

    /** Finds its parts in the page and draws the lanes. */
    mount(element) {
      this.element = element;
      this.lanes = element.querySelector(".lanes");
      this.say = element.querySelector(".say");
      this.listing = element.querySelector(".listing");
      this.output = element.querySelector(".output");
      for (const list of [this.listing, this.output, this.lanes]) cs.scrolls(list);
      cs.drawLanes(this.lanes, cs.score(this.moments, this.at, this.x), this.x.at(-1), {
        runtime: this.play.keeper,
        control: `Step of ${this.program} in ${this.title}`,
      });
      this.scrubber = this.lanes.querySelector("input");
    }

    get inSight() {
      return this.element.offsetParent !== null;
    }

    /** Notes beside the output what was guessed. */
    compare(guess) {
      const rows = this.element.querySelectorAll(".output li");
      this.lines.forEach((line, i) => {
        const said = guess?.lines[i],
          right = said !== undefined && cs.alike(said, line);
        const note =
          said !== undefined
            ? `you: ${said}${right ? " ✓" : ""}`
            : i === guess?.lines.length
              ? "you: nothing more"
              : "";
        rows[i].querySelector("em").textContent = note;
        rows[i].classList.toggle("guessed", Boolean(guess));
      });
      // What was expected and never comes, beside its line.
      const early = cs.without(guess?.lines ?? [], this.lines);
      for (const row of [...rows].slice(this.lines.length + 1)) {
        const line = row.querySelector("s").textContent;
        const expected = early.some(other => cs.alike(other, line));
        row.querySelector("em").textContent = expected ? "you: printed" : "never printed";
      }
      const mistimed = guess && guess.time !== null && guess.time !== this.took;
      rows[this.lines.length].querySelector("em").textContent = mistimed
        ? `you: ${cs.span(guess.time)}`
        : this.play.polls;
    }

    /** Shows column `k`; `verdict` is put before the sentence, `spoken` says whether it is read out. */
    show(k, { glide, verdict, spoken }) {
      const i = this.now[k],
        moment = this.moments[i],
        moves = this.at[i] === k;
      const over = i === this.moments.length - 1;
      this.showListing(moment);
      const printed = this.output.querySelectorAll("li");
      printed.forEach((row, n) => row.classList.toggle("coming", row.matches(".last") ? !over : n >= moment.printed));
      follow(this.output, over ? printed[printed.length - 1] : printed[Math.max(0, moment.printed - 1)]);
      this.say.setAttribute("aria-live", spoken ? "polite" : "off");
      this.say.classList.toggle("still", !moves);
      this.say.innerHTML = html`${verdict ? html`${verdict} ` : ""}${moment.say}`;
      const at = over ? this.x[this.at[i]] + 1 : this.x[k + 1];
      cs.showMoment(this.lanes, moment, { at, k, width: this.x.at(-1), glide, over: over && !moves });
      this.scrubber.value = this.x[k + 1];
      this.scrubber.setAttribute("aria-valuetext", `${clock(moment.t)} s: ${this.say.textContent}`);
    }

    /** The line at work, and at each other line who stands there. */
    showListing(moment) {
      const rows = this.listing.querySelectorAll("li");
      rows.forEach((row, n) => {
        const active = moment.active === n + 1;
        const here = active
          ? [moment.tasks[moment.holder]]
          : moment.tasks.filter(task => task.line === n + 1 && task.state !== "running" && task.state !== "done");
        row.classList.toggle("active", active);
        row.querySelector("i").innerHTML =
          html`${here.slice(0, MARKS).map(task => html`<u class="${task.state}"></u>`)}`;
        row.querySelector("em").textContent =
          here.length > NAMES ? `${here.length} tasks` : here.map(task => task.name).join(", ");
      });
      // A name that has no room stays away: the code is what is read, and the lanes have all names.
      const notes = [...rows].map(row => row.querySelector("em")).filter(note => note.textContent);
      for (const note of notes.filter(note => covers(note, note.previousElementSibling))) note.textContent = "";
      follow(this.listing, rows[moment.active - 1]);
    }
  }

  Object.assign(cs, { Side, TITLES });
})(globalThis.contextSwitch);
