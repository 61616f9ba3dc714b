"""Readiness: a store behind the service is asked whether it holds the release."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request

import pyoxigraph
from serving import free_port, oxigraph, serving, wait_until_ready

from jsbio_kg.loading import Target
from jsbio_kg.release import Release, ReleaseGraph
from jsbio_kg.service import Service, Site
from jsbio_kg.service.readiness import check_graphs
from jsbio_kg.store import EmbeddedStore


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_readiness_tells_whether_the_store_is_there_and_holds_the_release(served: Release) -> None:
    port = free_port()
    options = ("--release", str(served.root), "--store", f"http://127.0.0.1:{port}/query")
    with serving(*options, ready=False) as (address, _):
        until_alive(address)
        code, body = fetch(f"{address}/readyz")
        assert (code, "cannot be reached" in body) == (502, True)
        assert fetch(f"{address}/page/park/biobay")[0] == 502
        assert fetch(f"{address}/downloads/dataset.nq")[0] == 200
        with oxigraph(port=port) as base:
            target = Target(f"{base}/query", f"{base}/update", f"{base}/store")
            code, body = fetch(f"{address}/readyz")
            assert (
                code == 502 and "holds another dataset: 0 triples in" in json.loads(body)["detail"]
            )
            for graph in served.graphs:
                target.put(graph.iri, (served.root / graph.file).read_bytes())
            assert fetch(f"{address}/readyz") == (200, "ok\n")
            assert fetch(f"{address}/queries/parks.csv")[1].count("\n") == 3
            evidence = (
                "SELECT ?g { GRAPH ?g { ?r <https://w3id.org/jsbio/ontology#citesPassage> ?p } }"
            )
            asked = urllib.parse.urlencode({"query": evidence})
            assert "facts-evidence" in fetch(f"{address}/sparql?{asked}")[1]


def test_a_store_with_the_default_graph_of_the_release_is_not_told_the_graphs(
    served: Release,
) -> None:
    port = free_port()
    options = ("--release", str(served.root), "--store", f"http://127.0.0.1:{port}/query")
    with (
        oxigraph(port=port) as base,
        serving(*options, "--store-graphs", "own", ready=False) as (address, process),
    ):
        target = Target(f"{base}/query", f"{base}/update", f"{base}/store")
        for graph in served.graphs:
            target.put(graph.iri, (served.root / graph.file).read_bytes())
        until_alive(address)
        code, body = fetch(f"{address}/readyz")
        assert (code, "default graph of the store is another" in body) == (502, True)
        for graph in served.graphs:
            if graph.default:
                post(f"{base}/store?default", (served.root / graph.file).read_bytes())
        wait_until_ready(address, process)
        assert fetch(f"{address}/queries/parks.csv")[1].count("\n") == 3
        assert fetch(f"{address}/page/park/biobay")[0] == 200
        for graph in served.graphs:
            if not graph.default:
                post(f"{base}/store?default", (served.root / graph.file).read_bytes())
        code, body = fetch(f"{address}/readyz")
        assert (code, "default graph of the store is another" in body) == (502, True)


def test_more_graphs_than_a_page_has_rows_are_counted() -> None:
    graphs = [ReleaseGraph(f"urn:g{n}", "FactGraph", "", 1, {}, True) for n in range(1200)]
    store = pyoxigraph.Store()
    for graph in graphs:
        node = pyoxigraph.NamedNode(graph.iri)
        store.add(pyoxigraph.Quad(node, node, node, node))
    service = Service(EmbeddedStore(engine=store), Site("urn:x/", "1", 1200, tuple(graphs)))
    check_graphs(service.table, graphs)


def until_alive(address: str) -> None:
    for _ in range(200):
        if fetch_quietly(f"{address}/healthz"):
            return
        time.sleep(0.05)


def post(address: str, turtle: bytes) -> None:
    request = urllib.request.Request(address, turtle, {"Content-Type": "text/turtle"})
    urllib.request.urlopen(request, timeout=30).close()


def fetch_quietly(address: str) -> bool:
    try:
        return fetch(address)[0] == 200
    except OSError:
        return False
