// Small things that every part of the stage needs: markup that cannot be
// injected into, and times as a reader says them.
//
// The parts are plain scripts, not modules, so that the book also works when
// its files are opened from a folder. Each adds to the one object
// `contextSwitch`.
(cs => {
  "use strict";

  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

  /** HTML that is safe to insert as it is; made by `html` only. */
  class Markup {
    constructor(text) {
      this.text = text;
    }
    toString() {
      return this.text;
    }
  }

  const safe = value => {
    if (value instanceof Markup) return value.text;
    if (Array.isArray(value)) return value.map(safe).join("");
    return String(value ?? "").replace(/[&<>"']/g, c => ENTITIES[c]);
  };

  /** A template tag: `html`<b>${name}</b>`` escapes every value that is not markup itself. */
  const html = (parts, ...values) => new Markup(parts.reduce((text, part, i) => text + safe(values[i - 1]) + part));

  /** Markup that highlight.js made out of a listing: trusted as it stands in the page. */
  const trusted = text => new Markup(text);

  /** `1000000` µs is `1.000`, as the timed examples print it. */
  const clock = us => (us / 1e6).toFixed(3);

  /** `1500000` µs is `1.5 s`, `20000` µs is `20 ms`, as the sentences say it; the space does not break. */
  const span = us => {
    const [unit, size] = us >= 1e6 || us === 0 ? ["s", 1e6] : us >= 1e3 ? ["ms", 1e3] : ["µs", 1];
    return `${+(us / size).toFixed(3)}\u00a0${unit}`;
  };

  /** `["a", "b", "c"]` is `a, b and c`; the items may be markup. */
  const list = items =>
    html`${items.map((item, i) => html`${i === 0 ? "" : i === items.length - 1 ? " and " : ", "}${item}`)}`;

  /** Whether two lines say the same: a tuple of texts has other quotes in each language. */
  const alike = (one, other) => one.replaceAll('"', "'") === other.replaceAll('"', "'");

  /** What is left of `all` when each line of `taken` is taken out once. */
  const without = (all, taken) => {
    const rest = [...all];
    for (const line of taken) {
      const at = rest.findIndex(other => alike(line, other));
      if (at >= 0) rest.splice(at, 1);
    }
    return rest;
  };

  /** A setting that outlives the page; nothing where storage is not allowed. */
  const settings = {
    get(name) {
      try {
        return localStorage.getItem("context-switch." + name);
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        localStorage.setItem("context-switch." + name, value);
      } catch {
        /* private window */
      }
    },
  };

  /** What a reader has written, kept until the page's tab is closed; null deletes it. */
  const edits = {
    get(name) {
      try {
        return sessionStorage.getItem("context-switch.edit." + name);
      } catch {
        return null;
      }
    },
    set(name, text) {
      try {
        if (text === null) sessionStorage.removeItem("context-switch.edit." + name);
        else sessionStorage.setItem("context-switch.edit." + name, text);
      } catch {
        /* private window */
      }
    },
  };

  /** Says at the stage's buttons, where one looks, what is being done. */
  const doing = (stage, text) => {
    stage.find(".doing").textContent = text;
  };

  Object.assign(cs, { html, trusted, clock, span, list, alike, without, settings, edits, doing });
})(globalThis.contextSwitch);
