"""A release arrives in a real store, is taken up again after a failure, and is compared."""

import base64
import http.client
import http.server
import json
import os
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from serving import OXIGRAPH, free_port, oxigraph

from jsbio_kg.cli import main
from jsbio_kg.dumps import Content
from jsbio_kg.errors import StoreError
from jsbio_kg.loading import Credentials, Target, Transfer, compare, load_graphs, load_updates
from jsbio_kg.release import Release


@pytest.fixture
def store() -> Iterator[str]:
    with oxigraph() as address:
        yield address


@pytest.fixture(scope="module")
def content(release: Release) -> Content:
    whole = Content.of(release.dataset, release.manifest)
    return whole.narrowed(["ontology", "sources", "jiangsu-introduction"])


class Doorman(http.server.BaseHTTPRequestHandler):
    """Stands before a store: asks who it is, breaks down when told to, passes on the rest."""

    protocol_version = "HTTP/1.1"
    store = ""
    accepted = ""
    breaks: Callable[[int], int] = staticmethod(lambda _: 0)
    requests = 0
    seen: list[tuple[str, str]]

    def handle_request(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = type(self)
        if self.accepted and self.headers.get("Authorization") != self.accepted:
            return self.send(401, b"who are you?", {"WWW-Authenticate": 'Basic realm="store"'})
        kind.requests += 1
        kind.seen.append((self.command, self.path))
        if status := kind.breaks(kind.requests):
            return self.send(status, b"broken", {})
        to = urllib.parse.urlsplit(self.store)
        connection = http.client.HTTPConnection(to.hostname or "", to.port)
        passed = {k: self.headers[k] for k in ("Content-Type", "Accept") if k in self.headers}
        connection.request(self.command, self.path, body, passed)
        answer = connection.getresponse()
        self.send(answer.status, answer.read(), {"Content-Type": answer.headers["Content-Type"]})
        connection.close()

    do_GET = do_POST = do_PUT = handle_request

    def send(self, status: int, body: bytes, headers: dict[str, str | None]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def door(store: str) -> Iterator[tuple[str, type[Doorman]]]:
    kind = type("ThisDoorman", (Doorman,), {"store": store, "seen": [], "requests": 0})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", kind
        server.shutdown()
        thread.join()


def target(address: str, credentials: Credentials | None = None) -> Target:
    ends = (f"{address}/{end}" for end in ("query", "update", "store"))
    return Target(*ends, credentials=credentials, pause=0.01)


def silent(*_: object) -> None:
    pass


LOADERS = pytest.mark.parametrize("load", [load_graphs, load_updates])


@LOADERS
def test_what_arrives_is_what_was_published(
    load: Callable[..., None], content: Content, store: str, tmp_path: Path
) -> None:
    for _ in range(2):  # a second load replaces, and adds nothing
        load(content, target(store), Transfer(tmp_path / "record"), silent)
        assert compare(content, target(store)) == []
    assert not list(tmp_path.iterdir())


def test_small_batches_keep_blank_nodes_together(
    content: Content, store: str, tmp_path: Path
) -> None:
    load_updates(content, target(store), Transfer(tmp_path / "record"), silent, size=40)
    assert compare(content, target(store)) == []


@LOADERS
def test_a_load_goes_on_where_it_stopped(
    load: Callable[..., None],
    content: Content,
    door: tuple[str, type[Doorman]],
    tmp_path: Path,
) -> None:
    address, kind = door
    record = Transfer(tmp_path / "record")
    kind.breaks = staticmethod(lambda number: 500 if number >= 3 else 0)
    with pytest.raises(StoreError, match="goes on where it stopped"):
        load(content, target(address), record, silent)
    assert record.done()
    first = list(kind.seen)
    kind.seen.clear()
    kind.breaks = staticmethod(lambda _: 0)
    load(content, target(address), record, silent)
    assert compare(content, target(address)) == []
    if load is load_graphs:
        assert not set(first[:2]) & set(kind.seen)


def test_a_store_that_is_busy_for_a_moment_is_asked_again(
    content: Content, door: tuple[str, type[Doorman]], tmp_path: Path
) -> None:
    address, kind = door
    kind.breaks = staticmethod(lambda number: 503 if number == 2 else 0)
    load_graphs(content, target(address), Transfer(tmp_path / "record"), silent)
    assert compare(content, target(address)) == []


@pytest.mark.parametrize(
    "environment, accepted",
    [
        (
            {"JSBIO_STORE_USER": "ann", "JSBIO_STORE_PASSWORD": "a:b"},
            "Basic " + base64.b64encode(b"ann:a:b").decode(),
        ),
        ({"JSBIO_STORE_TOKEN": "secret"}, "Bearer secret"),
    ],
)
def test_credentials_come_from_the_environment(
    environment: dict[str, str],
    accepted: str,
    content: Content,
    door: tuple[str, type[Doorman]],
    tmp_path: Path,
) -> None:
    address, kind = door
    kind.accepted = accepted
    known = target(address, Credentials.from_environment(environment))
    load_graphs(content, known, Transfer(tmp_path / "record"), silent)
    assert compare(content, known, "sample") == []
    with pytest.raises(StoreError, match="401 Unauthorized"):
        load_graphs(content, target(address), Transfer(tmp_path / "other"), silent)


@pytest.mark.parametrize("way", ["hash", "sample", "counts"])
def test_every_difference_is_named(way: str, content: Content, store: str, tmp_path: Path) -> None:
    known = target(store)
    load_graphs(content, known, Transfer(tmp_path / "record"), silent)
    graph = "https://w3id.org/jsbio/graph/jiangsu-introduction"
    known.update(
        f"DELETE WHERE {{ GRAPH <{graph}> {{ ?s <https://w3id.org/jsbio/ontology#place> ?o }} }}"
    )
    known.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    found = [f"{each.where}: {each.what}" for each in compare(content, known, way)]
    assert any(line.startswith(f"{graph}: ") and "were published" in line for line in found)
    if way == "hash":
        assert f"{graph}: Not published: <urn:a> <urn:b> <urn:c>." in found
    if way != "counts":
        assert any("ontology#place" in line and "Missing" in line for line in found)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["load", *arguments])


def test_the_command_loads_and_compares(
    release: Release, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    done = run("--to", f"{store}/query", "--release", str(release.root))
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(f"Loaded {release.manifest.triples} triples in ")
    checked = run("--to", f"{store}/query", "--release", str(release.root), "--only-check")
    assert checked.exit_code == 0, checked.output


def test_the_command_says_when_nobody_is_there(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("time.sleep", silent)
    address = f"http://127.0.0.1:{free_port()}/query"
    done = run("--to", address, "--release", str(release.root))
    assert done.exit_code == 1
    assert "The store did not take the request (" in done.stderr


@pytest.mark.parametrize("address", ["file:///etc/passwd", "nowhere", "http://", "ftp://a/b"])
def test_what_is_no_address_is_refused(address: str, release: Release) -> None:
    done = run("--to", address, "--release", str(release.root))
    assert done.exit_code == 1
    assert f"{address}: This is no address of a store." in done.stderr


def test_a_bulk_load_takes_no_address(release: Release) -> None:
    options = ("--bulk", "oxigraph", "--release", str(release.root))
    done = run("--to", "http://127.0.0.1:1/query", *options)
    assert "A bulk load fills a folder, not an address." in done.stderr


def test_a_load_that_is_killed_goes_on(release: Release, store: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[1] / "src"),
    }
    command = [sys.executable, "-m", "jsbio_kg.cli", "load", "--to", f"{store}/query"]
    command += ["--via", "updates", "--batch", "500", "--release", str(release.root)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as loading:
        while not list(tmp_path.rglob("*.json")):
            time.sleep(0.02)
        loading.kill()
    (record,) = tmp_path.rglob("*.json")
    assert json.loads(record.read_text())
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.rglob("*.json"))


def test_oxigraphs_own_loader_fills_a_folder(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(OXIGRAPH).parent), prepend=":")
    folder = tmp_path / "store"
    options = ("--to", str(folder), "--bulk", "oxigraph", "--release", str(release.root))
    assert run(*options).exit_code == 0
    with oxigraph("--location", str(folder)) as address:
        content = Content.of(release.dataset, release.manifest)
        assert compare(content, target(address)) == []
    assert "The folder is not empty" in run(*options).stderr
