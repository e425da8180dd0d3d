#!/usr/bin/env bash
# One would think: mermaid takes case either seriously everywhere or nowhere.
# What happens: in a sequence diagram LOOP and END are keywords as loop and end
# are, so a participant may not be called End; the first word of the diagram has
# to be sequenceDiagram to the letter.
# mermaid 12.3.0 under jsdom 29.1.1 and Node 20, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm install --silent --no-audit --no-fund mermaid@12.3.0 jsdom@29.1.1 >/dev/null 2>&1
cat >parse.mjs <<'JS'
import { JSDOM } from "jsdom";
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");
for (const text of [
  "sequenceDiagram\nLOOP twice\nA->>B: x\nEND",
  "sequenceDiagram\nA->>Bend: x",
  "sequenceDiagram\nA->>End: x",
  "SequenceDiagram\nA->>B: x",
]) {
  const taken = await mermaid.parse(text, { suppressErrors: true });
  console.log(text.split("\n").slice(0, 2).join(" / "), taken ? "yes" : "no");
}
JS
seen=$(node parse.mjs 2>/dev/null)
expected='sequenceDiagram / LOOP twice yes
sequenceDiagram / A->>Bend: x yes
sequenceDiagram / A->>End: x no
SequenceDiagram / A->>B: x no'
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "mermaid 12.3.0: LOOP and End are keywords in any case, sequenceDiagram is not"
