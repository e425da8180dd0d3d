// What is true at each moment of a recording. The recording says what each
// moment changes, and brings its sentence; see `crates/draw/src/moments.rs`.
(cs => {
  "use strict";
  const { html } = cs;

  /** States that a task does not leave. */
  const ENDED = new Set(["done", "dropped", "cancelled", "panicked"]);

  /** A sentence as markup: of its parts the marked ones are objects. */
  const marked = say =>
    html`${say.map(part =>
      typeof part === "string"
        ? part
        : "b" in part
          ? html`<b>${part.b}</b>`
          : "q" in part
            ? html`<q>${part.q}</q>`
            : html`<code>${part.code}</code>`,
    )}`;

  /** Each moment with all that is true at it: who has the thread, and every task as it is then. */
  function unfold(moments) {
    const now = { holder: null, runtime: "", printed: 0, next: null };
    let tasks = [];
    return moments.map(moment => {
      for (const key in now) if (key in moment) now[key] = moment[key];
      if (moment.tasks) tasks = [...tasks];
      for (const [number, changes] of Object.entries(moment.tasks ?? {})) {
        tasks[number] = { number: Number(number), ...tasks[number], ...changes };
      }
      const say = marked(moment.say);
      const length = moment.say.reduce(
        (sum, part) => sum + (typeof part === "string" ? part : Object.values(part)[0]).length,
        0,
      );
      return { task: null, by: null, ...moment, ...now, tasks, active: tasks[now.holder]?.line ?? null, say, length };
    });
  }

  Object.assign(cs, { unfold, ENDED });
})(globalThis.contextSwitch);
