// *Change* makes the listings editable; *Record* records what was changed and
// shows its output, player and diagram below the original.
(cs => {
  "use strict";
  const { html } = cs;

  /** A textarea over a listing, with line numbers that errors can mark. */
  class Editor {
    constructor(side) {
      this.side = side;
      this.element = document.createElement("div");
      this.element.className = "editor";
      this.element.innerHTML = html`<ol class="numbers" aria-hidden="true"></ol>
        <textarea spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" aria-label="${side.title} listing"></textarea>
        <div class="errors" role="status"></div>`;
      this.numbers = this.element.querySelector(".numbers");
      this.errors = this.element.querySelector(".errors");
      this.text = this.element.querySelector("textarea");
      this.text.value = side.source;
      this.text.oninput = () => this.number();
      side.element.querySelector(".listing").after(this.element);
      this.number();
    }

    get changed() { return this.text.value !== this.side.source; }

    number() {
      const lines = this.text.value.replace(/\n$/, "").split("\n").length;
      this.text.rows = lines + 1;
      if (this.numbers.children.length !== lines) this.numbers.innerHTML = "<li></li>".repeat(lines);
    }

    /** Says nothing, that it is being recorded, or what is wrong with it. */
    say(text, { lines = [], detail = "" } = {}) {
      const wrong = new Set(lines.map(({ line }) => line));
      [...this.numbers.children].forEach((li, n) => li.classList.toggle("wrong", wrong.has(n + 1)));
      this.errors.innerHTML = html`${text ? html`<p>${text}</p>` : ""}
        ${lines.length ? html`<ul>${lines.map(({ line, message }) => html`<li><b>Line ${line}</b>: ${message}</li>`)}</ul>` : ""}
        ${detail ? html`<details><summary>All that was said</summary><pre>${detail}</pre></details>` : ""}`;
    }
  }

  class Change {
    constructor(stage) {
      this.stage = stage;
      this.editors = null;
      this.abort = null;
      const button = (name, text, act) => Object.assign(document.createElement("button"), { type: "button", className: name, textContent: text, onclick: act });
      this.change = button("change", "Change", () => this.editors ? this.close() : this.open());
      this.record = button("record", "Record", () => this.abort ? this.abort.abort() : this.start());
      this.record.hidden = true;
      this.place = Object.assign(document.createElement("div"), { className: "changed" });
      stage.root.after(this.place);
    }

    open() {
      this.stage.play(false);
      this.stage.root.dataset.editing = "";
      this.editors = this.stage.sides.map(side => new Editor(side));
      this.change.textContent = "Put it back";
      this.record.hidden = false;
      this.editors[this.stage.sides.indexOf(this.stage.shown)].text.focus();
    }

    close() {
      this.abort?.abort();
      delete this.stage.root.dataset.editing;
      for (const editor of this.editors) editor.element.remove();
      this.editors = null;
      this.change.textContent = "Change";
      this.record.hidden = true;
      this.place.replaceChildren();
    }

    async start() {
      const changed = this.editors.filter(editor => editor.changed);
      const editors = changed.length ? changed : this.editors.filter(editor => editor.side === this.stage.shown);
      const abort = this.abort = new AbortController();
      this.record.textContent = "Stop";
      const sides = [];
      await Promise.all(editors.map(async editor => {
        editor.say(editor.side.language === "rust" ? "Compiling and recording …" : "Recording …");
        try {
          const { recording, errors } = await cs.server.record(editor.side.language, editor.text.value, abort.signal,
            what => editor.say(`Compiling ${what} …`));
          if (errors) editor.say("It was not recorded.", { lines: errors.lines, detail: errors.text });
          else {
            editor.say(recording.notice ? "It did not end well; this is how far it came." : "", { detail: recording.notice });
            sides.push({ editor, ...recording });
          }
        } catch (error) {
          editor.say(error.name === "AbortError" ? "Stopped." : error.message);
        }
      }));
      this.abort = null;
      this.record.textContent = "Record";
      sides.sort((a, b) => this.editors.indexOf(a.editor) - this.editors.indexOf(b.editor));
      if (sides.length && this.editors) this.show(sides);
    }

    show(recorded) {
      const { program } = this.stage;
      const sides = recorded.map(({ editor, recording: [head], moments: [play, ...moments] }) => {
        const code = document.createElement("code");
        code.className = `language-${head.language}`;
        code.textContent = editor.text.value;
        globalThis.hljs?.highlightBlock(code);
        return new cs.Side(code, { head, play, moments }, program);
      });
      const root = cs.emptyStage(`${program}, as you changed it`);
      const title = Object.assign(document.createElement("p"), { className: "as-changed", textContent: "As you changed it" });
      this.place.replaceChildren(title, root);
      const stage = new cs.Stage(root, program, sides, [], { changed: true });
      stage.start();
      // All that it printed, and when, is what one wants to see first.
      stage.edge(-1);
      for (const { diagram } of recorded) {
        const source = Object.assign(document.createElement("pre"), { className: "mermaid", textContent: diagram });
        this.place.append(source);
        cs.drawDiagram?.(source);
      }
      root.scrollIntoView({ block: "nearest" });
    }
  }

  /** Adds *Change* and *Record* to a stage, where there is a server to record. */
  function addChange(stage) {
    if (!cs.served()) return;
    const change = new Change(stage);
    stage.find(".foot").append(change.change, change.record);
  }

  Object.assign(cs, { addChange });
})(globalThis.contextSwitch ??= {});
