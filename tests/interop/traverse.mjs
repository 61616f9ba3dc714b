// Answers a query by following links: `traverse.mjs BASE SERVER SEED... < QUERY`, JSON out.
// What the public base names is fetched from the server; nothing else is fetched from anywhere.
import { QueryEngine } from '@comunica/query-sparql-link-traversal';

const [base, server, ...seeds] = process.argv.slice(2);
const fetched = [];
const httpProxyHandler = {
  async getProxy({ input, init }) {
    const url = typeof input === 'string' ? input : input.url;
    if (!url.startsWith(base)) throw new Error(`${url} is not one of the graph's`);
    fetched.push(url);
    return { input: server + url.slice(base.length), init };
  },
};
let query = '';
for await (const part of process.stdin) query += part;
const stream = await new QueryEngine().queryBindings(query, {
  sources: seeds,
  httpProxyHandler,
  lenient: true, // links to other people's vocabularies lead nowhere here
});
const rows = [];
for await (const row of stream) {
  rows.push(Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
}
process.stdout.write(JSON.stringify({ rows, fetched }), () => process.exit());
