"""How one RDF term is written in canonical Turtle, and where it stands in the order.

In: terms of pyoxigraph. Out: text, sort keys. The lexical form of a literal is never changed.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from ..vocabulary import BORROWED, PREFIXES

__all__ = [
    "NaturalKey",
    "Node",
    "Resource",
    "Spelling",
    "compact",
    "natural",
    "object_order",
    "write_literal",
]

Resource: TypeAlias = NamedNode | BlankNode
Node: TypeAlias = NamedNode | BlankNode | Literal

XSD: Final = BORROWED["xsd"]

#: The spellings that Turtle reads back as the same lexical form and that XSD calls canonical.
#: A decimal keeps its point, or Turtle would read an integer.
SHORT_FORMS: Final = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    XSD + "decimal": re.compile(r"(?!-0\.0$)-?(0|[1-9][0-9]*)\.(0|[0-9]*[1-9])"),
    XSD + "boolean": re.compile(r"true|false"),
}

#: A local name that needs no escape and ends where it seems to end (Turtle 1.1, PN_LOCAL).
LOCAL_NAME: Final = re.compile(r"([A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")

#: Characters that nobody sees, or that reorder what is seen: written as escapes. A fixed list,
#: since Python's own idea of "printable" changes with its Unicode tables.
INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff]"
)
NAMED_ESCAPES: Final = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
LANGUAGE_ORDER: Final = {"en": "0", "zh": "1"}

#: A number in a text, without the zeros before it.
DIGITS: Final = re.compile(r"0*([0-9]+)")

NaturalKey: TypeAlias = tuple[tuple[str | tuple[int, str], ...], str]
ObjectKey: TypeAlias = tuple[int, str, str, NaturalKey]


def natural(text: str) -> NaturalKey:
    """Return a sort key that reads digits as numbers, so that D1.9 stands before D1.10.

    >>> sorted(["D1.10", "D1.9"], key=natural)
    ['D1.9', 'D1.10']
    """
    parts = DIGITS.split(text)
    return tuple([(len(part), part) if n % 2 else part for n, part in enumerate(parts)]), text


def object_order(term: Node, text: str) -> ObjectKey:
    """Return the place of an object among its siblings: IRIs, literals (@en, @zh), blank nodes.

    :param text: the term as it is written; blank nodes have no other name.
    """
    if isinstance(term, NamedNode):
        return (0, "", "", natural(term.value))
    if isinstance(term, BlankNode):
        return (2, "", "", natural(text))
    language = term.language or ""
    return (1, LANGUAGE_ORDER.get(language, language), term.datatype.value, natural(term.value))


class Spelling:
    """Spells terms and remembers which prefixes that took."""

    def __init__(self, prefixes: Mapping[str, str] = PREFIXES) -> None:
        self._prefixes = prefixes
        self._names: dict[str, str] = {}
        self._used: set[str] = set()
        self._spaces = {space: name for name, space in prefixes.items()}
        #: namespaces that end within a name, the longest first
        partial = (space for space in self._spaces if not space.endswith(("/", "#")))
        self._partial = sorted(partial, key=len, reverse=True)

    def iri(self, iri: str) -> str:
        """Return the compact name of an IRI, or ``<iri>``."""
        name = self._names.get(iri)
        if name is None:
            name = self._names[iri] = self._spell(iri)
        return name

    def _spell(self, iri: str) -> str:
        """Return the compact name of an IRI with the longest namespace that fits, or ``<iri>``.

        A local name holds neither ``/`` nor ``#``, so of the namespaces that end with one of them
        only the one before the last of them can fit, and a longer one can end in none of them.
        """
        space = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        for longer in self._partial:
            if iri.startswith(longer) and LOCAL_NAME.fullmatch(iri, len(longer)):
                space = longer
                break
        prefix = self._spaces.get(space)
        if prefix is None or not LOCAL_NAME.fullmatch(iri, len(space)):
            return f"<{iri}>"
        self._used.add(prefix)
        return f"{prefix}:{iri[len(space) :]}"

    def literal(self, literal: Literal) -> str:
        """Return a literal: short form, plain, with language or with datatype."""
        if literal.language:
            return f"{write_literal(literal.value)}@{literal.language}"
        datatype = literal.datatype.value
        if datatype == XSD + "string":
            return write_literal(literal.value)
        short = SHORT_FORMS.get(datatype)
        if short and short.fullmatch(literal.value):
            return literal.value
        return f"{write_literal(literal.value)}^^{self.iri(datatype)}"

    def prefix_lines(self) -> list[str]:
        """Return the PREFIX lines of what was spelled, in alphabetical order."""
        return [f"PREFIX {name}: <{self._prefixes[name]}>" for name in sorted(self._used)]


_SPELLING: Final = Spelling()


@cache
def compact(iri: str) -> str:
    """Return the compact name of an IRI, or ``<iri>``.

    >>> compact("https://w3id.org/jsbio/id/park/biobay")
    'park:biobay'
    >>> compact("https://w3id.org/jsbio/ontology")
    '<https://w3id.org/jsbio/ontology>'
    """
    return _SPELLING.iri(iri)


def write_literal(text: str) -> str:
    r"""Return a quoted string; several lines stay several lines, what is invisible is escaped.

    >>> print(write_literal('say "hi"\t'))
    "say \"hi\"\t"
    """
    text = text.replace("\\", "\\\\")
    if "\n" not in text:
        return '"' + INVISIBLE.sub(_escape, text.replace('"', '\\"')) + '"'
    text = re.sub(r'"(?="|\Z)', r"\"", text)
    return '"""' + "\n".join(INVISIBLE.sub(_escape, line) for line in text.split("\n")) + '"""'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return NAMED_ESCAPES.get(character, f"\\u{ord(character):04X}")
