// The stage of one program: one position for all its languages, the controls,
// the keys, and whether it asks first.
(cs => {
  "use strict";
  const { html, clock } = cs;

  const icon = path => html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
  const ICONS = {
    play: icon("M4 2l10 6-10 6z"),
    pause: icon("M3 2h4v12H3zM9 2h4v12H9z"),
    forth: icon("M2 2l8 6-8 6zM11 2h3v12h-3z"),
    back: icon("M14 2L6 8l8 6zM5 2H2v12h3z"),
  };
  /** The signs of gutter, lanes and diagram. */
  const SIGNS = [
    [html`<u class="running"></u>`, "has the thread"],
    [html`<u class="ready"></u>`, "ready: wants the thread"],
    [html`<u class="waiting"></u>`, "waits, and wants nothing"],
    [html`<u class="done"></u>`, "is finished"],
    [html`<u class="dropped"></u>`, "was ended before its end"],
    [html`<b>|</b>`, "at a word: a line that is printed"],
    [html`<b>//</b>`, "a wait: time passes, drawn shorter than it is"],
  ];
  const SPEEDS = [1, 2, 4, 0.5];
  /** How long, in ms at speed 1: a step, each letter of its sentence, a wait, a glide of the playhead. */
  const STEP = 600,
    LETTER = 16,
    WAIT = 2200,
    GLIDE = 250;

  /** Told to all stages of a page when its reader wants no more questions. */
  const ALWAYS = "context-switch:always-show";

  class Stage {
    /**
     * `sides` are the languages; `veiled` what the page shows only after the
     * guess; `asks` says whether it is a puzzle; `changed` that it is a reader's
     * own program: no example, and no address.
     */
    constructor(root, program, sides, veiled, { asks = false, changed = false } = {}) {
      this.root = root;
      this.program = program;
      this.sides = sides;
      this.veiled = veiled;
      this.changed = changed;
      this.position = 0;
      this.shown = sides[0];
      this.timer = 0;
      this.speed = 1;
      /** @type {{ side: CS.Side, k: number, text: CS.Markup } | null} */
      this.verdict = null;
      this.followed = false;
      this.layout = cs.layOut(sides.map(side => side.moments));
      sides.forEach((side, n) => side.layOut(this.layout, n));
      const candidates = cs.puzzle(sides);
      // Of a run that was stopped nobody knows what it would have printed.
      this.never = side => (candidates && !side.ended ? cs.without(candidates.lines, side.lines) : []);
      this.puzzle = asks ? candidates : null;
      this.build();
      this.listen();
    }

    find(selector) {
      return this.root.querySelector(selector);
    }

    build() {
      const { sides, program } = this;
      this.root.classList.toggle("alone", sides.length === 1);
      this.root.innerHTML = html`
        <div class="head"><div class="tabs" role="group" aria-label="Language">${sides.map(side => html`<button type="button">${side.title}</button>`)}</div>
          ${this.puzzle ? html`<button type="button" class="again">guess again</button>` : ""}</div>
        <div class="sides">${sides.map(side => side.markup(this.never(side)))}<form class="guess"></form></div>
        <div class="dock"><button type="button" class="back" aria-label="Step back">${ICONS.back}</button>
          <button type="button" class="play"></button>
          <button type="button" class="forth" aria-label="Step forward">${ICONS.forth}</button><span class="count"></span>
          <span class="keys"><kbd>←</kbd> <kbd>→</kbd> step, <kbd>Space</kbd> plays</span>
          <button type="button" class="speed"></button>${this.changed ? "" : html`<a class="link">link<span> to this step</span></a>`}</div>
        <details class="legend"><summary>What the signs mean</summary><ul>${SIGNS.map(([sign, words]) => html`<li>${sign} ${words}</li>`)}</ul></details>
        ${this.changed ? "" : html`<div class="foot"><code>cargo run --example ${program}</code><small class="doing" role="status"></small></div>`}`;
      const elements = this.root.querySelectorAll(".side"),
        tabs = this.root.querySelectorAll(".tabs button");
      sides.forEach((side, n) => {
        side.mount(elements[n]);
        tabs[n].onclick = () => this.choose(side);
        side.scrubber.oninput = () => this.scrub(side);
      });
      this.tabs = tabs;
    }

    listen() {
      this.find(".back").onclick = () => this.step(-1);
      this.find(".forth").onclick = () => this.step(1);
      this.find(".play").onclick = () => this.play(!this.timer);
      this.find(".speed").onclick = () => this.setSpeed(SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length]);
      if (!this.changed) this.find(".link").onclick = () => this.copyLink();
      if (this.puzzle) this.find(".again").onclick = () => this.askAgain();
      this.root.onkeydown = event => this.key(event);
      document.addEventListener(ALWAYS, () => {
        if (this.root.dataset.state === "guess") this.open(0, { focus: false });
      });
      // In what is folded nothing has a size.
      this.root.closest("details")?.addEventListener("toggle", () => this.go(this.position, 0));
      for (const element of this.veiled) element.addEventListener("beforematch", () => this.open(this.position));
      if (!this.changed) addEventListener("hashchange", () => this.follow());
      addEventListener("resize", () => this.go(this.position, 0));
    }

    /** Begins: at the step that the address names, else asking, else at the first step. */
    start() {
      this.play(false);
      this.setSpeed(1);
      this.choose(this.shown);
      this.followed = !this.changed && this.follow();
      if (this.followed) return;
      if (this.puzzle && cs.settings.get("guess") !== "never") this.ask();
      else this.open(0, { focus: false });
    }

    // ---- Where it stands ----

    /** The columns at which one can stop: all while both languages are in sight, else those of the one shown. */
    stops() {
      const both = this.sides.length > 1 && this.sides.every(side => side.inSight);
      return both ? this.layout.columns.map((_, k) => k) : this.shown.at;
    }

    /** The stop `by` places from here; undefined beyond the ends. */
    neighbour(by) {
      const stops = this.stops();
      return stops[
        Math.max(
          0,
          stops.findLastIndex(k => k <= this.position),
        ) + by
      ];
    }

    go(k, glide = GLIDE) {
      this.position = k;
      for (const side of this.sides) {
        const verdict = this.verdict?.k === k && this.verdict.side === side ? this.verdict.text : null;
        side.show(k, { glide, verdict, spoken: side === this.shown && !this.timer });
      }
      const stops = this.stops(),
        at = stops.indexOf(this.neighbour(0));
      const moment = this.shown.now[k];
      this.find(".count").textContent = `${at + 1} of ${stops.length} · ${clock(this.shown.moments[moment].t)} s`;
      this.find(".back").disabled = at === 0;
      this.find(".forth").disabled = at === stops.length - 1;
      if (!this.changed) this.find(".link").href = `#${this.program}.${this.shown.language}.${moment + 1}`;
    }

    step(by) {
      this.play(false);
      const to = this.neighbour(by);
      if (to !== undefined && to !== this.position) this.go(to);
    }

    edge(at) {
      this.play(false);
      this.go(this.stops().at(at));
    }

    scrub(side) {
      this.play(false);
      this.shown = side;
      const { x } = this.layout,
        wanted = Number(side.scrubber.value);
      this.go(
        this.stops().reduce((best, k) => (Math.abs(x[k + 1] - wanted) < Math.abs(x[best + 1] - wanted) ? k : best)),
      );
    }

    choose(side) {
      this.shown = side;
      this.sides.forEach((other, n) => {
        other.element.classList.toggle("shown", other === side);
        this.tabs[n].setAttribute("aria-pressed", other === side);
      });
      this.go(this.position, 0);
    }

    // ---- Playing ----

    play(on) {
      clearTimeout(this.timer);
      this.timer = 0;
      const button = this.find(".play");
      button.innerHTML = on ? ICONS.pause : ICONS.play;
      button.setAttribute("aria-label", on ? "Pause" : "Play");
      if (!on) return;
      const k = this.neighbour(1) ?? this.stops()[0];
      const reading = STEP + LETTER * this.shown.moments[this.shown.now[k]].length;
      const lasts = (this.layout.wait[k] > 0 ? Math.max(WAIT, reading) : reading) / this.speed;
      this.timer = setTimeout(() => this.play(this.neighbour(1) !== undefined), lasts);
      this.go(k, this.layout.wait[k] > 0 ? lasts * 0.8 : GLIDE / this.speed);
    }

    setSpeed(speed) {
      this.speed = speed;
      const button = this.find(".speed");
      button.textContent = `${speed}×`;
      button.setAttribute("aria-label", `Speed ${speed}`);
    }

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("textarea")) return;
      if (event.key.startsWith("Arrow")) event.stopPropagation(); // mdBook would turn the page
      if (this.root.dataset.state !== "open") return;
      if (event.key === " " && event.target.closest("button, a, label, summary")) return;
      const scrubbing = event.target.type === "range";
      const acts = {
        ArrowRight: () => this.step(1),
        ArrowLeft: () => this.step(-1),
        " ": () => this.play(!this.timer),
        Home: () => this.edge(0),
        End: () => this.edge(-1),
        ...(scrubbing ? { ArrowUp: () => this.step(1), ArrowDown: () => this.step(-1) } : {}),
      };
      if (!acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    }

    // ---- Asking and showing ----

    ask() {
      this.play(false);
      this.verdict = null;
      this.position = 0;
      this.setState("guess");
      cs.ask(this.find(".guess"), this.program, this.puzzle, guess => {
        if (guess === "always") {
          cs.settings.set("guess", "never");
          this.open(0);
          document.dispatchEvent(new Event(ALWAYS));
          return;
        }
        if (!guess) return this.open(0);
        const { moment, text } = cs.judge(this.shown, guess);
        this.verdict = { side: this.shown, k: this.shown.at[moment], text };
        this.open(this.verdict.k, { guess });
      });
    }

    askAgain() {
      cs.settings.set("guess", "first");
      this.ask();
      this.find(".chip").focus({ preventScroll: true }); // the button is out of sight now
    }

    open(k, { guess = null, focus = true } = {}) {
      this.setState("open");
      for (const side of this.sides) side.compare(guess);
      this.position = k;
      this.choose(this.shown);
      if (!focus) return;
      this.shown.scrubber.focus({ preventScroll: true }); // the arrow keys work at once
      this.bringInView();
    }

    /** The panel of the guess has gone, and with it the place where one looked. */
    bringInView() {
      const seen = element => {
        const box = element.getBoundingClientRect();
        return (
          box.top >= document.querySelector("#mdbook-menu-bar, #menu-bar")?.clientHeight && box.bottom <= innerHeight
        );
      };
      if (!seen(this.shown.say)) this.root.scrollIntoView({ block: "start" });
      if (!seen(this.shown.say)) this.shown.say.scrollIntoView({ block: "center" });
    }

    setState(state) {
      this.root.dataset.state = state;
      for (const element of this.veiled) {
        if (state === "guess") element.setAttribute("hidden", "until-found");
        else element.removeAttribute("hidden");
      }
    }

    /** Goes to the step in the address, `#v5.rust.7`; says whether there is one. */
    follow() {
      const [program, language, number] = location.hash.slice(1).split(".");
      const side = program === this.program && this.sides.find(side => side.language === language);
      if (!side) return false;
      this.play(false);
      this.shown = side;
      for (let folded = this.root.closest("details"); folded; folded = folded.parentElement.closest("details"))
        folded.open = true;
      const moment = Math.min(Math.max(Number(number) - 1 || 0, 0), side.moments.length - 1);
      this.open(side.at[moment]);
      this.root.scrollIntoView();
      return true;
    }

    copyLink() {
      const link = this.find(".link");
      navigator.clipboard?.writeText(link.href).then(
        () => {
          link.classList.add("copied");
          setTimeout(() => link.classList.remove("copied"), 1200);
        },
        () => {
          /* the link itself still works */
        },
      );
    }
  }

  /** The element of a stage, to be put into the page before the stage is made. */
  function emptyStage(label) {
    const root = document.createElement("section");
    root.className = "stage";
    root.tabIndex = -1;
    root.setAttribute("aria-label", label);
    return root;
  }

  Object.assign(cs, { Stage, emptyStage });
})(globalThis.contextSwitch);
