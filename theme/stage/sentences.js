// One sentence, sometimes two, for each moment: templates for every kind of
// event, in the words of the runtime that was recorded.
(cs => {
  "use strict";
  const { html, clock, span, list } = cs;

  const WORDS = {
    rust: { runtime: "the runtime", polls: "polls" },
    python: { runtime: "the event loop", polls: "runs a step of" },
    // A program without async has one thread and nobody to give it to.
    plain: { runtime: "the system", polls: "starts" },
  };
  const BACK = "gives the thread back";

  const capital = text => text[0].toUpperCase() + text.slice(1);
  const name = task => html`<b>${task?.name ?? "?"}</b>`;
  const names = tasks => list(tasks.map(name));
  const quote = text => html`<q>${text}</q>`;
  const code = text => html`<code>${text}</code>`;
  const onLine = line => line ? html` on line ${line}` : "";

  /** `1 s` is `wait 1 s`, `a message` is `wait for a message`. */
  const wait = (on, verb = "wait") => !on ? verb : /^\d/.test(on) ? `${verb} ${on.replace(" ", "\u00a0")}` : `${verb} for ${on}`;

  /** Everything a template may want to know of a moment. */
  function context(m, before, manner) {
    const words = WORDS[manner];
    const task = m.tasks[m.task];
    const by = typeof m.by === "number" ? m.tasks[m.by] : null;
    return {
      m, before, words, rust: manner === "rust", plain: manner === "plain", task, by, me: name(task), Runtime: capital(words.runtime),
      holder: m.tasks[m.holder] ?? null,
      ready: m.tasks.filter(other => other.state === "ready" && other !== task),
    };
  }

  /** ` foo and bar have to wait.`, where somebody else is ready. */
  const others = ({ ready }) => ready.length ? html` ${names(ready)} ${ready.length > 1 ? "are" : "is"} ready too and must wait.` : "";

  /** Who wants the thread that has just been given back. */
  function next({ m, ready, holder }) {
    if (holder) return html` ${name(holder)} goes on.`;
    if (m.shutdown) return "";
    return ready.length ? html` ${names(ready)} want${ready.length > 1 ? "" : "s"} it.` : " Nobody else wants it.";
  }

  const TEMPLATES = {
    spawn({ me, by, holder, rust, plain }) {
      if (plain) return "The program starts.";
      if (!by && !holder) return html`The program starts. ${me} is ready to run.`;
      const who = by ?? holder;
      const still = who === holder ? html`It is ready to run, but ${name(who)} still has the thread.` : "It is ready to run.";
      return html`${name(who)} ${rust ? "spawns" : "makes a task of"} ${me}. ${still}`;
    },

    poll(c) {
      const { m, me, words, Runtime } = c;
      if (c.plain) return html`${me} has the only thread there is, and keeps it.`;
      const inside = m.tasks[m.event.inside];
      const start = html`${inside ? name(inside) : Runtime} ${inside ? "polls" : words.polls} ${me}`;
      const whose = inside ? html`, within its own turn.` : ".";
      if (m.told) {
        return m.started
          ? html`${start}${whose} It is not to go on: its await${onLine(m.from)} raises ${code("CancelledError")}.`
          : html`${start}, only to tell it that it is cancelled.`;
      }
      if (!m.started) return html`${start} for the first time${inside ? ", within its own turn." : html`: now ${me} has the thread.`}${others(c)}`;
      return html`${start}${whose} It goes on from ${m.from ? html`its await on line ${m.from}` : "where it stopped"}.${others(c)}`;
    },

    print({ m, me, task }) {
      const { text, stream } = m.event;
      const what = text === "" ? "an empty line" : quote(text);
      const where = stream === "stderr" ? " to stderr" : "";
      return task ? html`${me} prints ${what}${where}.` : html`Outside every task, ${what} is printed${where}.`;
    },

    timer({ m, me, task }) {
      return task ? html`${me} sets a timer: wake me in ${span(m.us)}.` : html`A timer is set, due in ${span(m.us)}.`;
    },

    pending(c) {
      const { task, me } = c;
      if (task.state === "ready") return html`${me} lets the others go first: it ${BACK}, but wants it again.${next(c)}`;
      return html`${me} has to ${wait(task.on)}, so it ${BACK}.${next(c)}`;
    },

    wake({ m, before, task, me, by, holder, Runtime }) {
      const but = holder && holder !== task ? html`, but ${name(holder)} has the thread` : "";
      const ready = html`${me} is ready again${but}.`;
      if (task.state === "running") return by === task ? html`${me} asks for another turn, to come after this one.` : html`${me} is woken while it has the thread: it will be polled once more.`;
      if (task.told) return html`So ${me} is ready once more: not to go on, but to be told.`;
      if (m.by === "timer") return html`${me}’s timer is due. ${ready}`;
      if (m.by === "io" && task.on === "the blocking call to finish") return html`The blocking call has finished, on a thread of its own. ${ready}`;
      if (m.by === "io") return html`The operating system has something for ${me}${task.on ? `, which waited for ${task.on}` : ""}. ${ready}`;
      if (by === task || (m.by === "runtime" && task.on === "its next turn")) return html`The others had their turn. ${ready}`;
      if (m.by === "runtime") return html`${Runtime} has what ${me} waited for${/^\d/.test(task.on ?? "1") ? "" : `: ${task.on}`}. ${ready}`;
      if (/^(ready|cancelled|panic|cancel)$/.test(before?.kind) && before.task === m.by) return html`${name(by)} has ended, and ${me} waited for that. ${ready}`;
      const waited = task.on && !/^\d/.test(task.on) ? `, which waited for ${task.on}` : "";
      return html`${name(by)} wakes ${me}${waited}. ${ready}`;
    },

    ready(c) {
      if (c.plain) return html`${c.me} is finished.`;
      return html`${c.me} is finished and ${BACK}${c.holder ? html` to ${name(c.holder)}` : ""}.`;
    },

    cancel({ m, me, task, by, rust, Runtime }) {
      const who = by ? name(by) : rust ? Runtime : "asyncio";
      if (m.event.how === "throw") {
        return task.started
          ? html`${who} cancels ${me}: its await${onLine(task.line)} is to raise ${code("CancelledError")}.`
          : html`${who} cancels ${me} before it has run a single line.`;
      }
      const where = task.started ? html`where it stands${onLine(task.line)}. What comes after never runs.` : "before it has run a single line.";
      return by ? html`${who} cancels ${me}: its future is dropped ${where}` : html`${who} drops ${me} ${where}`;
    },

    cancelled({ m, me, task }) {
      if (!task.started || !m.had) return html`${me} ends, cancelled, without having been asked.`;
      return html`${code("CancelledError")} leaves ${me}: it ends here, cancelled.`;
    },

    block(c) {
      const { m, me, task, plain } = c;
      const sleep = html`holds the thread for ${span(m.us)}, in a sleep that blocks${onLine(m.active)}.`;
      return task ? html`${me} ${sleep} ${plain ? "Nothing else happens." : "Meanwhile nobody else can run."}${c.ready.length ? html` ${names(c.ready)} would be ready.` : ""}` : html`The program ${sleep}`;
    },

    busy({ m, holder }) { return html`${span(m.us)} pass. ${name(holder)} keeps the thread, and nobody else can run.`; },

    idle({ m, Runtime }) {
      const { ev, by, task } = m.until;
      const until = ev !== "wake" ? "" : by === "timer" ? html`, until ${name(m.tasks[task])}’s timer is due`
        : by === "io" ? ", until the operating system has something to tell" : "";
      return html`Nobody wants the thread. ${Runtime} sleeps for ${span(m.us)}${until}.`;
    },

    panic({ m, me, rust }) {
      const how = rust ? html`${me} panics: ${quote(m.event.text)}.` : html`An exception leaves ${me}: ${quote(m.event.text)}.`;
      return html`${how} ${m.task === 0 ? "That ends the program." : "It has ended; the others have not."}`;
    },

    enter({ m, me }) {
      return html`Inside ${me}, the branch ${code(m.event.branch)} ${m.started ? "goes on" : "starts"}.`;
    },

    leave({ m, me }) {
      const how = { pending: "has to wait", ready: "is finished", drop: "is dropped, unfinished" }[m.event.how];
      return html`The branch ${code(m.event.branch)} of ${me} ${how}.`;
    },

    end({ m, me }) {
      const left = m.tasks.filter(task => !cs.ENDED.has(task.state) && task.number !== m.task);
      if (!left.length) return m.tasks.length > 1 ? html`${me} is done, and so is everybody else: the program is over.` : "The program is over.";
      const need = m.timersLeft > 0 ? html`, which would need ${span(m.timersLeft)} more` : "";
      return html`${me} is done, and that ends the program. Nobody waits for ${names(left)}${need}.`;
    },
  };

  /**
   * The sentence of a moment as markup; `before` is the moment before it, and
   * `manner` `"rust"`, `"python"` or, for a program without async, `"plain"`.
   */
  const sentence = (moment, before, manner) =>
    html`${TEMPLATES[moment.kind]?.(context(moment, before, manner)) ?? moment.kind}`;

  /** A task's state in a few words, for its label. */
  const stateInWords = task => {
    if (task.state === "running") return task.branch ? `runs ${task.branch}` : "has the thread";
    if (task.state === "ready") return "ready, wants it";
    return task.state === "waiting" ? wait(task.on, "waits") : task.state;
  };

  /** What the runtime is at, for its label; empty while somebody else has the thread. */
  const runtimeInWords = moment => {
    if (moment.holder !== null) return "";
    if (moment.kind === "idle") return `sleeps until ${clock(moment.t)}\u00a0s`;
    if (moment.shutdown) return "shuts down";
    return moment.kind === "spawn" ? "starts" : "picks who is next";
  };

  Object.assign(cs, { sentence, stateInWords, runtimeInWords });
})(globalThis.contextSwitch ??= {});
