// What a page can ask of the process that serves it: the lines of a running
// example, and the recording of a changed one. There is such a process only
// where the book is read through `cargo run`; it puts its token into the page.
(cs => {
  "use strict";

  /** @returns {string | undefined} */
  const token = () => document.querySelector("script[data-token]")?.getAttribute("data-token") ?? undefined;

  /** Whether programs can be run from this page. */
  const served = () => Boolean(token());

  async function ask(path, question, signal) {
    let response;
    try {
      response = await fetch(path, {
        method: "POST",
        signal,
        body: JSON.stringify(question),
        headers: { "content-type": "application/json", "x-context-switch-token": token() },
      });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Error("the book’s server does not answer: is `cargo run` still there?");
    }
    if (!response.ok) throw new Error((await response.text()) || `the server answers ${response.status}`);
    return response;
  }

  /** Hands each line of an answer to `heard`, as it comes. */
  async function each({ body }, heard) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) heard(JSON.parse(line));
    }
  }

  /** Runs an example; `heard` gets `{ line }`, `{ note }` or `{ end }` for each thing it says. */
  async function run(program, language, signal, heard) {
    await each(await ask("/-/run", { program, language }, signal), heard);
  }

  /** Records a listing, judged if it is to solve an `exercise`; gives `{ recording: { … } }` or `{ errors: { … } }`, see `change.rs`; `noted` gets, in words, what is compiled for it. */
  async function record(language, source, signal, noted, exercise) {
    let answer = null;
    await each(await ask("/-/record", { language, source, exercise }, signal), said => {
      if (said.note === undefined) answer = said;
      else noted(`Compiling ${said.note}. It takes a minute or so …`);
    });
    if (!answer) throw new Error("the book’s server broke off: is `cargo run` still there?");
    return answer;
  }

  const server = { run, record };
  /** Who records a program in this language; null where nobody does. */
  const recorder = () => (served() ? server : null);

  Object.assign(cs, { served, server, recorder });
})(globalThis.contextSwitch);
