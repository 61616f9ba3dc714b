// Bundles the editor into the Python package, with the licences of what is in it.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.resolve(here, process.argv[2] ?? "../src/jsbio_kg/web/static/editor");
const mostBytes = 160_000; // gzipped; the page's promise

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.js"],
  outfile: path.join(output, "editor.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const folders = new Set(
  Object.keys(metafile.inputs)
    .map((name) => name.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0])
    .filter(Boolean),
);
let licences = "";
for (const folder of [...folders].sort()) {
  const { name, version, license } = JSON.parse(await readFile(path.join(here, folder, "package.json")));
  const file = (await readdir(path.join(here, folder))).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? await readFile(path.join(here, folder, file), "utf8") : "";
  licences += `${name} ${version} (${license})\n\n${text.trim()}\n\n${"-".repeat(72)}\n\n`;
}
await writeFile(path.join(output, "licenses.txt"), licences);

const bytes = gzipSync(await readFile(path.join(output, "editor.js"))).length;
console.log(`editor.js: ${bytes} bytes gzipped`);
if (bytes > mostBytes) {
  console.error(`editor.js: it is larger than ${mostBytes} bytes gzipped. Import less.`);
  process.exit(1);
}
