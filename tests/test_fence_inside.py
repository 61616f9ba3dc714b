"""The fence from inside: behind it nothing is opened, started or asked."""

import os
import re
import socket
from collections.abc import Callable

import pytest

from jsbio_kg.errors import JsbioError
from jsbio_kg.release import Release
from jsbio_kg.service import fence as fences
from jsbio_kg.store import Query


def behind_the_fence(do: Callable[[], str]) -> str:
    """Return what is said by something done behind the fence, in a process of its own."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            fences.fence()
            os.write(write, do().encode())
        finally:
            os._exit(0)
    os.close(write)
    os.waitpid(pid, 0)
    said = os.read(read, 1000).decode()
    os.close(read)
    return said


def in_child(body: str) -> str:
    """Run a piece of Python behind the fence; return what it says."""

    def do() -> str:
        try:
            exec(body, {"os": os, "socket": socket})
        except OSError as error:
            return type(error).__name__ + str(error.errno)
        return "done"

    return behind_the_fence(do)


@pytest.mark.parametrize(
    "body",
    [
        "os.open('/etc/hostname', os.O_RDONLY)",
        "open('/dev/null', 'w')",
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "socket.socketpair()",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "os.pipe()",
        "os.dup(1)",
    ],
)
def test_behind_the_fence_nothing_is_opened_or_started(body: str) -> None:
    assert re.fullmatch(r"(PermissionError|OSError)\d+", in_child(body)), body


def test_behind_the_fence_what_is_open_still_works() -> None:
    assert in_child("os.write(2, b'')") == "done"


def test_no_address_is_asked_even_when_nothing_looks_at_the_text(served: Release) -> None:
    """SERVICE and FROM with the lexical check switched off, seen from the other side."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        texts = [
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
            f"ASK {{ VALUES ?w {{ <{address}> }} SERVICE ?w {{ ?s ?p ?o }} }}",
            "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        ]
        for text in texts:
            assert run_unscreened(served, text) in ("StoreError", "answered"), text
        with pytest.raises(TimeoutError):
            server.accept()


def run_unscreened(served: Release, text: str) -> str:
    """Run a query behind the fence in a worker-like process that looks at no text."""
    from jsbio_kg.store import EmbeddedStore, embedded

    store = EmbeddedStore.from_dataset(served.dataset, served.default_graphs)

    def do() -> str:
        embedded.screen = lambda *_: None  # type: ignore[attr-defined]
        try:
            store.answer(Query(text))
        except JsbioError as error:
            return type(error).__name__
        return "answered"

    return behind_the_fence(do)
