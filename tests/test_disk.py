"""Workers that read the graph from disk: the same answers, the same limits, another fence."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from jsbio_kg.errors import DeadlineExceeded, JsbioError, StoreError
from jsbio_kg.release import Release
from jsbio_kg.service import Lanes, Plan, Service, Source, open_service
from jsbio_kg.service.fence import fence
from jsbio_kg.store import EmbeddedStore, Limits, Query, embedded
from jsbio_kg.store.disk import ensure_disk_store, estimate_memory, estimate_triples

PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
QUERIES = [
    "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "ASK { ?s <https://w3id.org/jsbio/ontology#rank> 5 }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
]


@pytest.fixture(scope="module")
def on_disk(served: Release) -> Iterator[Service]:
    """The service of the small release, read from disk."""
    limits = Limits(seconds=1.0, heap=256 << 20)
    service = open_service(
        Source(release=served.root, engine="disk", limits=limits, lanes=Lanes(fast=2, share=0.1))
    )
    yield service
    service.close()


@pytest.mark.parametrize("text", QUERIES)
def test_answers_are_those_of_the_store_in_memory(
    on_disk: Service, service: Service, text: str
) -> None:
    assert on_disk.answer(Query(text)).body == service.answer(Query(text)).body


def test_the_store_stands_beside_the_release_and_is_not_part_of_it(
    on_disk: Service, served: Release
) -> None:
    [folder] = (served.root.parent / "store").iterdir()
    assert folder.name.startswith(served.version[:16])
    Release.open(served.root)


def test_limits_hold_on_disk_too(on_disk: Service) -> None:
    with pytest.raises(DeadlineExceeded):
        on_disk.answer(Query(f"SELECT (COUNT(*) AS ?n) {PRODUCT}"))
    assert on_disk.answer(Query("ASK { ?s ?p 5 }")).body


def test_two_services_read_one_store(on_disk: Service, served: Release) -> None:
    other = open_service(Source(release=served.root, engine="disk"))
    try:
        assert other.answer(Query("ASK {}")).body
        assert on_disk.answer(Query("ASK { ?s ?p 6 }")).body
    finally:
        other.close()


def test_a_store_that_is_gone_is_built_again(served: Release, tmp_path: Path) -> None:
    folder = tmp_path / "store" / "x"
    files = [(str(served.dataset), "nquads", "")]
    ensure_disk_store(folder, files, served.default_graphs, False)
    store = EmbeddedStore.on_disk(folder)
    assert len(store) > 30
    assert [path.name for path in folder.parent.iterdir()] == ["x"]


def test_a_broken_file_leaves_no_half_store(tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text("<urn:a> <urn:b>")
    with pytest.raises(StoreError):
        ensure_disk_store(tmp_path / "x", [(str(tmp_path / "bad.nq"), "nquads", "")], (), False)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.nq"]


def test_memory_is_chosen_for_what_is_small(served: Release) -> None:
    triples = estimate_triples([(str(served.dataset), "nquads", "")])
    assert estimate_memory(triples, triples) < 1 << 20
    service = open_service(Source(release=served.root))
    try:
        assert isinstance(getattr(service.store, "plan", None), Plan)
        assert service.store.plan.disk == ""  # type: ignore[attr-defined]
    finally:
        service.close()


def behind_the_fence(folder: Path, texts: list[str]) -> list[str]:
    """Run queries as a worker on disk does, looking at no text; return what came of each."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            store = EmbeddedStore.on_disk(folder)
            embedded.screen = lambda *_: None  # type: ignore[attr-defined]
            said = [f"fence {fence(reads_files=True)}"]
            for text in texts:
                try:
                    store.answer(Query(text))
                    said.append("answered")
                except JsbioError as error:
                    said.append(type(error).__name__)
            for what in (lambda: os.open("/dev/null", os.O_WRONLY), socket.socket):
                try:
                    what()
                    said.append("opened")
                except OSError:
                    said.append("refused")
            os.write(write, "\n".join(said).encode())
        finally:
            os._exit(0)
    os.close(write)
    os.waitpid(pid, 0)
    said = os.read(read, 10_000).decode().split("\n")
    os.close(read)
    return said


def test_a_worker_on_disk_reads_its_store_and_reaches_nobody(
    served: Release, tmp_path: Path
) -> None:
    folder = tmp_path / "x"
    ensure_disk_store(folder, [(str(served.dataset), "nquads", "")], (), True)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        service = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        said = behind_the_fence(folder, [QUERIES[0], service])
        assert said == ["fence True", "answered", "StoreError", "refused", "refused"]
        with pytest.raises(TimeoutError):
            server.accept()
