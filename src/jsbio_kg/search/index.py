"""The index file, opened for reading: rows in, rows out.

In: a file that :func:`~jsbio_kg.search.indexing.write_index` wrote. Out: :class:`Index`, safe to
ask from many threads. It never writes, and a question that takes too long is given up.
"""

import json
import queue
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self

from .matching import Name
from .pinyin import Syllables
from .schema import FORMAT

__all__ = ["Index"]

#: Connections, and so questions at once.
_CONNECTIONS: Final = 4
#: Seconds that one question may take.
_PATIENCE: Final = 1.0


class Index:
    """One index file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        for _ in range(_CONNECTIONS):
            self._idle.put(sqlite3.connect(uri, uri=True, check_same_thread=False))
        self.syllables = Syllables([row[0] for row in self.rows("SELECT text FROM syllable")])
        self.kinds = {
            name: {"en": en, "zh": zh}
            for name, en, zh in self.rows("SELECT name, label_en, label_zh FROM kind")
        }

    @classmethod
    def open(cls, path: Path, version: str) -> Self | None:
        """Open an index, or return nothing when it is missing, broken or of something else."""
        try:
            index = cls(path)
            meta = dict(index.rows("SELECT key, value FROM meta"))
        except sqlite3.Error:
            return None
        if (meta.get("format"), meta.get("version")) != (FORMAT, version):
            index.close()
            return None
        return index

    def close(self) -> None:
        """Let go of the file."""
        while not self._idle.empty():
            self._idle.get().close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a question; none when it takes too long."""
        with self._connection() as connection:
            until = time.monotonic() + _PATIENCE
            connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            try:
                return connection.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                if "interrupted" in str(error):
                    return []
                raise

    def matching(self, expression: str, kind: str, most: int) -> list[int]:
        """Return the numbers of things that match, the most prominent first."""
        if kind:
            sql = (
                "SELECT words.rowid FROM words JOIN thing ON thing.id = words.rowid "
                "WHERE words MATCH ? AND thing.kind = ? ORDER BY words.rowid LIMIT ?"
            )
            return [row[0] for row in self.rows(sql, (expression, kind, most))]
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?"
        return [row[0] for row in self.rows(sql, (expression, most))]

    def closest(self, expression: str, kind: str, most: int) -> list[int]:
        """Return the numbers of things that match any of an expression, the closest first."""
        condition = "AND rowid IN (SELECT id FROM thing WHERE kind = ?)" if kind else ""
        sql = (
            f"SELECT rowid FROM words WHERE words MATCH ? {condition} ORDER BY rank, rowid LIMIT ?"
        )
        values = (expression, kind, most) if kind else (expression, most)
        return [row[0] for row in self.rows(sql, values)]

    def beginning(self, key: str, kind: str, most: int) -> list[int]:
        """Return the numbers of things with a name that begins so, shorter names first."""
        sql = (
            "SELECT thing FROM name {join} WHERE key >= ? AND key < ? {condition} "
            "ORDER BY key LIMIT ?"
        ).format(
            join="JOIN thing ON thing.id = name.thing" if kind else "",
            condition="AND thing.kind = ?" if kind else "",
        )
        limits = (key, key + "\U0010ffff", *([kind] if kind else []), most)
        return [row[0] for row in self.rows(sql, limits)]

    def counts(self, expression: str, most: int) -> list[tuple[str, int]]:
        """Return how many things of each kind match, of the first so many."""
        sql = (
            "SELECT kind, COUNT(*) FROM (SELECT rowid AS id FROM words WHERE words MATCH ? LIMIT ?)"
            " JOIN thing USING (id) GROUP BY kind"
        )
        return self.rows(sql, (expression, most))

    def of_kind(self, things: Iterable[int], kind: str) -> set[int]:
        """Return those of some things that are of a kind."""
        sql = "SELECT id FROM thing WHERE id IN (SELECT value FROM json_each(?)) AND kind = ?"
        return {row[0] for row in self.rows(sql, (_json(things), kind))}

    def kinds_of(self, things: Iterable[int]) -> dict[str, int]:
        """Return how many of some things are of each kind."""
        sql = (
            "SELECT kind, COUNT(*) FROM thing "
            "WHERE id IN (SELECT value FROM json_each(?)) GROUP BY kind"
        )
        return dict(self.rows(sql, (_json(things),)))

    def names(self, things: Iterable[int]) -> dict[int, list[Name]]:
        """Return the names and descriptions of things."""
        wanted = _json(things)
        found: dict[int, list[Name]] = {}
        sql = (
            "SELECT thing, role, language, text, key, sound FROM name "
            "WHERE thing IN (SELECT value FROM json_each(?)) ORDER BY thing, id"
        )
        for thing, *rest in self.rows(sql, (wanted,)):
            found.setdefault(thing, []).append(Name(*rest))
        return found

    def things(self, numbers: Iterable[int]) -> dict[int, tuple[str, str, str, str, str, str]]:
        """Return address, kind, labels and descriptions of things, by number."""
        sql = (
            "SELECT id, iri, kind, label_en, label_zh, about_en, about_zh FROM thing "
            "WHERE id IN (SELECT value FROM json_each(?))"
        )
        return {row[0]: row[1:] for row in self.rows(sql, (_json(numbers),))}

    def is_word(self, word: str) -> bool:
        """Tell whether a word, or one that begins so, is in a name."""
        sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
        return bool(self.rows(sql, (f'{{names}} : "{word}"*',)))

    def spelled(self, stumps: Iterable[str]) -> list[tuple[str, int]]:
        """Return the words that share a stump, and how often each is used."""
        sql = (
            "SELECT DISTINCT word.text, word.count FROM stump JOIN word ON word.id = stump.word "
            "WHERE stump.text IN (SELECT value FROM json_each(?))"
        )
        return self.rows(sql, (_json(stumps),))

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = self._idle.get()
        try:
            yield connection
        finally:
            self._idle.put(connection)


def _json(values: Iterable[int] | Iterable[str]) -> str:
    return json.dumps(list(values))
