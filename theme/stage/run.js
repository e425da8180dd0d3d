// *Run*: the timed example, its lines as they come. On a static host the Rust
// Playground has to do it.
(cs => {
  "use strict";
  const { html } = cs;

  const playground = source =>
    "https://play.rust-lang.org/?version=stable&mode=debug&edition=2024&code=" + encodeURIComponent(source);

  /** What a program printed: the stamp of the timed examples in front, if it has one. @param {{ line?: string, note?: string }} said */
  function row({ line, note }) {
    const [, time, text] = /^\[\s*([\d.]+) s\] (.*)$/s.exec(line ?? "") ?? [null, "", line ?? note];
    return html`<li class="${note === undefined ? (text === "(end)" ? "last" : "") : "note"}"><time>${time}</time><span>${text || "\u00a0"}</span></li>`
      .text;
  }

  class Run {
    constructor(stage) {
      this.stage = stage;
      this.abort = null;
      this.button = Object.assign(document.createElement("button"), {
        type: "button",
        className: "run",
        textContent: "Run",
      });
      this.button.onclick = () => (this.abort ? this.abort.abort() : this.start());
      this.place = Object.assign(document.createElement("div"), { className: "runs" });
      stage.root.append(this.place);
    }

    async start() {
      const sides = this.stage.sides.filter(side => side.inSight);
      this.abort = new AbortController();
      this.button.textContent = "Stop";
      this.place.innerHTML = html`${sides.map(
        side => html`<div class="run-of"><p><b>${side.title}</b> <small role="status"></small></p>
        <ol class="output" aria-label="${side.title}, as it runs"></ol></div>`,
      )}`.text;
      const parts = this.place.querySelectorAll(".run-of");
      await Promise.all(sides.map((side, n) => this.follow(side, parts[n])));
      this.abort = null;
      this.button.textContent = "Run";
    }

    async follow(side, part) {
      const state = part.querySelector("small"),
        rows = part.querySelector("ol");
      const say = text => {
        state.textContent = text;
        cs.doing(this.stage, text);
      };
      say(side.language === "rust" ? "compiling, then running: the first time that takes a minute or so" : "running");
      try {
        let end = "ended";
        await cs.server.run(this.stage.program, side.language, this.abort.signal, said => {
          if (said.end !== undefined) end = said.end || end;
          else {
            if (said.note === undefined) say("running");
            rows.insertAdjacentHTML("beforeend", row(said));
          }
        });
        say(end);
      } catch (error) {
        say(error.name === "AbortError" ? "stopped" : error.message);
      }
    }
  }

  /** Adds *Run* to a stage, or a link to where its Rust program can be run. */
  function addRun(stage) {
    const foot = stage.find(".foot");
    if (cs.served()) {
      foot.append(new Run(stage).button);
      return;
    }
    const rust = stage.sides.find(side => side.language === "rust");
    if (!rust) return;
    foot.append(
      Object.assign(document.createElement("a"), {
        className: "playground",
        href: playground(rust.source),
        rel: "external noopener",
        textContent: "Run in the Rust Playground",
      }),
    );
  }

  Object.assign(cs, { addRun, playground });
})(globalThis.contextSwitch);
