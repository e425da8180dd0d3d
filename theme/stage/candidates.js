// What a reader can guess among: the lines that a program prints, those that
// its source could print and never does, and the times it could take.
(cs => {
  "use strict";

  /** More lines than this are not a puzzle but a chore. */
  const MOST_LINES = 9;
  const MOST_TIMES = 5;

  const SYNTAX = {
    rust: {
      print: /\be?println!\(\s*"((?:[^"\\]|\\.)*)"/g,
      hole: /\{[^{}]*\}/,
      aside: /^\s*(#\[|\/\/|use )|\b(expect|panic!|assert)/,
      seconds: [/from_secs(?:_f(?:32|64))?\((\d+(?:\.\d+)?)\)/g, 1],
      millis: [/from_millis\((\d+)\)/g, 1e-3],
    },
    python: {
      print: /\bprint\(\s*(?:f?"((?:[^"\\]|\\.)*)"|[a-z_]\w*\s*\))/g,
      hole: /\{[^{}]*\}/,
      aside: /^\s*(#|import |from |raise |assert )/,
      seconds: [/\bsleep\((\d+(?:\.\d+)?)\)/g, 1],
    },
  };

  /** The literals that the source prints as they stand, and whether it prints some argument alone. */
  function printed(source, { print, hole }) {
    const literals = [];
    let argument = false;
    for (const [, text] of source.matchAll(print)) {
      if (text === undefined || /^\{[^{}]*\}$/.test(text)) argument = true;
      else if (!hole.test(text)) literals.push(text);
    }
    return { literals, argument };
  }

  /** The string literals outside prints, attributes and messages: what an argument may be. */
  function handedOver(source, { print, aside }) {
    const rest = source
      .split("\n")
      .filter(line => !aside.test(line))
      .join("\n")
      .replace(print, "");
    return [...rest.matchAll(/"([^"\\\n{}]{1,24})"/g)].map(([, text]) => text);
  }

  /**
   * The lines that `source` could print and `lines` does not have: literals of
   * its print calls, and where it prints an argument as it is, the literals
   * handed over, if one of them was printed.
   */
  function neverPrinted(source, language, lines) {
    const syntax = SYNTAX[language],
      { literals, argument } = printed(source, syntax);
    const arguments_ = argument ? handedOver(source, syntax) : [];
    const likely = arguments_.some(text => lines.includes(text)) ? arguments_ : [];
    return [...new Set([...literals, ...likely])].filter(text => !lines.includes(text));
  }

  /** The durations that the source names, in µs. */
  function durations(source, language) {
    const { seconds, millis } = SYNTAX[language];
    return [seconds, millis]
      .filter(Boolean)
      .flatMap(([pattern, unit]) => [...source.matchAll(pattern)].map(([, number]) => Math.round(number * unit * 1e6)));
  }

  /**
   * Times to choose from, in µs and in order: the true one among those that
   * come of waiting for one sleep, for all of them in turn, or for none.
   */
  function times(took, source, language, moments) {
    const waited = moments.filter(m => m.kind === "timer" || m.kind === "block").map(m => m.us);
    const named = [...new Set([...durations(source, language), ...waited])].sort((a, b) => a - b);
    if (!named.length) return [];
    const sum = all => all.reduce((a, b) => a + b, 0);
    const likely = [named.at(-1), sum(waited), sum(named), named[0], named.at(-1) + named[0], 0, ...named];
    const chosen = new Set([took]);
    for (const us of likely) if (chosen.size < MOST_TIMES - 1) chosen.add(us);
    return [...chosen].sort((a, b) => a - b);
  }

  /**
   * The puzzle of a stage: `{ lines, times }`, or null where there is none,
   * because the run is one of many, or because it prints too much or nothing.
   */
  function puzzle(sides) {
    if (sides.some(side => side.head.class !== "exact" || side.lines.length > MOST_LINES)) return null;
    const lines = [];
    for (const side of sides) {
      lines.push(...cs.without(side.lines, lines));
      lines.push(...neverPrinted(side.source, side.language, [...side.lines, ...lines]));
    }
    if (lines.length < 2 || lines.length > MOST_LINES) return null;
    const [{ took, source, language, moments }] = sides;
    const choices = new Set([...times(took, source, language, moments), ...sides.map(side => side.took)]);
    return {
      lines: lines.sort((a, b) => a.localeCompare(b)),
      times: choices.size > 1 ? [...choices].sort((a, b) => a - b) : [],
    };
  }

  /**
   * Where a guess departs from what happened, and why: `{ moment, text }`, the
   * moment being the poll, the cancellation or the end that decided it.
   *
   * `guess` is `{ lines, time }`, `time` in µs or null where none was picked.
   */
  function judge(side, guess) {
    const { moments, lines, took } = side,
      { html, span } = cs;
    const quote = text => html`<q>${text}</q>`;
    const mistakes =
      lines.filter((line, i) => guess.lines[i] === undefined || !cs.alike(line, guess.lines[i])).length +
      Math.max(0, guess.lines.length - lines.length) +
      (guess.time !== null && guess.time !== took ? 1 : 0);
    const others = mistakes > 1 ? " The rest of your guess stands beside the output." : "";
    const last = (kind, before = moments.length) =>
      Math.max(
        0,
        moments.slice(0, before).findLastIndex(m => m.kind === kind),
      );
    const wrong = lines.findIndex((line, i) => guess.lines[i] === undefined || !cs.alike(line, guess.lines[i]));
    if (wrong >= 0) {
      const place = wrong === 0 ? "The first line is" : html`After ${quote(lines[wrong - 1])} comes`;
      const said = guess.lines[wrong];
      const instead = said === undefined ? "." : html`, not ${quote(said)}.`;
      const decided = last("poll", moments.indexOf(side.prints[wrong]));
      return {
        moment: decided,
        right: false,
        text: html`<strong>${place} ${quote(lines[wrong])}${instead}</strong> This is where it was decided.${others}`,
      };
    }
    if (guess.lines.length > lines.length) {
      const never = guess.lines[lines.length];
      const decided = moments.some(m => m.kind === "cancel") ? last("cancel") : moments.length - 1;
      return {
        moment: decided,
        right: false,
        text: html`<strong>${quote(never)} is never printed.</strong> This is why.${others}`,
      };
    }
    if (guess.time !== null && guess.time !== took) {
      const decided = last("end");
      return {
        moment: decided,
        right: false,
        text: html`<strong>The lines are right, but it takes ${span(took)}, not ${span(guess.time)}.</strong> It ends here.`,
      };
    }
    const all = guess.time === null ? "Right." : "Right, and so is the time.";
    return { moment: 0, right: true, text: html`<strong>${all}</strong> Step through it to see why.` };
  }

  Object.assign(cs, { puzzle, judge, neverPrinted, times });
})(globalThis.contextSwitch);
