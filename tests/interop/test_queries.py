"""Every saved query gives the same rows in every engine, term by term."""

import http.server
import json
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pyoxigraph as ox
import pytest
from answers import NAMES, QUERIES, TRIPLES, Reference, check
from systems import Endpoint, node
from terms import graph_of, rows_of

from jsbio_kg.dumps import Content, export, format_of
from jsbio_kg.queries import SavedQuery


def answered(endpoint: Endpoint, query: SavedQuery) -> Counter[Any]:
    if query.name in TRIPLES:
        body = endpoint.ask(query.text, "application/n-triples, text/plain;q=0.5")
        return graph_of(ox.parse(body, ox.RdfFormat.N_TRIPLES))
    return rows_of(endpoint.select(query.text))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("engine", ["oxigraph", "virtuoso", "jena", "service"])
def test_an_engine_gives_the_rows_of_a_saved_query(
    engine: str, name: str, reference: Reference, request: pytest.FixtureRequest
) -> None:
    endpoint = request.getfixturevalue(engine)
    check(engine, name, reference, answered(endpoint, QUERIES[name]))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def files(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dumps, served: the default graph as Turtle, the named graphs as N-Quads."""
    folder = tmp_path_factory.mktemp("files")
    export(content.narrowed(["default"]), format_of("turtle"), folder / "default.ttl")
    export(content, format_of("nquads"), folder / "dataset.nq")
    handler = partial(Quiet, directory=str(folder))
    handler.func.extensions_map |= {".ttl": "text/turtle", ".nq": "application/n-quads"}  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def comunica(sources: list[Any]) -> dict[str, Counter[Any]]:
    """Ask everything at once: starting the engine takes longer than answering."""
    queries = json.dumps({name: QUERIES[name].text for name in NAMES})
    answers = json.loads(node("comunica.mjs", json.dumps(sources), text=queries))
    found: dict[str, Counter[Any]] = {}
    for name, text in answers.items():
        if text.startswith('{"error"'):
            found[name] = Counter([text])
        elif name in TRIPLES:
            found[name] = graph_of(ox.parse(text, ox.RdfFormat.N_TRIPLES))
        else:
            found[name] = rows_of(json.loads(text))
    return found


@pytest.fixture(scope="session")
def comunica_files(files: str) -> dict[str, Counter[Any]]:
    return comunica([f"{files}/default.ttl", f"{files}/dataset.nq"])


@pytest.mark.parametrize("name", NAMES)
def test_comunica_gives_the_rows_of_a_saved_query_on_the_dumps(
    name: str, reference: Reference, comunica_files: dict[str, Counter[Any]]
) -> None:
    check("comunica", name, reference, comunica_files[name])


@pytest.fixture(scope="session")
def comunica_endpoint(service: Endpoint) -> dict[str, Counter[Any]]:
    return comunica([{"type": "sparql", "value": service.address}])


@pytest.mark.parametrize("name", NAMES)
def test_comunica_gives_the_rows_of_a_saved_query_on_the_endpoint(
    name: str, reference: Reference, comunica_endpoint: dict[str, Counter[Any]]
) -> None:
    check("comunica-endpoint", name, reference, comunica_endpoint[name])
