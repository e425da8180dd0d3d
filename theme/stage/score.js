// The drawing of one recording as numbers: x in columns, y in px. It is
// stretched to the width of the page and never measured, so nothing has to be
// drawn anew when a window changes its size.
//
// The thread is one line from left to right. Along the top it is the
// runtime's; a poll takes it down into a task's lane, the return brings it up.
(cs => {
  "use strict";

  const LANE = 46;
  const RUNTIME = { top: 0, height: 42, line: 27 };
  /** From this many columns on the drawing is dense. */
  const DENSE = 30;
  const TIMER_ROW = 13,
    TIMER_ROWS = 4;

  /** Where things stand: lane `null` is the runtime's. */
  const Y = {
    top: lane => (lane === null ? RUNTIME.top : RUNTIME.height + LANE * lane),
    height: lane => (lane === null ? RUNTIME.height : LANE),
    line: lane => (lane === null ? RUNTIME.line : RUNTIME.height + LANE * lane + 35),
  };

  /** @typedef {{ task: number | null, x: number, row: number, due: number }} Timer */
  /** @typedef {{ k: number, x: number, y: number, kind: string, text: string, width: number | null, passes?: boolean }} Label */
  /** @typedef {{ state: string, x: number, words: Label | null, moved: boolean }} Lane */

  class Score {
    /** @param {CS.At[]} moments @param {number[]} at @param {number[]} x */
    constructor(moments, at, x) {
      this.moments = moments;
      this.at = at;
      this.x = x;
      /** @type {Timer[]} the timers that are set */
      this.open = [];
      /** @type {Lane[]} since when each task is in its state */
      this.since = [];
      this.rows = 1;
      this.end = 0;
      this.axis = 0;
      this.height = 0;
      this.hasTimers = false;
      /** @type {{ x: number, width: number, t: number }[]} */
      this.instants = [];
      this.branchFrom = 0;
      this.lanes = moments.at(-1).tasks;
      this.foot = Y.top(this.lanes.length);
      /** Path data by kind of stroke. @type {Record<string, string>} */
      this.strokes = {
        hair: "",
        timer: "",
        waiting: "",
        ready: "",
        branch: "",
        running: "",
        blocked: "",
        thread: `M0 ${Y.line(null)}`,
      };
      /** Words: at column `k` they appear. */
      /** @type {Label[]} */
      this.labels = [];
      /** Bands of time that passes. */
      /** @type {{ x: number, width: number, us: number }[]} */
      this.gaps = [];
    }

    label(k, x, y, kind, text) {
      const label = { k, x, y, kind, text, width: null };
      this.labels.push(label);
      return label;
    }

    timerLine(row) {
      return this.foot + 19 + TIMER_ROW * row;
    }

    link(x, from, to) {
      this.strokes.hair += `M${x} ${from}V${to}`;
    }

    /** The thread goes from one lane to another. */
    thread(x, from, to) {
      this.strokes.thread += `H${x - 0.45}C${x} ${from} ${x} ${to} ${x + 0.45} ${to}`;
    }

    draw() {
      let holder = null;
      this.moments.forEach((m, i) => {
        const k = this.at[i],
          x = this.x[k] + 0.5;
        if (m.kind === "idle" || m.kind === "busy" || m.kind === "block") this.gap(m, k);
        this.states(m, k, x);
        if (m.holder !== holder) {
          this.thread(x, Y.line(holder), Y.line(m.holder));
          holder = m.holder;
        }
        MARKS[m.kind]?.(this, m, k, x);
      });
      this.end = this.x[this.at.at(-1)] + 1;
      // Where little room is, only those waits have words during which time passes.
      if (this.x.at(-1) > DENSE) this.labels = this.labels.filter(label => label.kind !== "wait" || label.passes);
      this.strokes.thread += `H${this.end}`;
      this.hasTimers = this.moments.some(m => m.kind === "timer");
      this.axis = this.hasTimers ? this.timerLine(this.rows) + 2 : this.foot + 10;
      this.height = this.axis + 26;
      this.instants = this.times();
      return this;
    }

    gap(m, k) {
      this.gaps.push({ x: this.x[k], width: this.x[k + 1] - this.x[k], us: m.us ?? 0 });
      // What each task waits for is best read where the time passes.
      for (const lane of this.since) {
        if (!lane?.words || lane.moved) continue;
        lane.words.x = this.x[k] + 0.2;
        lane.words.passes = true;
        lane.moved = true;
      }
      if (m.kind === "block" && m.task !== null) {
        this.strokes.blocked += `M${this.x[k] + 0.3} ${Y.line(m.task)}H${this.x[k + 1] - 0.3}`;
      }
    }

    /** Ends the stroke of every state that changes at this moment, and begins the next. */
    states(m, k, x) {
      for (const task of m.tasks) {
        const lane = this.since[task.number],
          y = Y.line(task.number);
        if (lane?.state === task.state) continue;
        if (lane && lane.state in this.strokes) {
          const inset = lane.state === "running" ? 0.4 : 0;
          this.strokes[lane.state] += `M${lane.x + inset} ${y}H${Math.max(lane.x + inset + 0.05, x - inset)}`;
        }
        if (lane?.words) lane.words.width = x - lane.words.x;
        const words = task.state === "waiting" ? this.label(k, x + 0.6, y, "wait", task.on ?? "") : null;
        if (cs.ENDED.has(task.state)) this.label(k, x, y, task.state, task.state);
        this.since[task.number] = { state: task.state, x, words, moved: false };
      }
    }

    /** The timer of a task that is due first. */
    timer(task) {
      return this.open.filter(timer => timer.task === task).sort((a, b) => a.due - b.due)[0];
    }

    endTimer(timer, k, x, kind) {
      const y = this.timerLine(timer.row);
      this.strokes.timer += `M${timer.x} ${y - 4}v8m0-4H${x}`;
      this.label(k, x, y, kind, "");
      this.open.splice(this.open.indexOf(timer), 1);
    }

    /** The instants below: one a stretch between two waits. */
    times() {
      const bounds = [...this.gaps, { x: this.end, width: 0 }];
      return bounds
        .map((gap, i) => {
          const x = i === 0 ? 0 : bounds[i - 1].x + bounds[i - 1].width;
          const first = this.moments.findIndex((m, n) => this.x[this.at[n]] >= x && !(m.us && m.kind !== "timer"));
          return { x, width: gap.x - x, t: first < 0 ? null : this.moments[first].t };
        })
        .filter(instant => instant.t !== null && instant.width > 0.4);
    }
  }

  /** What single events add to the drawing. */
  const MARKS = {
    spawn(score, m, k, x) {
      if (m.by !== null) score.link(x, Y.line(m.by), Y.line(m.task));
    },
    print(score, m, k, x) {
      score.label(k, x, Y.line(m.task), "flag", m.text);
    },
    timer(score, m, k, x) {
      const taken = new Set(score.open.map(timer => timer.row));
      let row = 0;
      while (taken.has(row) && row < TIMER_ROWS - 1) row++;
      score.rows = Math.max(score.rows, row + 1);
      score.open.push({ task: m.task, x, row, due: m.t + m.us });
      score.label(k, x + 0.3, score.timerLine(row), "set", `due ${cs.clock(m.t + m.us)} s`);
      score.link(x, Y.line(m.task), score.timerLine(row));
    },
    wake(score, m, k, x) {
      const timer = m.by === "timer" ? score.timer(m.task) : null;
      const from = timer ? score.timerLine(timer.row) : Y.line(typeof m.by === "number" ? m.by : null);
      score.link(x, from, Y.line(m.task));
      if (timer) score.endTimer(timer, k, x, "due");
    },
    cancel(score, m, k, x) {
      score.link(x, Y.line(typeof m.by === "number" ? m.by : null), Y.line(m.task));
      if (m.how === "drop") MARKS.ready(score, m, k, x);
    },
    poll(score, m, k, x) {
      if (m.told) MARKS.ready(score, m, k, x);
    },
    ready(score, m, k, x) {
      for (const timer of score.open.filter(timer => timer.task === m.task)) score.endTimer(timer, k, x, "off");
    },
    enter(score, m, k, x) {
      score.label(k, x, Y.line(m.task), "branch", m.branch);
      score.branchFrom = x;
    },
    leave(score, m, k, x) {
      score.strokes.branch += `M${score.branchFrom || x} ${Y.line(m.task) + 8}H${x}`;
    },
  };
  MARKS.cancelled = MARKS.panic = MARKS.ready;

  /**
   * The drawing of `moments`, of which the i-th stands in column `at[i]` of the
   * columns with left edges `x`.
   */
  const score = (moments, at, x) => new Score(moments, at, x).draw();

  Object.assign(cs, { score, Y, DENSE });
})(globalThis.contextSwitch);
