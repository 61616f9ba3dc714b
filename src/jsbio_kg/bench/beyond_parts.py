"""Parts beyond one machine: a store that is elsewhere, and replicas behind a proxy."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from threading import Timer
from typing import Final

from ..vocabulary import BASE
from .asking import ask, fetch, under_load
from .asking_parts import LOAD_SECONDS, MIX, PAGES, PREFIXES
from .material import Material
from .peers import OXIGRAPH, serve_peer
from .processes import DEADLINE, Failed, Server, find_tool, free_port, serve, serving
from .rows import Row
from .trials import (
    BEHIND,
    NAMED,
    OF_A_PARK,
    OURS,
    RUNS,
    in_other_words,
    loaded,
    mixed,
    once,
    refused,
    some_saved,
)

__all__ = ["replicas", "store"]

#: Quads up to which every instance holds the graph in memory; larger ones read it from disk.
IN_MEMORY: Final = 2_000_000
#: Small queries are over so soon that three of them say little.
SMALL_RUNS: Final = 9
SMALL: Final = {
    "nothing": "ASK {}",
    "properties of a park": OF_A_PARK,
    "names beside a park": f"SELECT ?o ?l {{ <{BASE}id/park/biobay> ?p ?o . ?o rdfs:label ?l }}",
    "what points to a city": f"SELECT ?s ?p {{ ?s ?p <{BASE}id/city/suzhou> }} LIMIT 20",
    "evidence of a passage": "SELECT ?e { GRAPH ?g { ?e jsbio:citesPassage "
    f"<{BASE}id/passage/D1.67> }} }}",
}
#: One of the mix takes longer than anybody waits in a large graph, and goes on in a store after
#: that, beside what is asked next.
ANALYTIC: Final = {name: text for name, text in MIX.items() if name != "strong fields in plans"}
#: What is asked with the graphs named, which may take as long.
FEW: Final = dict(list(ANALYTIC.items())[:3])
#: The file of docs/scaling.md: its ports are those of two instances and of the proxy.
CONFIGURATION: Final = re.compile(r"```nginx\n(# replicas\.conf\n.*?)```", re.DOTALL)
PORTS: Final = ("8001", "8002", "8080")


def store(material: Material) -> Iterator[Row]:
    """Measure our service over its own graph, over a store elsewhere, and that store alone."""
    root = material.release.root
    with serve(root, *_engine(material)) as server:
        yield from _measured(material, OURS, server, ANALYTIC, PAGES)
    place = material.folder / "oxigraph-elsewhere"
    try:
        with serve_peer(OXIGRAPH, material.served, place, DEADLINE) as behind:
            yield from _measured(material, OXIGRAPH, behind, ANALYTIC, ())
            options = ("--store", behind.endpoint)
            with serve(root, *options, "--store-graphs", "own") as server:
                yield from _measured(material, BEHIND, server, ANALYTIC, PAGES)
            with serve(root, *options) as server:
                yield from _measured(material, NAMED, server, FEW, PAGES[:1])
    except Failed as error:
        yield refused("store", "ready", BEHIND, material, error)


def replicas(material: Material, seconds: float = LOAD_SECONDS) -> Iterator[Row]:
    """Measure one instance, two behind a proxy, and two of which one is killed."""
    texts = some_saved(material)
    numbers = count()

    def load(what: str, asked: Server, *held: Server) -> Iterator[Row]:
        met = under_load(asked.endpoint, mixed(texts, next(numbers)), seconds)
        memory = sum(server.memory() for server in held)
        yield from loaded(material, "replicas", OURS, what, met, memory)

    with _instance(material, texts) as first, _instance(material, texts) as second:
        for server in (first, second):
            server.rest()
        yield from load("one instance", first, first)
        try:
            with _proxy(material, first, second) as proxy:
                yield from load("two behind nginx", proxy, first, second, proxy)
                killing = Timer(seconds / 2, first.kill)
                killing.start()
                yield from load("two, one killed", proxy, second, proxy)
                killing.join()
        except Failed as error:
            yield refused("replicas", "two behind nginx", OURS, material, error)


def _engine(material: Material) -> tuple[str, str]:
    return ("--engine", "memory" if material.triples <= IN_MEMORY else "disk")


def _measured(
    material: Material, engine: str, server: Server, mix: Mapping[str, str], pages: Sequence[str]
) -> Iterator[Row]:
    memory = server.memory()
    yield Row("store", "ready", engine, material.triples, server.ready, memory=memory)
    server.rest()
    for kind, texts, runs in (("small", SMALL, SMALL_RUNS), ("analytic", mix, RUNS)):
        for name, text in texts.items():
            work = in_other_words(server, PREFIXES + text)
            yield once(material, "store", f"{kind}: {name}", engine, work, runs)
    for name in pages:
        work = _fetcher(f"{server.address}/page/{name}")
        yield once(material, "store", f"page, first: {name}", engine, work, 1)
        yield once(material, "store", f"page, again: {name}", engine, work, RUNS)


def _fetcher(address: str) -> Callable[[], float]:
    return lambda: fetch(address)


@contextmanager
def _instance(material: Material, texts: Sequence[str]) -> Iterator[Server]:
    """Run an instance that has been asked each saved query already."""
    with serve(material.release.root, *_engine(material)) as server:
        for text in texts:
            with suppress(Failed):  # what is too slow is met again in the load, and counted there
                ask(server.endpoint, text)
        yield server


@contextmanager
def _proxy(material: Material, *instances: Server) -> Iterator[Server]:
    """Run nginx before two instances with the file of docs/scaling.md, but for the ports.

    :raises Failed: when nginx or the file is missing.
    """
    program = find_tool("nginx")
    docs = material.root / "docs" / "scaling.md"
    found = CONFIGURATION.search(docs.read_text("utf-8") if docs.is_file() else "")
    if found is None:
        raise Failed("docs/scaling.md with replicas.conf is not here")
    text, port = found[1], str(free_port())
    ports = (*(server.address.rpartition(":")[2] for server in instances), port)
    for there, here in zip(PORTS, ports, strict=True):
        text = text.replace(f":{there}", f":{here}")
    folder = material.folder / "proxy"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "replicas.conf").write_text(text, "utf-8")
    command = [program, "-p", str(folder), "-c", "replicas.conf", "-g", "daemon off;"]
    address = f"http://127.0.0.1:{port}"
    with serving(command, address, f"{address}/sparql", f"{address}/readyz") as server:
        yield server
