"""A small release to serve in tests, and a real server on a free port of the loopback."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from jsbio_kg.release import MANIFEST, Manifest, ReleaseFile, ReleaseGraph
from jsbio_kg.vocabulary import BASE, PREFIXES

HERE = Path(__file__).parent / "served"
OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
GRAPH = BASE + "graph/"
ROLES = {
    "ontology": "OntologyGraph",
    "entities": "EntityGraph",
    "facts": "FactGraph",
    "facts-evidence": "EvidenceGraph",
    "queries": "CatalogueGraph",
}
NOT_BY_DEFAULT = ("CatalogueGraph", "EvidenceGraph")


def make_release(folder: Path, extra: str = "") -> Path:
    """Write the release of ``tests/served``, with more TriG if wanted."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "graphs").mkdir(parents=True)
    store = ox.Store()
    store.load(path=str(HERE / "dataset.trig"), format=ox.RdfFormat.TRIG)
    store.load(extra, ox.RdfFormat.TRIG)
    lines = sorted(store.dump(format=ox.RdfFormat.N_QUADS).splitlines(keepends=True))
    (folder / "dataset.nq").write_bytes(b"".join(lines))
    for name in ROLES:
        triples = store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH + name))
        ox.serialize(
            sorted((quad.triple for quad in triples), key=str),
            str(folder / f"graphs/{name}.ttl"),
            ox.RdfFormat.TURTLE,
        )
    shutil.copytree(HERE / "queries", folder / "queries")
    (folder / MANIFEST).write_text(_manifest(folder, store).to_json())
    return folder


def _manifest(folder: Path, store: ox.Store) -> Manifest:
    graphs = tuple(
        ReleaseGraph(
            GRAPH + name,
            role,
            f"graphs/{name}.ttl",
            len(list(store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH + name)))),
            {"en": name, "zh": name},
            role not in NOT_BY_DEFAULT,
        )
        for name, role in sorted(ROLES.items())
    )
    files = {
        str(path.relative_to(folder)): ReleaseFile(
            path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return Manifest(
        base=BASE,
        software_version="0.1.0",
        ontology_iri=BASE + "ontology",
        ontology_version="1.0.0",
        dataset_version=files["dataset.nq"].sha256,
        triples=len(store),
        graphs=graphs,
        default_graphs=tuple(graph.iri for graph in graphs if graph.default),
        prefixes=PREFIXES,
        checks=(),
        files=files,
    )


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(*arguments: str, port: int | None = None) -> Iterator[str]:
    """Run a real Oxigraph server and give its address, without the final slash."""
    port = port or free_port()
    command = [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@contextmanager
def serving(*arguments: str, ready: bool = True) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run ``jsbio-kg serve`` and give its address, without the final slash, and its process."""
    port = free_port()
    source = Path(__file__).parents[1] / "src"
    process = subprocess.Popen(
        [sys.executable, "-m", "jsbio_kg.cli", "serve", "--port", str(port), *arguments],
        env={**os.environ, "PYTHONPATH": str(source), "LC_ALL": "C"},
        stdout=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        if ready:
            wait_until_ready(address, process)
        yield address, process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError("the server was not ready in time")
