// Answers queries with Comunica: `comunica.mjs ENGINE-SOURCES-JSON < QUERIES-JSON`, JSON out.
import { QueryEngine } from '@comunica/query-sparql';

const read = async (stream) => {
  let text = '';
  for await (const part of stream) text += part;
  return text;
};
const sources = JSON.parse(process.argv[2]);
const queries = JSON.parse(await read(process.stdin));
const engine = new QueryEngine();
const answers = {};
for (const [name, query] of Object.entries(queries)) {
  try {
    const result = await engine.query(query, { sources });
    const type = result.resultType === 'quads'
      ? 'application/n-triples' : 'application/sparql-results+json';
    const { data } = await engine.resultToString(result, type);
    answers[name] = await read(data);
  } catch (error) {
    answers[name] = JSON.stringify({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(answers));
