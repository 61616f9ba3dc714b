"""A property graph from the CSV: the same counts and paths as by SPARQL."""

import csv
import io
import zipfile

import ladybug
import pytest
from systems import Endpoint

from jsbio_kg.release import Release

BASE = "https://w3id.org/jsbio/"


@pytest.fixture(scope="session")
def graph(release: Release, tmp_path_factory: pytest.TempPathFactory) -> ladybug.Connection:
    folder = tmp_path_factory.mktemp("ladybug")
    with zipfile.ZipFile(release.root / "dumps/jsbio.kuzu.zip") as archive:
        archive.extractall(folder)
    connection = ladybug.Connection(ladybug.Database(str(folder / "graph.db")))
    for line in (folder / "schema.cypher").read_text().splitlines():
        connection.execute(line.replace('FROM "', f'FROM "{folder}/'))
    return connection


def one(connection: ladybug.Connection, text: str) -> int:
    return int(connection.execute(text).get_next()[0])


def count(endpoint: Endpoint, pattern: str) -> int:
    text = f"PREFIX jsbio: <{BASE}ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    rows = endpoint.select(f"{text} SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(rows["results"]["bindings"][0]["n"]["value"])  # type: ignore[index]


def test_every_node_and_edge_arrives(graph: ladybug.Connection, release: Release) -> None:
    def rows(name: str) -> int:
        with zipfile.ZipFile(release.root / "dumps/jsbio.neo4j.zip") as archive:
            text = archive.read(name).decode()
        return len(list(csv.reader(io.StringIO(text, newline="")))) - 1

    assert one(graph, "MATCH (n) RETURN COUNT(*)") == rows("nodes.csv")
    assert one(graph, "MATCH ()-[r]->() RETURN COUNT(*)") == rows("edges.csv")


@pytest.mark.parametrize(
    "cypher, pattern",
    [
        ("(a)-[:locatedIn]->(b)", "?a jsbio:locatedIn ?b"),
        ("(a)-[:statedIn]->(p)", "?a jsbio:statedIn ?p"),
        ("(a)-[:place]->(b)-[:locatedIn]->(c)", "?a jsbio:place ?b . ?b jsbio:locatedIn ?c"),
        ("(a)-[:skos_broader]->(b)", "?a skos:broader ?b"),
    ],
)
def test_paths_are_as_many_as_by_sparql(
    cypher: str, pattern: str, graph: ladybug.Connection, jena: Endpoint
) -> None:
    found = one(graph, f"MATCH {cypher} RETURN COUNT(*)")
    assert found == count(jena, pattern) > 0


def test_labels_and_evidence_arrive_whole(graph: ladybug.Connection) -> None:
    row = graph.execute(
        f"MATCH (a:Thing {{iri: '{BASE}id/park/biobay'}}) RETURN a.label_en, a.label_zh, a.types"
    ).get_next()
    assert row[0] == "BioBAY" and row[1] and "Park" in row[2]
    text = "MATCH ()-[r]->() WHERE SIZE(r.evidence) > 0 RETURN r.evidence[1] LIMIT 1"
    assert graph.execute(text).get_next()[0].startswith(f"{BASE}id/evidence/")
