"""Triples for people: N-Triples turned into a table of three columns.

In: the bytes of an answer. Out: a :class:`Table`, for a screenful.
"""

import re
from typing import Final

from .table import Table, Term

__all__ = ["read_triples"]

_TERM: Final = re.compile(
    r'<([^<>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^<>]*)>)?|(<<\(.*\)>>)'
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_NAMED: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def read_triples(body: bytes, most: int | None = None) -> Table:
    r"""Read N-Triples, without a triple term's inside.

    :param most: read no more triples than this.

    >>> read_triples(b'<urn:a> <urn:p> "\\u82CF"@zh .\n').rows[0][2].value
    '苏'
    """
    rows = []
    for line in body.decode().split("\n", -1 if most is None else most)[:most]:
        terms = [_term(match) for match in _TERM.finditer(line)]
        if len(terms) >= 3:
            rows.append(tuple(terms[:3]))
    return Table(("subject", "predicate", "object"), tuple(rows))


def _term(match: re.Match[str]) -> Term:
    iri, blank, text, language, datatype, triple = match.groups()
    if iri is not None:
        return Term("uri", _unescape(iri))
    if blank is not None:
        return Term("bnode", blank[2:])
    if triple is not None:
        return Term("triple", triple)
    return Term("literal", _unescape(text), language or "", datatype or "")


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _NAMED.get(m[3], m[3]), text
    )
