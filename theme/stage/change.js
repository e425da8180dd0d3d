// *Change* makes the listings editable; *Record* records what was changed and
// shows what is wrong with it, its output, player and diagram below the original.
(cs => {
  "use strict";

  class Change {
    /** @param {CS.Stage} stage */
    constructor(stage) {
      this.stage = stage;
      /** @type {CS.Editor[] | null} */
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
      this.original = button("original", "Undo all changes", () =>
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
      this.change.textContent = this.editors ? "Close the editor" : this.name;
      const run = this.stage.root.querySelector(".run");
      // It runs the example as it is in its file; *Record* runs what is in the editor.
      if (run instanceof HTMLElement) run.hidden = Boolean(this.editors);
    }

    open() {
      this.stage.play(false);
      this.stage.root.dataset.editing = "";
      this.editors = this.able().map(
        side => new cs.Editor(side, side.element.querySelector(".listing"), () => this.outdate()),
      );
      this.look();
      this.showButtons();
      this.editors.find(({ side }) => side === this.stage.shown).begin();
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
          const recording = await cs.recordText(editor, abort.signal, (text, more) => editor.say(text, more));
          if (recording) sides.push({ editor, ...recording });
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
      const title = Object.assign(document.createElement("p"), {
        className: "as-changed",
        textContent: "As you changed it",
      });
      const { program, shown } = this.stage;
      cs.showRecorded(this.place, title, program, recorded, shown.language);
      title.scrollIntoView({ block: "nearest" });
    }
  }

  /** Adds *Change* and *Record* to a stage, where somebody can record it. */
  function addChange(stage) {
    if (!stage.sides.some(side => cs.recorder(side.language))) return;
    const change = new Change(stage);
    stage.find(".foot").append(change.record, change.original, change.change);
  }

  Object.assign(cs, { addChange });
})(globalThis.contextSwitch);
