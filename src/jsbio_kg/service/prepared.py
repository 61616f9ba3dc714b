"""Answers that were worked out when a release was built, kept beside it.

In: a store, and somebody who visits what everybody visits. Out: a file of the answers that took
long, and the same answers again when the release is served. A release never changes, so they stay
true; what a new version of this software asks in other words is simply not there.
"""

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import zstandard

from ..store import FORMATS, Answer, Query, Store

__all__ = ["Prepared", "Recorder", "write_prepared"]

#: An answer that takes fewer seconds of the processor is not worth keeping.
_LONG = 0.02
_SCHEMA = """CREATE TABLE answers (
  key BLOB PRIMARY KEY, kind TEXT NOT NULL, format TEXT NOT NULL, rows INTEGER, body BLOB NOT NULL
) WITHOUT ROWID"""


class Recorder:
    """A store that remembers the answers that took long; see :class:`~jsbio_kg.store.Store`.

    :param long: the fewest seconds of the processor that are long.
    """

    def __init__(self, store: Store, long: float = _LONG) -> None:
        self.kept: dict[bytes, Answer] = {}
        self._long = long
        self._store = store

    def answer(self, query: Query) -> Answer:
        """Answer a query, once if it took long: then the answer is remembered."""
        key = _key(query)
        if key in self.kept:
            return self.kept[key]
        started = time.process_time()
        answer = self._store.answer(query)
        if time.process_time() - started >= self._long:
            self.kept[key] = answer
        return answer

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()


class Prepared:
    """Answers kept in a file, for any thread."""

    def __init__(self, path: Path) -> None:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self._keys = frozenset(
            key for (key,) in self._connection.execute("SELECT key FROM answers")
        )

    @classmethod
    def open(cls, path: Path) -> "Prepared | None":
        """Return the answers of a file; nothing when there is none, or it cannot be read."""
        try:
            return cls(path) if path.is_file() else None
        except sqlite3.Error:
            return None

    def __len__(self) -> int:
        return len(self._keys)

    def get(self, query: Query) -> Answer | None:
        """Return the answer to a query of ours, if it is here; to a stranger's it never is."""
        if query.is_foreign or (key := _key(query)) not in self._keys:
            return None
        text = "SELECT kind, format, rows, body FROM answers WHERE key = ?"
        with self._lock:
            kind, format, rows, body = self._connection.execute(text, (key,)).fetchone()
        return Answer(kind, FORMATS[format], zstandard.decompress(body), rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def write_prepared(path: Path, answers: Mapping[bytes, Answer]) -> None:
    """Write the answers that a recorder kept, under another name until all are there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    connection = sqlite3.connect(beside)
    with connection:
        connection.execute(_SCHEMA)
        connection.executemany(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?)",
            (
                (key, each.kind, each.format.name, each.rows, zstandard.compress(each.body))
                for key, each in sorted(answers.items())
            ),
        )
    connection.close()
    beside.rename(path)


def _key(query: Query) -> bytes:
    solutions = query.solutions.name if query.solutions else ""
    graph = query.graph.name if query.graph else ""
    asked = (query.text, solutions, graph, query.dataset)
    return hashlib.sha256(repr(asked).encode()).digest()[:16]
