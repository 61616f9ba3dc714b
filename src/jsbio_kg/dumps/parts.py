"""A dataset split by graph, in one pass.

In: N-Quads, one a line. Out: the lines of each graph, in their order, from a file of its own in a
folder that goes when nobody needs it any more. However many graphs there are, the dataset is read
once, and no more is held in memory than :data:`HELD` bytes.
"""

import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..errors import ReleaseError
from ..i18n import message

__all__ = ["Parts"]

#: Bytes that wait to be written.
HELD: Final = 16 << 20


class Parts:
    """The lines of each graph; split when the first is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: dict[bytes, Path] | None = None
        self._splitting = threading.Lock()

    def of(self, graph: str) -> Iterator[bytes]:
        """Yield the lines of a graph.

        :raises ReleaseError: when there is no room for them.
        """
        with self._splitting:
            if self._files is None:
                self._files = self._split()
        path = self._files.get(f"<{graph}>".encode())
        if path is not None:
            with path.open("rb") as stream:
                yield from stream

    def _split(self) -> dict[bytes, Path]:
        try:
            folder = Path(tempfile.mkdtemp(prefix="jsbio-kg-"))
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            return self._write(folder)
        except OSError as error:
            raise ReleaseError(
                message("There is no room to split the dataset (%(reason)s).", reason=error),
                tempfile.gettempdir(),
                message("Free some space, or name another folder in TMPDIR."),
            ) from error

    def _write(self, folder: Path) -> dict[bytes, Path]:
        files: dict[bytes, Path] = {}
        waiting: dict[bytes, list[bytes]] = {}
        held = 0
        with self._path.open("rb") as stream:
            for line in stream:
                graph = line[line.rfind(b" ", 0, -3) + 1 : -3]
                waiting.setdefault(graph, []).append(line)
                held += len(line)
                if held > HELD:
                    _flush(waiting, files, folder)
                    held = 0
        _flush(waiting, files, folder)
        return files


def _flush(waiting: dict[bytes, list[bytes]], files: dict[bytes, Path], folder: Path) -> None:
    for graph, lines in waiting.items():
        path = files.setdefault(graph, folder / f"{len(files)}.nq")
        with path.open("ab") as stream:
            stream.writelines(lines)
    waiting.clear()
