// What the scripts of the stage share. They are plain scripts, each adding to
// the one object `contextSwitch`, `cs` within them; `tsc` checks them by this.

declare namespace CS {
  /** A part of a sentence: plain, a task's name, a quotation, code. */
  type Part = string | { b: string } | { q: string } | { code: string };

  type State = "ready" | "running" | "waiting" | "done" | "dropped" | "cancelled" | "panicked";

  /** A task at a moment; `line` is of the listing, `tail` the end of its name that stays in sight. */
  interface Task {
    number: number;
    name: string;
    tail: string | null;
    state: State;
    words: string;
    on: string | null;
    line: number | null;
  }

  /** A moment as a recording's file tells it, see `crates/draw/src/moments.rs`; times in µs. */
  interface Moment {
    kind: string;
    t: number;
    task?: number;
    by?: number | "timer" | "io" | "runtime";
    us?: number;
    text?: string;
    stream?: "stderr";
    branch?: string;
    how?: string;
    told?: boolean;
    say: Part[];
    holder?: number | null;
    runtime?: string;
    printed?: number;
    next?: number | null;
    tasks?: Record<string, Partial<Task>>;
  }

  /** A moment with all that is true at it. */
  interface At extends Omit<Moment, "task" | "by" | "say" | "tasks"> {
    task: number | null;
    by: Moment["by"] | null;
    holder: number | null;
    runtime: string;
    printed: number;
    next: number | null;
    tasks: Task[];
    /** The line at work. */
    active: number | null;
    say: Markup;
    /** Letters of the sentence. */
    length: number;
  }

  /** The first line of a recording. */
  interface Header {
    format: number;
    program: string;
    language: Language;
    runtime: string;
    clock: "virtual" | "real";
    class: "exact" | "order" | "seen";
  }

  /** The first line of its moments. */
  interface Play {
    async: boolean;
    keeper: string;
    polls: string;
    cut?: boolean;
  }

  type Language = "rust" | "python";

  /** In few words, and in all of them. */
  interface Ended {
    brief: string;
    says: string;
  }

  /** What a side shows; `ended` is how the program ended, if not well. */
  interface Recording {
    head: Header;
    play: Play;
    moments: Moment[];
    ended?: Ended | null;
  }

  interface Markup {
    text: string;
  }

  /** `time` in µs, null where none was picked. */
  interface Guess {
    lines: string[];
    time: number | null;
  }

  interface Puzzle {
    lines: string[];
    times: number[];
  }

  /** One column a moment, of one or both languages; see `columns.js`. */
  interface Layout {
    columns: (number | null)[][];
    wait: number[];
    x: number[];
  }

  interface Side {
    language: Language;
    title: string;
    program: string;
    head: Header;
    play: Play;
    ended: Ended | null;
    source: string;
    moments: At[];
    prints: At[];
    lines: string[];
    took: number;
    at: number[];
    now: number[];
    x: number[];
    element: HTMLElement;
    say: HTMLElement;
    scrubber: HTMLInputElement;
    readonly inSight: boolean;
    layOut(layout: Layout, n: number): void;
    markup(never: string[]): Markup;
    mount(element: HTMLElement): void;
    compare(guess: Guess | null): void;
    show(k: number, how: { glide: number; verdict: Markup | null; spoken: boolean }): void;
  }

  interface Stage {
    root: HTMLElement;
    program: string;
    sides: Side[];
    shown: Side;
    followed: boolean;
    find(selector: string): HTMLElement;
    start(): void;
    play(on: boolean): void;
    edge(at: number): void;
    choose(side: Side): void;
  }

  /** What is wrong with a changed program at a line. */
  interface Diagnostic {
    line: number;
    message: string;
  }

  /** What a changed program's recording brings, see `crates/draw/src/player.rs`. */
  interface Recorded {
    recording?: {
      header: Header;
      moments: [Play, ...Moment[]];
      diagram: string;
      findings: string[];
      ended: Ended | null;
      notice: string;
      /** Of an exercise alone. */
      verdict?: Verdict;
    };
    errors?: { lines: Diagnostic[]; text: string; hint?: string };
    /** What it asked for that a page does not have, a sentence; and where. */
    refused?: string;
    line?: number | null;
  }

  /** Whether an exercise is solved, see `crates/recording/src/exercise.rs`. */
  interface Verdict {
    passed: boolean;
    way: string;
    seen: string;
    help: string | null;
  }

  /** See `editor.js`. */
  interface Editor {
    side: Side;
    element: HTMLElement;
    errors: HTMLElement;
    text: HTMLTextAreaElement;
    readonly changed: boolean;
    begin(): void;
    restore(): void;
    say(text: string, more?: { lines?: Diagnostic[]; detail?: string; hint?: string }): void;
  }

  interface Recorder {
    record(
      language: Language,
      source: string,
      signal: AbortSignal,
      noted: (what: string) => void,
      exercise?: string,
    ): Promise<Recorded>;
  }

  interface Server extends Recorder {
    run(
      program: string,
      language: Language,
      signal: AbortSignal,
      heard: (said: { line?: string; note?: string; end?: string }) => void,
    ): Promise<void>;
  }
}

interface ContextSwitch {
  // biome-ignore lint/suspicious/noExplicitAny: a template takes whatever can be written
  html(parts: TemplateStringsArray, ...values: any[]): CS.Markup;
  trusted(text: string): CS.Markup;
  clock(us: number): string;
  span(us: number): string;
  alike(one: string, other: string): boolean;
  without(all: string[], taken: string[]): string[];
  settings: { get(name: string): string | null; set(name: string, value: string): void };
  edits: { get(name: string): string | null; set(name: string, text: string | null): void };
  doing(stage: { find(selector: string): HTMLElement }, text: string): void;
  scrolls(box: HTMLElement): void;

  TITLES: Record<CS.Language, string>;
  ENDED: Set<string>;
  unfold(moments: CS.Moment[]): CS.At[];

  align(first: CS.At[], second: CS.At[]): (number | null)[][];
  layOut(sides: CS.At[][]): CS.Layout;

  // biome-ignore lint/suspicious/noExplicitAny: score.js and lanes.js alone look into it
  score(moments: CS.At[], at: number[], x: number[]): any;
  Y: {
    top(lane: number | null): number;
    height(lane: number | null): number;
    line(lane: number | null): number;
  };
  DENSE: number;
  drawLanes(
    element: HTMLElement,
    // biome-ignore lint/suspicious/noExplicitAny: see `score`
    score: any,
    width: number,
    words: { runtime: string; control: string },
  ): void;
  showMoment(
    element: HTMLElement,
    moment: CS.At,
    how: { at: number; k: number; width: number; glide: number; over: boolean },
  ): void;

  puzzle(sides: CS.Side[]): CS.Puzzle | null;
  judge(side: CS.Side, guess: CS.Guess): { moment: number; right: boolean; text: CS.Markup };
  neverPrinted(source: string, language: CS.Language, lines: string[]): string[];
  times(took: number, source: string, language: CS.Language, moments: CS.At[]): number[];
  ask(form: HTMLElement, name: string, puzzle: CS.Puzzle, done: (guess: CS.Guess | null | "always") => void): void;

  Side: new (code: Element, recording: CS.Recording, program: string) => CS.Side;
  Stage: new (
    root: HTMLElement,
    program: string,
    sides: CS.Side[],
    veiled: Element[],
    how?: { asks?: boolean; changed?: boolean },
  ) => CS.Stage;
  emptyStage(label: string): HTMLElement;

  served(): boolean;
  server: CS.Server;
  /** Who records a program in this language; null where nobody does. */
  recorder(language: CS.Language): CS.Recorder | null;
  addRun(stage: CS.Stage): void;
  addChange(stage: CS.Stage): void;
  addExercise(name: string, elements: Element[]): void;

  Editor: new (
    side: Pick<CS.Side, "program" | "language" | "title" | "source">,
    place: Element,
    edited: () => void,
  ) => CS.Editor;
  recordText(
    editor: CS.Editor,
    signal: AbortSignal,
    say: CS.Editor["say"],
    exercise?: string,
  ): Promise<CS.Recorded["recording"] | null>;
  showRecorded(
    place: HTMLElement,
    title: HTMLElement,
    program: string,
    recorded: (CS.Recorded["recording"] & { editor: CS.Editor })[],
    language: CS.Language,
  ): void;
  playground(source: string): string;

  /** Called by each file of recordings, see `crates/pages/src/store.rs`. */
  recording(
    program: string,
    language: CS.Language,
    first: number,
    recording: [CS.Header, ...unknown[]],
    moments: [CS.Play, ...CS.Moment[]],
  ): void;

  /** Defined in `head.hbs`. */
  // biome-ignore lint/suspicious/noExplicitAny: the library brings no types
  mermaid(): Promise<any>;
  drawDiagram(source: HTMLElement): Promise<void>;
}

declare var contextSwitch: ContextSwitch;
declare var hljs: { highlightBlock(code: Element): void } | undefined;
/** mdBook's: from the page to the book's root. */
declare const path_to_root: string;
