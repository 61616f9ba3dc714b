"""Rows for people: solutions in JSON turned into terms that a page or a terminal can draw.

In: the bytes of an answer. Out: a :class:`Table`. For a screenful; never on the way of an answer
that a program asked for.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Table", "Term", "read_table"]

#: Cells of a table that is cut.
MOST_CELLS = 50_000
#: How the engine writes what stands between head and rows.
_ROWS = b'"results":{"bindings":['
#: How many bytes are looked at first.
_PIECE = 1 << 20


@dataclass(frozen=True)
class Term:
    """An RDF term: ``kind`` is ``uri``, ``literal``, ``bnode`` or ``triple``."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Table:
    """Columns and rows; a cell without a value is ``None``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def dicts(self) -> list[dict[str, Term]]:
        """Return each row as a mapping of the columns that have a value."""
        return [
            {name: term for name, term in zip(self.columns, row, strict=True) if term}
            for row in self.rows
        ]


def read_table(body: bytes, most: int | None = None) -> Table:
    """Read SPARQL results in JSON.

    :param most: read no more rows than this, and fewer where there are very many columns.
    """
    start = body.find(_ROWS)
    if most is None or start < 0:
        content = json.loads(body)
        columns, rows = tuple(content["head"].get("vars", ())), content["results"]["bindings"]
    else:
        head = body[:start].decode() + '"results":{}}'
        columns = tuple(json.loads(head)["head"].get("vars", ()))
        most = min(most, 1 + MOST_CELLS // (len(columns) + 1))
        rows = _first_rows(body, start + len(_ROWS), most)
    return Table(
        columns, tuple(tuple(_term(row.get(name)) for name in columns) for row in rows[:most])
    )


def _first_rows(body: bytes, start: int, most: int) -> list[dict[str, Any]]:
    """Read the first rows of many, from as much of the bytes as they take."""
    size = _PIECE
    while True:
        try:
            return _read_rows(body[start : start + size].decode("utf-8", "ignore"), most)
        except (ValueError, IndexError):  # the piece ends within a row
            if start + size >= len(body):
                raise
            size *= 4


def _read_rows(text: str, most: int) -> list[dict[str, Any]]:
    decoder, rows, place = json.JSONDecoder(), list[dict[str, Any]](), 0
    while len(rows) < most and text[place] != "]":
        row, place = decoder.raw_decode(text, place)
        rows.append(row)
        place += text[place] == ","
    return rows


def _term(item: Mapping[str, Any] | None) -> Term | None:
    if item is None:
        return None
    value = item["value"]
    if isinstance(value, dict):
        parts = (_term(value[part]) for part in ("subject", "predicate", "object"))
        return Term("triple", f"<<( {' '.join(str(part) for part in parts)} )>>")
    return Term(item["type"], value, item.get("xml:lang", ""), item.get("datatype", ""))
