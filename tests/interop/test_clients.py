"""Common clients get the rows of a saved query from a store that was loaded."""

import hashlib
import io
import json
import urllib.request
from pathlib import Path

import pandas
import pyoxigraph
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from systems import Endpoint, node
from terms import rows_of

from jsbio_kg.queries import load_queries
from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent.parent
QUERY = load_queries(ROOT / "queries")["parks"].text


@pytest.fixture(scope="session")
def named(release: Release) -> str:
    """The query with the graphs it is asked of, as clients without the protocol's say it."""
    graphs = "".join(f"FROM <{iri}>\n" for iri in release.default_graphs)
    head, _, body = QUERY.partition("WHERE")
    return f"{head}\n{graphs}WHERE{body}"


def test_sparqlwrapper(oxigraph: Endpoint, named: str) -> None:
    client = SPARQLWrapper(oxigraph.address)
    client.setQuery(named)
    client.setReturnFormat(JSON)
    client.setMethod(POST)
    assert rows_of(client.queryAndConvert()) == rows_of(oxigraph.select(QUERY))


def test_rdflib_sparqlstore(oxigraph: Endpoint, named: str) -> None:
    graph = rdflib.Graph(SPARQLStore(oxigraph.address, method="POST"))
    found = {tuple(map(str, row)) for row in graph.query(named)}
    rows = oxigraph.select(QUERY)["results"]["bindings"]  # type: ignore[index]
    names = oxigraph.select(QUERY)["head"]["vars"]  # type: ignore[index]
    assert found == {
        tuple(row[name]["value"] if name in row else "None" for name in names) for row in rows
    }


def test_npm_sparql_http_client(oxigraph: Endpoint, named: str) -> None:
    rows = json.loads(node("clients.mjs", oxigraph.address, text=named))
    expected = oxigraph.select(QUERY)["results"]["bindings"]  # type: ignore[index]
    assert rows == [{name: term["value"] for name, term in row.items()} for row in expected]


def test_pandas_reads_the_answers_and_the_table_of_facts(
    oxigraph: Endpoint, release: Release
) -> None:
    answer = pandas.read_csv(io.BytesIO(oxigraph.ask(QUERY, "text/csv")))
    assert len(answer) == rows_of(oxigraph.select(QUERY)).total()
    facts = pandas.read_csv(release.root / "dumps/facts.csv", dtype=str, keep_default_na=False)
    stated = next(d.triples for d in release.manifest.dumps if d.format == "facts-csv")
    assert len(facts) == stated
    assert (facts["evidence"] != "").all()


def test_every_dump_is_downloaded_as_the_description_says(
    service: Endpoint, release: Release
) -> None:
    base = service.address.removesuffix("sparql") + "downloads/"
    store = pyoxigraph.Store()
    with urllib.request.urlopen(f"{base}dcat.ttl", timeout=60) as answer:
        store.load(answer.read(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=f"{base}dcat.ttl")
    rows = store.query(
        """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?url ?sum { ?d dcat:downloadURL ?url ; spdx:checksum/spdx:checksumValue ?sum }"""
    )
    stated = {row["url"].value: row["sum"].value for row in rows}
    assert len(stated) == len(release.manifest.dumps)
    for address, digest in stated.items():
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert hashlib.sha256(answer.read()).hexdigest() == digest, address
