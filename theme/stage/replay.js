// From a recording to moments: what is true after each event.
//
// A moment is one place where the player can stop. Most are one event; time
// that passes between two events is a moment of its own (`idle` when nobody
// has the thread, `busy` when somebody computes), and a `block` takes the time
// it holds the thread.
(cs => {
  "use strict";

  /** States that a task does not leave. */
  const ENDED = new Set(["done", "dropped", "cancelled", "panicked"]);

  /** The names as views show them: where several tasks share one, all are numbered. */
  function numbered(events) {
    const plain = events.filter(e => e.ev === "spawn").map(e => e.name);
    const count = new Map(), seen = new Map();
    for (const name of plain) count.set(name, (count.get(name) ?? 0) + 1);
    return plain.map(name => {
      if (count.get(name) === 1) return name;
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return `${name} #${seen.get(name)}`;
    });
  }

  /** Time that is worth a moment: all of it on virtual time, on the machine's clock only what is long. */
  function worthShowing(head, events) {
    const total = events.at(-1)?.t ?? 0;
    return head.clock === "real" ? us => us >= Math.max(10_000, total / 40) : us => us > 0;
  }

  /** The state between two events, and the moments up to it. */
  class Replay {
    constructor({ head, events }, listing) {
      Object.assign(this, {
        head, events, listing, manner: listing.async ? head.language : "plain", names: numbered(events), shows: worthShowing(head, events),
        now: 0, tasks: [], timers: [], printed: 0, shutdown: false, moments: [],
        stack: [],                         // who has the thread, the innermost last
      });
    }

    get holder() { return this.stack.at(-1) ?? null; }

    /** A line of the recorded file as a line of the listing; null outside it. */
    line(line) {
      const shown = line - this.listing.first + 1;
      return line && shown >= 1 && shown <= this.listing.lines.length ? shown : null;
    }

    push(event, more) {
      const due = this.timers.map(timer => timer.due).filter(due => due >= this.now);
      const moment = {
        kind: event.ev, t: this.now, event, task: event.task ?? null, by: event.by ?? null,
        holder: this.holder, active: this.tasks[this.holder]?.line ?? null,
        tasks: this.tasks.map(task => ({ ...task })), printed: this.printed, shutdown: this.shutdown,
        nextTimer: due.length ? Math.min(...due) : null,
        timersLeft: due.length ? Math.max(...due) - this.now : 0,
        ...more,
      };
      moment.say = cs.sentence(moment, this.moments.at(-1), this.manner);
      this.moments.push(moment);
    }

    /** Time that passes before `event`. */
    pass(event) {
      const us = event.t - this.now;
      if (us <= 0) return;
      this.now = event.t;
      if (this.shows(us)) this.push({ ev: this.holder === null ? "idle" : "busy" }, { us, until: event });
    }

    /** The task gives the thread back, for now or for good. */
    giveBack(task, state) {
      const at = this.stack.lastIndexOf(task.number);
      if (at >= 0) this.stack.splice(at, 1);
      task.state = state;
    }

    finish(event, task, state) {
      const had = this.stack.includes(task.number);
      this.giveBack(task, state);
      this.timers = this.timers.filter(timer => timer.task !== task.number);
      this.push(event, { had });
    }

    run() {
      for (const event of this.events) {
        this.pass(event);
        const line = this.line(event.line);
        // A line tells where whoever is at work stands: the spawner, not the spawned.
        const worker = event.ev === "spawn" ? event.by : event.task;
        if (line && worker != null && worker === this.holder) this.tasks[worker].line = line;
        EVENTS[event.ev]?.(this, event, this.tasks[event.task], line);
      }
      return this.moments;
    }
  }

  /** What each kind of event changes. */
  const EVENTS = {
    spawn(run, event, _, line) {
      run.tasks[event.task] = {
        number: event.task, name: run.names[event.task] ?? event.name, state: "ready", on: null,
        line: event.by == null ? line : null, started: false, told: false, again: false, branch: null,
      };
      run.push(event);
    },
    poll(run, event, task, line) {
      const { started, told, line: from } = task;
      Object.assign(task, { state: "running", started: true, told: false, on: null, line: line ?? from });
      // asyncio.sleep takes its timer back when CancelledError is raised in it.
      if (told) run.timers = run.timers.filter(timer => timer.task !== event.task);
      run.stack.push(event.task);
      run.push(event, { started, told, from });
    },
    print(run, event) {
      run.printed += 1;
      run.push(event);
    },
    timer(run, event) {
      run.timers.push({ task: event.task ?? null, due: run.now + event.us });
      run.push(event, { us: event.us });
    },
    block(run, event) {
      run.now = event.t + event.us;
      run.push(event, { us: event.us });
    },
    pending(run, event, task, line) {
      task.line = line ?? task.line;
      run.giveBack(task, task.again ? "ready" : "waiting");
      Object.assign(task, { on: event.on, again: false });
      run.push(event);
    },
    wake(run, event, task) {
      // Woken within its own poll it still has the thread, and is ready again once it gives it back.
      if (task.state === "running") task.again = true;
      else task.state = "ready";
      if (event.by === "timer") {
        const due = run.timers.findIndex(timer => timer.task === event.task && timer.due <= run.now);
        if (due >= 0) run.timers.splice(due, 1);
      }
      run.push(event);
    },
    ready(run, event, task) { run.finish(event, task, "done"); },
    cancelled(run, event, task) { run.finish(event, task, "cancelled"); },
    panic(run, event, task) { run.finish(event, task, "panicked"); },
    cancel(run, event, task) {
      if (event.how === "drop") return run.finish(event, task, "dropped");
      task.told = true;
      run.push(event);
    },
    enter(run, event, task) {
      const started = run.moments.some(({ kind, event: e }) => kind === "enter" && e.task === event.task && e.branch === event.branch);
      task.branch = event.branch;
      run.push(event, { started });
    },
    leave(run, event, task) {
      task.branch = null;
      run.push(event);
    },
    end(run, event) {
      run.shutdown = true;
      run.push(event);
    },
  };

  /**
   * The moments of a recording.
   *
   * `recording` is `{ head, events }`; `listing` is `{ lines, first, async }`: the
   * lines on the page, which line of the recorded file the first of them is, and
   * whether they have any async in them.
   */
  const replay = (recording, listing) => new Replay(recording, listing).run();

  Object.assign(cs, { replay, ENDED });
})(globalThis.contextSwitch ??= {});
