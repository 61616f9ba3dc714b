"""JSON-LD for programs that know no RDF: framed, with a context of plain names.

In: the union of some graphs. Out: one node object a thing, by IRI; a passage holds its
selectors, a selector its quotation. Every triple is there once, so that the document means the
same as the other forms. The whole is held in memory, see :data:`LIMIT`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from ..errors import ReleaseError
from ..i18n import message
from ..vocabulary import JSBIO, expand
from .content import Content, Node
from .records import Subject, Values

__all__ = ["LIMIT", "context", "framed"]

#: How many triples are framed at most; about 1 kB of memory each.
LIMIT: Final = 2_000_000
#: What is written inside what points to it, when nothing else does.
EMBEDDED: Final = ("oa:hasSelector", "oa:refinedBy")
TYPE: Final = expand("rdf:type")
INTEGER: Final = expand("xsd:integer")
STRING: Final = expand("xsd:string")
SAFE: Final = 2**53


def framed(content: Content) -> Iterator[str]:
    """Yield the framed document.

    :raises ReleaseError: when there are more triples than :data:`LIMIT`.
    """
    if content.size > LIMIT:
        raise ReleaseError(
            message("Framing holds all in memory, and stops at %(n)d triples.", n=LIMIT),
            "--format",
            message("Take jsonld, which streams, or fewer graphs with --graph."),
        )
    values = Values(content.union())
    shape = _Shape(values, content.prefixes)
    yield '{\n"@context": '
    yield _json(shape.context)
    yield ',\n"@graph": ['
    separator = "\n"
    for subject in values.subjects():
        if subject not in shape.embedded:
            yield separator + _json(shape.node(subject))
            separator = ",\n"
    yield "\n]\n}\n"


def context(content: Content) -> str:
    """Return the context alone, as a document of its own."""
    shape = _Shape(Values(content.union()), content.prefixes)
    return json.dumps({"@context": shape.context}, ensure_ascii=False, indent=2) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


class _Shape:
    """How terms are named, and what stands inside what."""

    def __init__(self, values: Values, prefixes: Mapping[str, str]) -> None:
        self.values = values
        self._spaces = {space: name for name, space in prefixes.items()}
        self._objects: dict[str, list[Node]] = {}
        for subject in values.subjects():
            for predicate, held in values.of(subject).items():
                self._objects.setdefault(predicate, []).extend(held)
        self._names = _names(self._objects, self._spaces)
        self._kinds = {iri: _kind(held) for iri, held in self._objects.items()}
        self.context = self._context()
        self.embedded = self._embedded()

    def node(self, subject: Subject) -> dict[str, Any]:
        """Return the node object of a subject."""
        said = self.values.of(subject)
        node: dict[str, Any] = {"id": _id(subject)}
        types = said.get(TYPE, [])
        if types and self._kinds[TYPE] == "@id":
            node["type"] = [self._class(t.value) for t in types]
        for predicate, held in said.items():
            if predicate != TYPE:
                node[self._names[predicate]] = self._held(predicate, held)
        return node

    def _held(self, predicate: str, held: list[Node]) -> Any:
        kind = self._kinds[predicate]
        if kind == "@language":
            return self._by_language(held)
        written = [self._value(term, kind) for term in held]
        return written[0] if len(written) == 1 else written

    def _by_language(self, held: Iterable[Node]) -> dict[str, Any]:
        texts: dict[str, list[str]] = {}
        for term in held:
            assert isinstance(term, Literal) and term.language
            texts.setdefault(term.language, []).append(term.value)
        return {tag: t[0] if len(t) == 1 else t for tag, t in sorted(texts.items())}

    def _value(self, term: Node, kind: str) -> Any:
        if not isinstance(term, Literal):
            if term in self.embedded:
                return self.node(term)
            return _id(term) if kind == "@id" else {"id": _id(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if datatype == STRING and kind != "@id":
            return term.value
        if kind != datatype:
            return {"@value": term.value, "@type": datatype}
        return _number(term.value) if datatype == INTEGER else term.value

    def _class(self, iri: str) -> str:
        local = iri.removeprefix(JSBIO)
        if local != iri and "/" not in local and ":" not in local and local not in self.context:
            return local
        return iri

    def _context(self) -> dict[str, Any]:
        made: dict[str, Any] = {"id": "@id", "type": "@type", "@vocab": JSBIO}
        for iri, name in sorted(self._names.items(), key=lambda pair: pair[1]):
            kind = self._kinds[iri]
            if iri == TYPE:
                continue
            if kind == "@language":
                made[name] = {"@id": iri, "@container": "@language"}
            else:
                made[name] = {"@id": iri, "@type": kind} if kind else {"@id": iri}
        return made

    def _embedded(self) -> set[Subject]:
        """Return the nodes that exactly one place points to, in a way that embeds."""
        inside: dict[Subject, int] = {}
        outside: set[Node] = set()
        names = {expand(name) for name in EMBEDDED}
        for predicate, held in self._objects.items():
            for term in held:
                if predicate not in names:
                    outside.add(term)
                elif not isinstance(term, Literal):
                    inside[term] = inside.get(term, 0) + 1
        return {
            term
            for term, count in inside.items()
            if count == 1 and term not in outside and self.values.of(term)
        }


def _names(objects: Iterable[str], spaces: Mapping[str, str]) -> dict[str, str]:
    """Return a plain name for each predicate; two of one name keep their prefixes."""
    names: dict[str, str] = {}
    taken = {"id", "type"}
    for iri in sorted(objects, key=lambda iri: (not iri.startswith(JSBIO), iri)):
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        name = iri[cut:]
        if name in taken or not name:
            name = f"{spaces.get(iri[:cut], 'x')}_{name}"
        while name in taken:
            name += "_"
        taken.add(name)
        names[iri] = name
    return names


def _kind(held: Iterable[Node]) -> str:
    """Return what all values of a predicate are: IRIs, texts in languages, one datatype, or ''."""
    kinds = {
        ("@language" if term.language else term.datatype.value)
        if isinstance(term, Literal)
        else "@id"
        for term in held
    }
    only = kinds.pop() if len(kinds) == 1 else ""
    return "" if only == STRING else only


def _id(term: Subject | Node) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _number(text: str) -> int | str:
    """Return a JSON number where it gives the same text back."""
    try:
        number = int(text)
    except ValueError:
        return text
    return number if str(number) == text and abs(number) < SAFE else text
