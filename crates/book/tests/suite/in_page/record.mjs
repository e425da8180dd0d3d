// Records a script in the Python of the pages, with the scripts of the pages:
// `node record.mjs ROOT SCRIPT` prints the recording.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , root, script] = process.argv;
const text = name => fs.readFileSync(name, "utf8");
const { loadPyodide } = await import(pathToFileURL(path.join(root, "target/tools/pyodide/package/pyodide.mjs")).href);
// By its name node would take it for no module.
const recorder = encodeURIComponent(text(path.join(root, "theme/python/record.js")));
const { ENVIRONMENT, record } = await import(`data:text/javascript,${recorder}`);

const own = path.join(root, "crates/recorder/python");
const names = fs.readdirSync(path.join(own, "context_switch")).filter(name => name.endsWith(".py"));
const files = Object.fromEntries(names.map(name => [`context_switch/${name}`, text(path.join(own, "context_switch", name))]));
const pyodide = await loadPyodide({ env: ENVIRONMENT, jsglobals: {} });
const source = text(path.join(root, script));
record(pyodide, files, text(path.join(root, "theme/python/begin.py")), source, ({ header, events, said }) => {
  process.stderr.write(said);
  for (const line of [header, ...events]) process.stdout.write(`${JSON.stringify(line)}\n`);
});
