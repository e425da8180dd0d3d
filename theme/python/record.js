// Records a program in a Python that has just been started, for the worker of a page
// and for a test.

/** Seconds that a program may take. */
export const MOST = 10;

/** What Python needs to be as on a machine that records. */
export const ENVIRONMENT = { PYTHONHASHSEED: "0", TZ: "UTC", HOME: "/" };

const PARTIAL = "A page has a part of Python’s own library, and no other packages.\n";

/**
 * @typedef {object} Told what `begin.py` tells, and what the program said besides
 * @property {string} said
 * @property {boolean} [missing] whether it asked for a module that a page does not have
 * @property {string} [refused]
 * @property {number | null} [line]
 */

/**
 * Runs `source` and hands to `ended`, once, what came of it: before the program's own
 * way out, which may be long. `files` are the recorder's, by path, and `begin` the text
 * of `begin.py`.
 *
 * @param {(told: Told) => void} ended
 */
export function record(pyodide, files, begin, source, ended) {
  for (const [name, text] of Object.entries(files)) {
    const path = `/recorder/${name}`;
    pyodide.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    pyodide.FS.writeFile(path, text);
  }
  let said = "";
  const hear = { batched: line => (said += `${line}\n`) };
  pyodide.setStdout(hear);
  pyodide.setStderr(hear);
  pyodide.runPython(begin);
  let over = false;
  try {
    pyodide.globals.get("record")(source, MOST, json => {
      if (over) return;
      over = true;
      const { missing, ...told } = JSON.parse(json);
      if (missing) said += PARTIAL;
      ended({ ...told, said, source, most: MOST });
    });
  } catch (error) {
    if (!over) throw error;
  }
}
