// One row of columns for both languages: the same event stands at the same
// place in both, so that switching keeps the place and side by side only the
// difference moves.
(cs => {
  "use strict";

  /** Beyond this many pairs of moments the exact alignment would keep a page busy. */
  const MOST_PAIRS = 4_000_000;

  /** What makes two moments of two recordings the same event. */
  const identity = moment => {
    const { kind, task, us, text, branch } = moment;
    return [kind, task, text ?? branch ?? us ?? ""].join("\0");
  };

  /**
   * Aligns two lists of moments by their longest common subsequence.
   *
   * Gives columns `[i, j]`: the moment of the first and of the second that
   * stand there, `null` where only the other one moves. With `a b c` and
   * `a c d` these are `[0,0] [1,null] [2,1] [null,2]`.
   */
  function align(first, second) {
    if (first.length * second.length > MOST_PAIRS) {
      return Array.from({ length: Math.max(first.length, second.length) }, (_, k) => [
        k < first.length ? k : null,
        k < second.length ? k : null,
      ]);
    }
    const a = first.map(identity),
      b = second.map(identity);
    // common[i][j]: how much a[i..] and b[j..] have in common.
    const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    const columns = [];
    let i = 0,
      j = 0;
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) columns.push([i++, j++]);
      else if (j === b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) columns.push([i++, null]);
      else columns.push([null, j++]);
    }
    return columns;
  }

  /** The shortest and the longest wait are this many columns wide. */
  const SHORTEST_WAIT = 3.5,
    LONGEST_WAIT = 6;

  /**
   * The columns of a stage and where they stand.
   *
   * `sides` are lists of moments, one a language. Gives `columns` as `align`
   * does, `wait[k]` the µs that pass in column k (0 for most), and `x`, the left
   * edge of each column in units of a plain one, with the right edge of the last.
   * Time is not to scale with events: each is one wide, a wait in proportion to
   * the shortest wait as far as the limits allow.
   */
  function layOut(sides) {
    const columns = sides.length > 1 ? align(...sides) : sides[0].map((_, i) => [i]);
    const passes = m => (m && (m.kind === "idle" || m.kind === "busy" || m.kind === "block") ? m.us : 0);
    const wait = columns.map(column => Math.max(...column.map((i, side) => (i === null ? 0 : passes(sides[side][i])))));
    const shortest = Math.min(...wait.filter(us => us > 0));
    const x = [0];
    for (const us of wait) {
      const width = us > 0 ? Math.min((SHORTEST_WAIT * us) / shortest, LONGEST_WAIT) : 1;
      x.push(x.at(-1) + width);
    }
    x.push(x.pop() + 0.5);
    return { columns, wait, x };
  }

  Object.assign(cs, { align, layOut });
})(globalThis.contextSwitch);
