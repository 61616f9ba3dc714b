"""The fence from outside: the installed wheel, every look at the text switched off, and watched.

Queries that name files and addresses are sent over a socket. A file and a port wait for a visitor;
where strace is there, the kernel's own record of every call says what the processes did, worker by
worker, from the moment their fence stood.
"""

import ctypes
import os
import re
import select
import shutil
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from serving import free_port, wait_until_ready

from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent
#: Switches off what looks at texts and at the graphs of a request, in every process.
BLIND = """
import jsbio_kg.store.embedded as embedded

def see_nothing(*_):
    pass

embedded.screen = embedded.check_graph = see_nothing
"""
STRACE = shutil.which("strace")
OPENING = ("open", "openat", "openat2", "creat", "socket", "connect", "execve")
IN_OPEN, IN_ACCESS = 0x20, 0x1


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, installed in a folder of its own, made blind."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    making = ["wheel", *offline, "--no-build-isolation", "-w", str(folder / "wheel"), str(ROOT)]
    subprocess.run([*pip, *making], check=True, timeout=300)
    [wheel] = (folder / "wheel").glob("*.whl")
    target = ["--target", str(folder / "site"), str(wheel)]
    subprocess.run([*pip, "install", *offline, *target], check=True, timeout=300)
    (folder / "blind").mkdir()
    (folder / "blind" / "sitecustomize.py").write_text(BLIND)
    return folder


class Bait:
    """A file that nobody opens and a port that nobody visits."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "secret.ttl"
        self.file.write_text("<urn:secret> <urn:p> <urn:o> .")
        self.port = socket.create_server(("127.0.0.1", 0))
        self.number = self.port.getsockname()[1]
        libc = ctypes.CDLL(None, use_errno=True)
        self.watch = libc.inotify_init1(os.O_NONBLOCK)
        assert libc.inotify_add_watch(self.watch, str(self.file).encode(), IN_OPEN | IN_ACCESS) > 0

    def visits(self) -> list[str]:
        """Return who came since the last time."""
        found = []
        ready, _, _ = select.select([self.port, self.watch], [], [], 0.3)
        if self.port in ready:
            self.port.accept()[0].close()
            found.append("port")
        if self.watch in ready:
            os.read(self.watch, 1 << 16)
            found.append("file")
        return found

    def close(self) -> None:
        self.port.close()
        os.close(self.watch)


@pytest.fixture()
def bait(tmp_path: Path) -> Iterator[Bait]:
    bait = Bait(tmp_path)
    yield bait
    bait.close()


def hostile(bait: Bait) -> list[tuple[str, bytes]]:
    """Return searches and queries that would fetch the bait."""
    there, file = f"http://127.0.0.1:{bait.number}/x", bait.file.as_uri()
    texts = [
        f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{there}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ VALUES ?w {{ <{there}> }} SERVICE ?w {{ ?s ?p ?o }} }}",
        f"SELECT * {{ BIND(IRI(CONCAT('http://127.0.0.1:', '{bait.number}/')) AS ?w) "
        "SERVICE ?w { ?s ?p ?o } }",
        f"SELECT * {{ SERVICE <{file}> {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{there}> {{ ?s ?p ?o }}",
        f"SELECT * FROM <{file}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{file}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{bait.file}> {{ ?s ?p ?o }}",
        f"ASK {{ GRAPH <{file}> {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{file}>",
        f"LOAD <{file}>",
        f"LOAD SILENT <{there}> INTO GRAPH <urn:g>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
    ]
    asked = [("", text.encode()) for text in texts]
    for name in ("default-graph-uri", "named-graph-uri"):
        asked += [(urlencode({name: iri}), b"SELECT * { ?s ?p ?o }") for iri in (there, file)]
    return asked


def send(address: str, search: str, text: bytes) -> int:
    request = urllib.request.Request(
        f"{address}/sparql?{search}",
        data=text,
        headers={"Content-Type": "application/sparql-query"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert b"urn:secret" not in answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        assert b"urn:secret" not in error.read()
        return error.code


def calls_behind_the_fence(seen: str) -> dict[str, list[str]]:
    """Return what each process that has a fence did from then on that worked."""
    fenced: set[str] = set()
    found: dict[str, list[str]] = defaultdict(list)
    for line in seen.splitlines():
        pid, _, call = line.partition(" ")
        call = call.strip()
        if call.startswith(("seccomp(", "<... seccomp")) and call.endswith("= 0"):
            fenced.add(pid)
            found[pid] = []
        elif pid in fenced and re.match(r"(<\.\.\. )?(\w+)", call)[2] in OPENING:  # type: ignore
            result = re.search(r"= (-?\d+)", call)
            if result and int(result[1]) >= 0:
                found[pid].append(call)
    return found


@pytest.mark.parametrize("engine", ["memory", "disk"])
def test_nothing_is_opened_or_visited_though_nobody_looks_at_the_text(
    installed: Path, served: Release, bait: Bait, tmp_path: Path, engine: str
) -> None:
    release = shutil.copytree(served.root, tmp_path / "home" / "release")
    record, port = tmp_path / "record", free_port()
    path = os.pathsep.join((str(installed / "blind"), str(installed / "site")))
    command = [sys.executable, "-m", "jsbio_kg.cli", "serve", "--port", str(port)]
    command += ["--release", str(release), "--engine", engine, "--timeout", "5"]
    if STRACE:
        wanted = "trace=" + ",".join((*OPENING, "seccomp"))
        # -D: the server is our own child, and strace ends with it.
        command = [STRACE, "-D", "-f", "-qq", "-s300", "-o", str(record), "-e", wanted, *command]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path, "LC_ALL": "C"},
        stdout=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address, process)
        bait.visits()
        for search, text in hostile(bait):
            assert send(address, search, text) < 600
        assert bait.visits() == []
        assert send(address, "", b"ASK { ?s ?p ?o }") == 200
    finally:
        process.terminate()
        process.wait(30)
    if STRACE:
        seen = record.read_text("utf-8", "replace")
        behind = calls_behind_the_fence(seen)
        assert behind, "no fence was seen"
        others = [call for calls in behind.values() for call in calls]
        if engine == "disk":  # it reads its own files, and how many processors it may use
            own = (str(tmp_path / "home" / "store"), "/proc/self/cgroup", "/sys/fs/cgroup/")
            others = [call for call in others if not any(f'"{path}' in call for path in own)]
        assert others == []
        bait_names = (re.escape(str(bait.file)), rf"htons\({bait.number}\)")
        for name in bait_names:
            assert re.findall(rf"\w+\(.*{name}.*\) = \d+", seen) == [], "by whichever process"


def test_the_bait_tells_of_a_visit(bait: Bait) -> None:
    bait.file.read_text()
    with socket.create_connection(("127.0.0.1", bait.number)):
        time.sleep(0.1)
    assert bait.visits() == ["port", "file"]
    assert struct.calcsize("iIII") == 16, "as the kernel writes what it saw"


def test_the_wheel_is_what_runs(installed: Path) -> None:
    path = os.pathsep.join((str(installed / "blind"), str(installed / "site")))
    script = (
        "import jsbio_kg.store.embedded as e; print(e.__file__, e.screen.__name__, "
        "e.check_graph.__name__)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    file, *names = said.stdout.split()
    assert file.startswith(str(installed / "site"))
    assert names == ["see_nothing", "see_nothing"]
