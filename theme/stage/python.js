// Python in the page: on a site without a server a changed script is recorded by
// CPython compiled to WebAssembly, in a worker. This script is only there where the
// site has that (`crates/book/src/in_page.rs`), and loads it when somebody records.
(cs => {
  "use strict";

  /** How long to wait for a program beyond the time that it stops itself at, in ms. */
  const LONGEST = 13_000;

  const place = name => new URL(`${path_to_root}python/${name}`, document.baseURI);
  const megabytes = bytes => (bytes / 1e6).toFixed(1);

  async function get(name, signal) {
    let response = null;
    try {
      response = await fetch(place(name), { signal });
    } catch (error) {
      if (error.name === "AbortError") throw error;
    }
    if (!response?.ok) throw new Error("Python could not be loaded: are you online?");
    return response;
  }

  /** What is in a file; a host that says how it is compressed has it unpacked already. */
  async function unpacked(chunks) {
    const packed = new Blob(chunks);
    const [first, second] = new Uint8Array(await packed.slice(0, 2).arrayBuffer());
    if (first !== 0x1f || second !== 0x8b) return packed.arrayBuffer();
    return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }

  /** All files, by name; `noted` is told how much of them has come. */
  async function load(signal, noted) {
    /** @type {Record<string, number>} */
    const sizes = await (await get("files.json", signal)).json();
    const total = Object.values(sizes).reduce((a, b) => a + b, 0);
    let come = 0,
      said = -1;
    const count = bytes => {
      come = Math.min(total, come + bytes);
      const tenth = Math.floor((10 * come) / total);
      if (tenth === said) return;
      said = tenth;
      noted(`Loading Python, ${megabytes(total)} MB: once, for the first recording. ${tenth * 10} % …`);
    };
    count(0);
    const files = await Promise.all(
      Object.keys(sizes).map(async name => {
        const reader = (await get(`${name}.gz`, signal)).body.getReader();
        const chunks = [];
        for (;;) {
          const { value, done } = await reader.read();
          if (done) return [name, await unpacked(chunks)];
          chunks.push(value);
          count(value.length);
        }
      }),
    );
    return Object.fromEntries(files);
  }

  /** @type {Record<string, ArrayBuffer> | null} */
  let files = null;

  /** As the server's, see `server.js`; what a page cannot do is `refused`, in a sentence. */
  async function record(_language, source, signal, noted, exercise) {
    files ??= await load(signal, noted);
    noted("Starting Python …");
    const worker = new Worker(place("worker.js"), { type: "module" });
    let timer = 0;
    try {
      return await new Promise((resolve, reject) => {
        const stopped = () => reject(new DOMException("stopped", "AbortError"));
        signal.addEventListener("abort", stopped);
        if (signal.aborted) stopped();
        worker.onerror = () => reject(new Error("Python did not start: this browser may be too old for it."));
        worker.onmessage = ({ data: { started, answer, failed } }) => {
          if (failed) reject(new Error(`Python failed: ${failed}`));
          if (answer) resolve(answer);
          if (!started) return;
          noted("Recording …");
          timer = setTimeout(() => {
            reject(new Error("It was stopped after 10 s: one call did not end, and what was before it is lost."));
          }, LONGEST);
        };
        worker.postMessage({ files, source, exercise });
      });
    } finally {
      clearTimeout(timer);
      worker.terminate();
    }
  }

  const server = cs.recorder;
  // A file that is opened by itself has no worker and no neighbours.
  const here = location.protocol.startsWith("http");
  cs.recorder = language => server(language) ?? (language === "python" && here ? { record } : null);
})(globalThis.contextSwitch);
