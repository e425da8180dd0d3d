// Runs one program in Python and says what came of it: a worker, so that the page
// lives on and can end it. It gets all files with its first message and asks nobody
// for anything.
import { ENVIRONMENT, record } from "./record.js";

/** What a page shows of a run, see `crates/in-page`. */
function shown(wasm, told) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  const { memory, room, show, place } =
    /** @type {{ memory: WebAssembly.Memory } & Record<"room" | "show" | "place", (bytes?: number) => number>} */ (
      /** @type {unknown} */ (exports)
    );
  const bytes = new TextEncoder().encode(JSON.stringify(told));
  // Where the buffer is before the memory is looked at: it may grow.
  const at = room(bytes.length);
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
  const length = show();
  return JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, place(), length)));
}

async function start(files) {
  const text = name => new TextDecoder().decode(files[name]);
  const script = async name => {
    const url = URL.createObjectURL(new Blob([files[name]], { type: "text/javascript" }));
    try {
      return await import(url);
    } finally {
      URL.revokeObjectURL(url);
    }
  };
  const { loadPyodide } = await script("pyodide.mjs");
  const { default: createPyodideModule } = await script("pyodide.asm.mjs");
  self.fetch = async address => {
    const name = (address instanceof Request ? address.url : String(address)).replace(/.*\//, "");
    if (!files[name]) throw new Error("in a page Python has no net");
    return new Response(files[name], {
      headers: { "content-type": name.endsWith(".wasm") ? "application/wasm" : "application/zip" },
    });
  };
  return loadPyodide({
    indexURL: "https://in.page.invalid/",
    createPyodideModule,
    lockFileContents: JSON.parse(text("lock.json")),
    env: ENVIRONMENT,
    // What a program finds as `js`: nothing of the page.
    jsglobals: {},
  });
}

self.onmessage = async ({ data: { files, source, exercise } }) => {
  try {
    const pyodide = await start(files);
    self.postMessage({ started: true });
    const text = name => new TextDecoder().decode(files[name]);
    record(pyodide, JSON.parse(text("recorder.json")), text("begin.py"), source, told => {
      const asked = exercise && JSON.parse(text("exercises.json"))[exercise];
      const answer = told.refused ? told : shown(files["in_page.wasm"], { ...told, exercise: asked });
      self.postMessage({ answer });
    });
  } catch (error) {
    self.postMessage({ failed: String(error?.message ?? error) });
  }
};
