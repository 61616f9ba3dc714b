"""Stores on disk, for graphs that memory should not hold once for every worker.

In: the files of a graph. Out: a folder with the same graph in Oxigraph's form, its default graph
made and its order optimised. It is a cache: built in a process of its own, under another name until
it is whole, and built again whenever it is missing.
"""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph

from ..children import child_environment
from ..errors import StoreError
from ..i18n import message
from .embedded import EmbeddedStore

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["ensure_disk_store", "estimate_memory", "estimate_triples"]

#: Bytes of memory that a triple takes with its share of names, and that its copy in the default
#: graph takes: the most of what was measured at 26 thousand and 1.2 million (477 and 346; 455 and
#: 259), rounded up.
_BYTES_A_TRIPLE = 480
_BYTES_A_COPY = 460
#: Bytes of N-Quads that are read at once.
_PIECE: Final = 1 << 20
#: How many bytes of a file of each kind hold a triple, roughly.
_BYTES_IN_FILE = {"ntriples": 120, "nquads": 170, "turtle": 45, "trig": 45, "rdfxml": 90}


def estimate_memory(triples: int, copies: int) -> int:
    """Return how many bytes triples, and copies of some in the default graph, take in memory."""
    return triples * _BYTES_A_TRIPLE + copies * _BYTES_A_COPY


def estimate_triples(files: Sequence[tuple[str, str, str]]) -> int:
    """Return roughly how many triples files hold."""
    sizes = (os.path.getsize(path) / _BYTES_IN_FILE.get(kind, 100) for path, kind, _ in files)
    return int(sum(sizes))


def ensure_disk_store(
    folder: Path,
    files: Sequence[tuple[str, str, str]],
    default_graphs: Sequence[str],
    is_union: bool,
) -> None:
    """Build a store on disk if it is not there yet.

    :raises StoreError: when it cannot be built.
    """
    if folder.is_dir():
        return
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.parent.mkdir(parents=True, exist_ok=True)
    order = {
        "folder": str(beside),
        "files": [*files],
        "default_graphs": [*default_graphs],
        "is_union": is_union,
    }
    built = subprocess.run(
        [sys.executable, "-m", __name__],
        input=json.dumps(order).encode(),
        stderr=subprocess.PIPE,
        env=child_environment(),
    )
    if built.returncode != 0:
        shutil.rmtree(beside, ignore_errors=True)
        reason = built.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
        raise StoreError(
            message("The store on disk cannot be built: %(reason)s", reason=reason[0][:300]),
            folder.name,
            message("Free some space, or serve from memory with --engine memory."),
        )
    try:
        beside.rename(folder)
    except OSError:  # another process was first
        shutil.rmtree(beside, ignore_errors=True)


def _build(order: dict[str, object]) -> None:
    engine = pyoxigraph.Store(str(order["folder"]))
    store = EmbeddedStore(engine=engine)
    copied = tuple(f" <{iri}> .\n".encode() for iri in order["default_graphs"])  # type: ignore[attr-defined]
    for path, kind, base in order["files"]:  # type: ignore[attr-defined]
        if copied and kind == "nquads":
            with open(path, "rb") as lines:
                both = io.BufferedReader(_Copying(lines, copied), _PIECE)
                engine.bulk_load(both, pyoxigraph.RdfFormat.N_QUADS)
        else:
            store.load(Path(path), kind, base or None)
    if order["is_union"]:
        store.make_union()
    store.finish_on_disk()


class _Copying(io.RawIOBase):
    """Canonical N-Quads, in which each quad of some graphs stands in the default graph too.

    A copy within the store, by SPARQL Update, takes twice as long.

    :param endings: how the lines of these graphs end.
    """

    def __init__(self, lines: BinaryIO, endings: tuple[bytes, ...]) -> None:
        self._lines = lines
        self._endings = endings
        self._rest = b""

    def readable(self) -> bool:
        """Return that it is."""
        return True

    def readinto(self, buffer: "Buffer") -> int:
        """Fill a buffer with the next bytes; return how many there are."""
        view = memoryview(buffer).cast("B")
        while not self._rest and (lines := self._lines.readlines(_PIECE)):
            copies = (
                line[: line.rindex(b" <")] + b" .\n"
                for line in lines
                if line.endswith(self._endings)
            )
            self._rest = b"".join((*lines, *copies))
        part, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(part)] = part
        return len(part)


if __name__ == "__main__":
    _build(json.load(sys.stdin))
