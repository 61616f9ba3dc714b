"""The service in front of a store of others: `serve --store` on Oxigraph, Virtuoso and Jena."""

import hashlib
import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import systems
from answers import NAMES, TRIPLES, Reference, check
from systems import Endpoint
from terms import graph_of, rows_of

from jsbio_kg.release import Release

#: A page of each kind; the same bytes as from the embedded store.
PAGES = (
    "/",
    "/page/park/biobay",
    "/page/sector/cell-therapy",
    "/page/passage/D1.67",
    "/page/graph/jiangsu-introduction",
    "/page/ontology/Park",
    "/queries/",
    "/queries/parks",
    "/queries/park-ranks",
    "/ontology",
    "/search?q=Suzhou",
    "/downloads/",
)
BASE = "https://w3id.org/jsbio/graph/"


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso", "jena"])
def behind(
    request: pytest.FixtureRequest, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The name of a store, and the address of the service in front of it."""
    store: Endpoint = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp("behind")
    with systems.service(release, folder, "--store", store.address, "--timeout", "30") as endpoint:
        yield request.param, endpoint.address.removesuffix("/sparql")


def get(address: str, accept: str = "", form: list[tuple[str, str]] | None = None) -> bytes:
    body = urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(address, body, {"Accept": accept} if accept else {})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return bytes(answer.read())


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_query_gives_its_rows_from_a_store_behind(
    name: str, behind: tuple[str, str], reference: Reference
) -> None:
    engine, address = behind
    if name in TRIPLES:
        body = get(f"{address}/queries/{name}.nt")
        found = graph_of(ox.parse(body, ox.RdfFormat.N_TRIPLES))
    else:
        found = rows_of(json.loads(get(f"{address}/queries/{name}.json")))
    check(engine, name, reference, found)


def plain(page: bytes) -> str:
    """Return a page without what tells when and where it was made."""
    return re.sub(r"127\.0\.0\.1:\d+|\b\d+ ms\b", "", page.decode())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same_from_a_store_behind(
    path: str, language: str, behind: tuple[str, str], service: Endpoint
) -> None:
    _, address = behind
    mark = "&" if "?" in path else "?"
    found, expected = (
        plain(get(f"{base}{path}{mark}lang={language}", "text/html"))
        for base in (address, service.address.removesuffix("/sparql"))
    )
    assert found == expected


def test_the_endpoint_passes_on_the_graphs_that_a_client_names(
    behind: tuple[str, str], release: Release
) -> None:
    engine, address = behind
    ontology = release.graph(f"{BASE}ontology")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def number(text: str, *fields: tuple[str, str]) -> int:
        accept = "application/sparql-results+json"
        answer = json.loads(get(f"{address}/sparql", accept, [("query", text), *fields]))
        return int(answer["results"]["bindings"][0]["n"]["value"])

    within = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{ontology.iri}> {{ ?s ?p ?o }} }}"
    assert number(within) == ontology.triples
    if engine != "jena":  # its endpoint here knows one dataset only
        assert number(count, ("default-graph-uri", ontology.iri)) == ontology.triples
        said = count.replace("{", f"FROM <{ontology.iri}> {{", 1)
        assert number(said) == ontology.triples


def test_downloads_and_readiness_are_those_of_the_release(
    behind: tuple[str, str], release: Release
) -> None:
    _, address = behind
    assert get(f"{address}/readyz") == b"ok\n"
    assert hashlib.sha256(get(f"{address}/downloads/dataset.nq")).hexdigest() == release.version
