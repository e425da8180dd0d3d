// An exercise: its program is mended in the page, recorded, and judged by what the
// recording shows. Where nobody records, the page's own blocks are the exercise.
(cs => {
  "use strict";
  const { html } = cs;

  /** What stands between backticks is code. */
  const marked = text => text.split("`").map((part, n) => (n % 2 ? html`<code>${part}</code>` : part));

  class Exercise {
    /** `starts` are its programs: `{ language, code, block }`, the block to be hidden. */
    constructor(name, starts) {
      this.name = name;
      this.starts = starts.filter(({ language }) => cs.recorder(language));
      /** @type {CS.Editor[]} */
      this.editors = [];
      /** @type {AbortController | null} */
      this.abort = null;
      this.root = document.createElement("section");
      this.root.className = "stage exercise";
      this.root.setAttribute("aria-label", "Exercise");
      const only = this.starts.length === starts.length ? "" : ` the ${cs.TITLES[this.starts[0].language]}`;
      this.root.innerHTML =
        html`<div class="head" hidden><div class="tabs" role="group" aria-label="Language"></div></div>
        <div class="sides"></div>
        <div class="foot"><button type="button" class="mend">Mend${only} here</button>
          <button type="button" class="judge" hidden>Check</button><button type="button" class="original" hidden>Undo all changes</button>
          <small class="doing" role="status"></small></div>
        <div class="verdict" role="status"></div>`.text;
      this.place = Object.assign(document.createElement("div"), { className: "changed" });
      this.find(".mend").onclick = () => this.open();
      this.find(".judge").onclick = () => (this.abort ? this.abort.abort() : this.judge());
      this.find(".original").onclick = () => this.shown.restore();
      this.root.onkeydown = event => this.key(event);
      if (this.solved) this.find(".doing").textContent = "You have solved it.";
      starts.at(-1).block.after(this.root, this.place);
    }

    find(selector) {
      return this.root.querySelector(selector);
    }

    get solved() {
      return cs.settings.get(`solved.${this.name}`) === "yes";
    }

    /** The editors take the place of the listings. */
    open() {
      const texts = this.find(".sides");
      for (const { language, code, block } of this.starts) {
        block.classList.add("on-stage");
        const place = document.createElement("i");
        texts.append(place);
        const source = code.textContent.trimEnd() + "\n";
        const side = { program: `exercise.${this.name}`, language, title: cs.TITLES[language], source };
        this.editors.push(new cs.Editor(side, place, () => this.outdate()));
        place.remove();
      }
      for (const editor of this.editors) {
        const tab = Object.assign(document.createElement("button"), { type: "button", textContent: editor.side.title });
        tab.onclick = () => this.choose(editor);
        this.find(".tabs").append(tab);
      }
      this.find(".head").hidden = this.editors.length < 2;
      this.find(".mend").hidden = true;
      this.find(".judge").hidden = this.find(".original").hidden = false;
      this.choose(this.editors[0]);
      this.shown.begin();
      cs.doing(this, "");
    }

    choose(editor) {
      this.shown = editor;
      this.editors.forEach((other, n) => {
        other.element.hidden = other !== editor;
        this.find(".tabs").children[n].setAttribute("aria-pressed", String(other === editor));
      });
      this.outdate();
    }

    /** Ctrl and Enter in the text. */
    key(event) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !this.shown || this.abort) return;
      event.preventDefault();
      this.judge();
    }

    /** What was said is not of what is in the editor now. */
    outdate() {
      this.abort?.abort();
      this.find(".verdict").replaceChildren();
      this.place.replaceChildren();
    }

    async judge() {
      const { shown } = this;
      this.outdate();
      const abort = (this.abort = new AbortController());
      this.find(".judge").textContent = "Stop";
      const say = (text, more = {}) => {
        shown.say(text, more);
        cs.doing(this, text);
      };
      const recording = await cs.recordText(shown, abort.signal, say, this.name);
      this.abort = null;
      this.find(".judge").textContent = "Check";
      if (abort.signal.aborted) return;
      if (!recording) return this.bringInView(shown.errors);
      // How it ended is in the verdict.
      shown.say("", { detail: recording.notice });
      cs.doing(this, "");
      this.say(recording.verdict);
      const title = Object.assign(document.createElement("p"), {
        className: "as-changed",
        textContent: "What it does",
      });
      cs.showRecorded(this.place, title, this.name, [{ editor: shown, ...recording }], shown.side.language);
      this.bringInView(this.find(".verdict"));
    }

    /** @param {CS.Verdict} verdict */
    say({ passed, seen, help }) {
      const verdict = this.find(".verdict");
      verdict.dataset.passed = passed;
      verdict.innerHTML =
        html`<p><b>${passed ? "Solved." : "Not yet."}</b> ${seen}</p>${help ? html`<p>${marked(help)}</p>` : ""}`.text;
      if (passed) cs.settings.set(`solved.${this.name}`, "yes");
    }

    bringInView(element) {
      const { top, bottom } = element.getBoundingClientRect();
      const bar = document.querySelector("#mdbook-menu-bar, #menu-bar")?.clientHeight ?? 0;
      if (top < bar || bottom > innerHeight) element.scrollIntoView({ block: "center" });
    }
  }

  /** The exercise of that name, which these elements are where no script runs. */
  function addExercise(name, elements) {
    const starts = [];
    for (const block of elements) {
      for (const language of /** @type {const} */ (["rust", "python"])) {
        const code = block.querySelector(`code.language-${language}`);
        if (code && starts.length < 2) starts.push({ language, code, block });
      }
    }
    if (starts.some(({ language }) => cs.recorder(language))) new Exercise(name, starts);
  }

  Object.assign(cs, { addExercise });
})(globalThis.contextSwitch);
