// *Change* makes the listings editable; *Record* records what was changed and
// shows what is wrong with it, its output, player and diagram below the original.
(cs => {
  "use strict";
  const { html } = cs;

  /** A textarea over a listing, with line numbers that errors can mark. */
  class Editor {
    /** @param {CS.Side} side @param {() => void} edited */
    constructor(side, edited) {
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
      side.element.querySelector(".listing").after(this.element);
      this.number();
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

    number() {
      const lines = this.text.value.replace(/\n$/, "").split("\n").length;
      this.text.rows = lines + 1;
      if (this.numbers.children.length !== lines) this.numbers.innerHTML = "<li></li>".repeat(lines);
    }

    /** Says nothing, that it is being recorded, or what is wrong with it. */
    say(text, { lines = [], detail = "" } = {}) {
      const wrong = new Set(lines.map(({ line }) => line));
      [...this.numbers.children].forEach((li, n) => li.classList.toggle("wrong", wrong.has(n + 1)));
      // What may be used is said at the end of all that was said.
      const [, only] = /\n\n(a program to be recorded is .*)/s.exec(detail) ?? [];
      this.errors.innerHTML = html`${text ? html`<p>${text}</p>` : ""}
        ${lines.length ? html`<ul>${lines.map(({ line, message }) => html`<li><b>Line ${line}</b>: ${message}</li>`)}</ul>` : ""}
        ${only ? html`<p class="only">${only}</p>` : ""}
        ${detail ? html`<details><summary>All that was said</summary><pre>${detail}</pre></details>` : ""}`.text;
    }
  }

  class Change {
    /** @param {CS.Stage} stage */
    constructor(stage) {
      this.stage = stage;
      /** @type {Editor[] | null} */
      this.editors = null;
      /** @type {AbortController | null} */
      this.abort = null;
      const button = (name, text, act) =>
        Object.assign(document.createElement("button"), {
          type: "button",
          className: name,
          textContent: text,
          onclick: act,
        });
      this.change = button("change", "Change", () => (this.editors ? this.close() : this.open()));
      this.original = button("original", "Original text", () =>
        this.editors?.find(({ side }) => side === stage.shown)?.restore(),
      );
      this.record = button("record", "Record", () => (this.abort ? this.abort.abort() : this.start()));
      this.place = Object.assign(document.createElement("div"), { className: "changed" });
      const able = this.able();
      /** On some hosts only one of the languages. */
      this.name = able.length === stage.sides.length ? "Change" : `Change the ${able[0].title}`;
      this.showButtons();
      stage.root.after(this.place);
    }

    showButtons() {
      this.record.hidden = this.original.hidden = !this.editors;
      this.change.textContent = this.editors ? "Put it back" : this.name;
      const run = this.stage.root.querySelector(".run");
      // It runs the example as it is in its file; *Record* runs what is in the editor.
      if (run instanceof HTMLElement) run.hidden = Boolean(this.editors);
    }

    open() {
      this.stage.play(false);
      this.stage.root.dataset.editing = "";
      this.editors = this.able().map(side => new Editor(side, () => this.outdate()));
      this.look();
      this.showButtons();
      this.editors.find(({ side }) => side === this.stage.shown).text.focus();
    }

    /** The languages that can be recorded here. */
    able() {
      return this.stage.sides.filter(side => cs.recorder(side.language));
    }

    /** Shows a language that can be, if the one that is shown cannot. */
    look() {
      const able = this.able();
      if (!able.includes(this.stage.shown)) this.stage.choose(able[0]);
    }

    /** The original again; what was written is kept for the next *Change*. */
    close() {
      this.abort?.abort();
      delete this.stage.root.dataset.editing;
      for (const editor of this.editors ?? []) editor.element.remove();
      this.editors = null;
      this.showButtons();
      this.place.replaceChildren();
    }

    /** What is shown below is no longer what is in the editor. */
    outdate() {
      const title = this.place.querySelector(".as-changed");
      if (!title) return;
      title.textContent = "As you changed it before: record it again";
      this.place.dataset.outdated = "";
    }

    async start() {
      this.look();
      const inSight = this.editors.filter(editor => editor.side.inSight);
      const changed = inSight.filter(editor => editor.changed);
      const editors = changed.length ? changed : inSight.filter(editor => editor.side === this.stage.shown);
      const abort = (this.abort = new AbortController());
      this.record.textContent = "Stop";
      // Nothing of before is to be taken for the answer.
      this.place.replaceChildren();
      delete this.place.dataset.outdated;
      const sides = [];
      await Promise.all(
        editors.map(async editor => {
          const say = (text, more = {}) => {
            editor.say(text, more);
            cs.doing(this.stage, text);
          };
          say(editor.side.language === "rust" ? "Compiling and recording …" : "Recording …");
          try {
            const { recording, errors, refused, line } = await cs
              .recorder(editor.side.language)
              .record(editor.side.language, editor.text.value, abort.signal, say);
            if (refused) say(refused, { lines: line ? [{ line, message: "here" }] : [] });
            else if (errors) say("It was not recorded.", { lines: errors.lines, detail: errors.text });
            else {
              say(recording.ended ? "It did not end well; this is how far it came." : "", { detail: recording.notice });
              sides.push({ editor, ...recording });
            }
          } catch (error) {
            say(error.name === "AbortError" ? "Stopped." : error.message);
          }
        }),
      );
      this.abort = null;
      this.record.textContent = "Record";
      const all = this.editors;
      if (!all) return;
      sides.sort((a, b) => all.indexOf(a.editor) - all.indexOf(b.editor));
      if (sides.length) this.show(sides);
    }

    show(recorded) {
      const { program } = this.stage;
      const sides = recorded.map(({ editor, header, moments: [play, ...moments], ended }) => {
        const code = document.createElement("code");
        code.className = `language-${header.language}`;
        code.textContent = editor.text.value;
        globalThis.hljs?.highlightBlock(code);
        return new cs.Side(code, { head: header, play, moments, ended }, program);
      });
      const root = cs.emptyStage(`${program}, as you changed it`);
      const title = Object.assign(document.createElement("p"), {
        className: "as-changed",
        textContent: "As you changed it",
      });
      const found = recorded.map(({ editor, findings, ended }) => {
        const list = document.createElement("div");
        list.className = "findings";
        const which = recorded.length > 1 ? html`<b>${editor.side.title}</b>: ` : "";
        const say = findings.length
          ? `${findings.length} finding${findings.length > 1 ? "s" : ""}`
          : ended
            ? ""
            : "nothing found that is wrong";
        list.innerHTML = html`<p>${which}${[ended, say].filter(Boolean).join("; ")}</p>
          ${findings.length ? html`<ul>${findings.map(finding => html`<li>${finding}</li>`)}</ul>` : ""}`.text;
        return list;
      });
      this.place.replaceChildren(title, ...found, root);
      const stage = new cs.Stage(root, program, sides, [], { changed: true });
      stage.shown = sides.find(side => side.language === this.stage.shown.language) ?? sides[0];
      stage.start();
      // All that it printed, and when, is what one wants to see first.
      stage.edge(-1);
      for (const { diagram } of recorded) {
        const source = Object.assign(document.createElement("pre"), { className: "mermaid", textContent: diagram });
        this.place.append(source);
        cs.drawDiagram?.(source);
      }
      title.scrollIntoView({ block: "nearest" });
    }
  }

  /** Adds *Change* and *Record* to a stage, where somebody can record it. */
  function addChange(stage) {
    if (!stage.sides.some(side => cs.recorder(side.language))) return;
    const change = new Change(stage);
    stage.find(".foot").append(change.change, change.original, change.record);
  }

  Object.assign(cs, { addChange });
})(globalThis.contextSwitch);
