// Bundles mermaid with sequence diagrams alone, and the licences of what went in.
//
// mermaid imports each kind of diagram when it first meets one. All kinds but
// one are left out here, with what only they need: layout engines and formulas.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "esbuild";

const OUT = "../../src/assets/mermaid-sequence";
const BANNER =
  "/* mermaid (MIT), sequence diagrams only. Made by theme/mermaid/build.js; licences: mermaid-sequence.licenses.txt */";

const sequenceOnly = {
  name: "sequence-only",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === "dynamic-import" && !path.includes("sequenceDiagram") ? { path, namespace: "left-out" } : undefined,
    );
    onLoad({ filter: /./, namespace: "left-out" }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is not in this bundle`)});`,
    }));
    // The shapes and edges of graphs: the core registers them, a sequence has none.
    onLoad({ filter: /mermaid.dist.chunks.*mjs$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (text.includes(COPY)) {
        copies += 1;
        return { contents: text.replace(COPY, ONE_COPY), resolveDir: dirname(path) };
      }
      if (!/^\/\/ src\/rendering-util\/rendering-elements\/(shapes|edges|clusters)/m.test(text)) return undefined;
      const lists = [...text.matchAll(/^export \{([^}]*)\}/gm)].map(([, list]) => list.split(","));
      const names = lists
        .flat()
        .map(name => name.trim().split(" as ").pop())
        .filter(Boolean);
      return { contents: names.map(name => `export const ${name} = undefined;`).join("\n") };
    });
  },
};

// mermaid copies its whole configuration, for all kinds of diagrams, each time it
// looks at it, which is several times a message. One copy does while it lasts.
const COPY = "return assignWithDepth_default({}, currentConfig);";
const ONE_COPY = `if (getConfig.of !== currentConfig) {
    getConfig.of = currentConfig;
    getConfig.copy = assignWithDepth_default({}, currentConfig);
  }
  return getConfig.copy;`;
let copies = 0;

const { metafile } = await build({
  stdin: { contents: `import mermaid from "mermaid"; globalThis.mermaid = mermaid;`, resolveDir: "." },
  outfile: `${OUT}.min.js`,
  plugins: [sequenceOnly],
  bundle: true,
  minify: true,
  metafile: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  banner: { js: BANNER },
});

if (copies !== 1) throw new Error(`mermaid's getConfig is not as it was: ${copies} places copy its configuration`);

const packages = new Set(
  Object.keys(metafile.inputs).flatMap(file => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []),
);
const notices = [...packages].sort().map(folder => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const files = readdirSync(folder).filter(file => /^licen[cs]e/i.test(file));
  const texts = files.map(file => readFileSync(`${folder}/${file}`, "utf8").trim());
  return [`${name} ${version} (${license ?? "see below"})`, ...texts].join("\n\n");
});
writeFileSync(`${OUT}.licenses.txt`, `${notices.join(`\n\n${"-".repeat(72)}\n\n`)}\n`);
