"""N-Quads, read for their names: subject by subject, at the speed of splitting lines.

In: lines in which the triples of a subject stand together, as they do in a release. Out:
:class:`Block` values. Terms that are neither IRIs nor literals are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

__all__ = ["Block", "Value", "read_blocks"]

_LITERAL: Final = re.compile(rb'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+))?')
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class Value(NamedTuple):
    """An object; ``is_iri`` tells an IRI from a literal."""

    text: str
    language: str
    is_iri: bool


@dataclass(frozen=True)
class Block:
    """A subject with its properties and values, each pair once."""

    iri: str
    statements: tuple[tuple[str, Value], ...]

    def iris(self, predicate: str) -> list[str]:
        """Return the values of a property that are IRIs."""
        return [value.text for name, value in self.statements if name == predicate and value.is_iri]


def read_blocks(lines: Iterable[bytes]) -> Iterator[Block]:
    r"""Read N-Quads or N-Triples.

    >>> [block] = read_blocks([b'<urn:a> <urn:p> "\\u82CF"@zh <urn:g> .\n'])
    >>> block.iri, block.statements[0][1].text
    ('urn:a', '苏')
    """
    for subject, group in groupby(lines, lambda line: line.partition(b" ")[0]):
        if subject[:1] != b"<":
            continue
        statements = dict.fromkeys(
            statement for line in group for statement in _read(line, len(subject) + 1)
        )
        if statements:
            yield Block(_text(subject[1:-1]), tuple(statements))


def _read(line: bytes, start: int) -> Iterator[tuple[str, Value]]:
    predicate, _, rest = line[start:].partition(b" ")
    if rest[:1] == b"<" and rest[:3] != b"<<(":
        yield _text(predicate[1:-1]), Value(_text(rest[1 : rest.index(b">")]), "", True)
    elif match := _LITERAL.match(rest):
        language = (match[2] or b"").decode().lower()
        yield _text(predicate[1:-1]), Value(_text(match[1]), language, False)


def _text(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def _unescape(match: re.Match[str]) -> str:
    if code := match[1] or match[2]:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _NAMED.get(match[3], match[3])
