// Canonical hashes by other people's parsers: `parse.mjs < [{file, syntax}]`, {file: hash} out.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import jsonld from 'jsonld';
import n3 from 'n3';
import canonize from 'rdf-canonize';

const { Parser, Writer } = n3;
const noNetwork = (url) => { throw new Error(`asked for ${url}`); };

const nquads = async (text, syntax) => {
  if (syntax === 'jsonld') {
    return jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads', documentLoader: noNetwork });
  }
  const quads = new Parser({ format: syntax }).parse(text);
  const writer = new Writer({ format: 'N-Quads' });
  writer.addQuads(quads);
  return new Promise((resolve, reject) => writer.end((e, result) => (e ? reject(e) : resolve(result))));
};

let text = '';
for await (const part of process.stdin) text += part;
const hashes = {};
for (const { file, syntax } of JSON.parse(text)) {
  const raw = readFileSync(file);
  const content = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8');
  const dataset = canonize.NQuads.parse(await nquads(content, syntax));
  const canonical = await canonize.canonize(dataset, { algorithm: 'RDFC-1.0', maxWorkFactor: Infinity });
  const lines = canonical.split('\n').filter(Boolean).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  hashes[file] = createHash('sha256').update(lines.map((line) => `${line}\n`).join('')).digest('hex');
}
process.stdout.write(JSON.stringify(hashes));
