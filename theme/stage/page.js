// Finds the programs of a page and puts their stages in place.
//
// A chapter is complete without this: `record` writes each listing and output
// between two comments, which mdBook keeps, `<!-- recorded: v5 listing -->`
// and `<!-- /recorded -->`. Where both the listing and its recording can be
// had, the stage takes the listing's place, and what it shows itself is taken
// out of the page. `recordings/NAME.LANGUAGE.js` is loaded by script tag, which
// works from a server and from a folder alike.
(cs => {
  "use strict";

  const LISTINGS = { listing: "rust", "python-listing": "python" };
  /** Views that the stage shows better, and of which language they are. */
  const SHOWN = { ...LISTINGS, output: "rust", "python-output": "python" };

  /** Called by each file of recordings; see `store.rs`. */
  const loaded = new Map();
  cs.recording = (program, language, _first, [head], [play, ...moments]) =>
    loaded.set(`${program}.${language}`, { head, play, moments });

  /** A recording, or null where it cannot be had. */
  function load(program, language) {
    return new Promise(resolve => {
      const name = `${program}.${language}`,
        script = document.createElement("script");
      script.src = `${path_to_root}recordings/${encodeURIComponent(name)}.js`;
      script.onload = () => resolve(loaded.get(name) ?? null);
      script.onerror = () => resolve(null);
      document.head.append(script);
    });
  }

  /** What stands between two comments of a kind, in order: `{ words, start, elements }`. */
  function marked(main, kind) {
    const found = [];
    const comments = document.createTreeWalker(main, NodeFilter.SHOW_COMMENT);
    for (let at; (at = comments.nextNode()); ) {
      const comment = /** @type {Comment} */ (at);
      const [word, ...words] = comment.data.trim().split(/\s+/);
      if (word !== `${kind}:`) continue;
      const elements = [];
      for (
        let node = comment.nextSibling;
        node && !(node.nodeType === Node.COMMENT_NODE && node.nodeValue.trim() === `/${kind}`);
        node = node.nextSibling
      ) {
        if (node instanceof Element) elements.push(node);
      }
      found.push({ words, start: comment, elements });
    }
    return found;
  }

  /** The recorded regions of the page in order: `{ program, view, asks, start, elements }`. */
  function regions(main) {
    return marked(main, "recorded")
      .filter(({ words }) => words.length > 1)
      .map(({ words: [program, view, asks], ...region }) => ({ program, view, asks: asks === "asks", ...region }));
  }

  /** Whether the stage shows this instead of the page. An output that a paragraph leads up to stays with its words. */
  const onStage = ({ view, start }) =>
    view in SHOWN && (view in LISTINGS || start.previousElementSibling?.tagName !== "P");

  /** Takes out of the page what the stage shows, and a `details` that then has nothing left. */
  function takeOut(region) {
    for (const element of region.elements) element.classList.add("on-stage");
    const details = region.start.parentElement?.closest("details");
    if (!details) return;
    const left = [...details.children].some(
      child => child.tagName !== "SUMMARY" && !child.classList.contains("on-stage"),
    );
    details.classList.toggle("on-stage", !left);
  }

  /**
   * What follows the listing up to the next heading and is recorded: it tells the
   * answer. The paragraph in front of it, which leads up to it, goes with it.
   */
  function answers(place, own) {
    const told = new Set(own.filter(region => !onStage(region)).flatMap(region => region.elements));
    const veiled = [];
    for (let next = place.nextElementSibling; next && !/^H[1-6]$/.test(next.tagName); next = next.nextElementSibling) {
      if (!told.has(next)) continue;
      const before = next.previousElementSibling;
      if (before.tagName === "P") veiled.push(before);
      veiled.push(next);
    }
    return veiled;
  }

  /** Puts a program's stage in place, and gives it; none where the page stays as it is. */
  async function setUp(program, own) {
    const listings = own.filter(region => region.view in LISTINGS);
    // A program that is only listed is timed, not recorded.
    if (listings.length === own.length) return;
    const sides = (
      await Promise.all(
        listings.map(async region => {
          const code = region.elements.map(element => element.querySelector("code")).find(Boolean);
          const recording = code && (await load(program, LISTINGS[region.view]));
          return recording && new cs.Side(code, recording, program);
        }),
      )
    ).filter(Boolean);
    // The place is the first listing's: without its recording the page stays as it is.
    if (!sides.length || sides[0].language !== LISTINGS[listings[0].view]) return;
    const root = cs.emptyStage(`${program}, step by step`);
    const { asks } = listings[0];
    listings[0].elements[0].before(root);
    for (const region of own) {
      if (!onStage(region)) continue;
      if (sides.some(side => side.language === SHOWN[region.view])) takeOut(region);
    }
    const stage = new cs.Stage(root, program, sides, asks ? answers(root, own) : [], { asks });
    cs.addRun(stage);
    cs.addChange(stage);
    stage.start();
    return stage;
  }

  /** When there is nothing else to do: the drawing of the diagrams goes first. */
  const idle = () =>
    new Promise(resolve => (globalThis.requestIdleCallback ? requestIdleCallback(resolve) : setTimeout(resolve, 200)));

  /** When `element` is in the window, or less than another window away. */
  const near = element =>
    new Promise(resolve => {
      const observer = new IntersectionObserver(
        seen => {
          if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
          observer.disconnect();
          resolve();
        },
        { rootMargin: "100% 0px" },
      );
      observer.observe(element);
    });

  async function begin() {
    // The page that has all chapters is for paper.
    if (location.pathname.endsWith("print.html")) return;
    const main = document.querySelector(".content main");
    if (!main) return;
    for (const { words, elements } of marked(main, "exercise")) cs.addExercise(words[0], elements);
    const programs = new Map();
    for (const region of regions(main)) {
      if (!programs.has(region.program)) programs.set(region.program, []);
      programs.get(region.program).push(region);
    }
    const named = programs.has(location.hash.slice(1).split(".")[0]);
    let turn = Promise.resolve();
    const all = [...programs].map(async ([program, own]) => {
      const listing = own.find(({ view }) => view in LISTINGS)?.elements[0];
      if (!listing) return;
      turn = turn.then(idle);
      // Who follows a link to a step waits for it, and all stages above move it.
      if (!named) await Promise.race([turn, near(listing)]);
      return setUp(program, own);
    });
    const stages = await Promise.all(all);
    // The stages above it have moved the one that the address names.
    stages.find(stage => stage?.followed)?.root.scrollIntoView();
  }

  const start = () =>
    begin().then(() => {
      document.documentElement.dataset.stages = "built";
    });
  // The server's script stands below this one.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})(globalThis.contextSwitch);
