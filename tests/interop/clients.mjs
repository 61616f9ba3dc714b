// Rows by npm's sparql-http-client: `clients.mjs ENDPOINT < QUERY`, JSON out.
import SparqlClient from 'sparql-http-client';

let query = '';
for await (const part of process.stdin) query += part;
const client = new SparqlClient({ endpointUrl: process.argv[2] });
const rows = [];
for await (const row of client.query.select(query)) {
  rows.push(Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));
}
process.stdout.write(JSON.stringify(rows));
