// A listing that can be edited: a textarea with line numbers, and what is wrong with
// the text below it.
(cs => {
  "use strict";
  const { html } = cs;

  /** A textarea over a listing, with line numbers that errors can mark. */
  class Editor {
    /**
     * Of what is called so, with this text, below `place`.
     * @param {{ program: string, language: CS.Language, title: string, source: string }} side
     * @param {Element} place
     * @param {() => void} edited
     */
    constructor(side, place, edited) {
      this.side = side;
      this.element = document.createElement("div");
      this.element.className = "editor";
      this.element.innerHTML = html`<ol class="numbers" aria-hidden="true"></ol>
        <textarea spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" aria-label="${side.title} listing"></textarea>
        <div class="errors" role="status"></div>`.text;
      this.numbers = this.element.querySelector(".numbers");
      this.errors = this.element.querySelector(".errors");
      this.text = this.element.querySelector("textarea");
      this.kept = `${side.program}.${side.language}`;
      this.text.value = cs.edits.get(this.kept) ?? side.source;
      this.text.oninput = () => {
        cs.edits.set(this.kept, this.changed ? this.text.value : null);
        this.number();
        edited();
      };
      place.after(this.element);
      this.number();
    }

    /** The cursor before the first line, which is in sight. */
    begin() {
      this.text.setSelectionRange(0, 0);
      this.text.focus({ preventScroll: true });
      this.element.scrollIntoView({ block: "nearest" });
    }

    get changed() {
      return this.text.value !== this.side.source;
    }

    /** Takes the program's own text again. */
    restore() {
      this.text.value = this.side.source;
      this.text.dispatchEvent(new Event("input"));
      this.say("");
    }

    /** Puts a line into the gutter for each of the text. */
    number() {
      const lines = this.text.value.replace(/\n$/, "").split("\n").length;
      this.text.rows = lines + 1;
      if (this.numbers.children.length !== lines) this.numbers.innerHTML = "<li></li>".repeat(lines);
    }

    /** Says nothing, that it is being recorded, or what is wrong with it. */
    say(text, { lines = [], detail = "", hint = "" } = {}) {
      const wrong = new Set(lines.map(({ line }) => line));
      [...this.numbers.children].forEach((li, n) => li.classList.toggle("wrong", wrong.has(n + 1)));
      this.errors.innerHTML = html`${text ? html`<p>${text}</p>` : ""}
        ${lines.length ? html`<ul>${lines.map(({ line, message }) => html`<li><b>Line ${line}</b>: ${message}</li>`)}</ul>` : ""}
        ${hint ? html`<p class="hint">${hint}</p>` : ""}
        ${detail ? html`<details><summary>All that was said</summary><pre>${detail}</pre></details>` : ""}`.text;
    }
  }

  Object.assign(cs, { Editor });
})(globalThis.contextSwitch);
