"""Labels, passages and evidence records, looked up by what they describe.

Held in memory: a table of facts and a property graph say of each line where it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..vocabulary import expand, shrink
from .content import Content, Node, nodes_of

__all__ = ["Labels", "Passage", "Record", "Records", "Subject", "Values"]

Subject = NamedNode | BlankNode


class Values:
    """Objects by subject and predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._held: dict[Subject, dict[str, list[Node]]] = {}
        for triple in triples:
            subject, predicate, value = nodes_of(triple)
            values = self._held.setdefault(subject, {}).setdefault(predicate.value, [])
            if value not in values:
                values.append(value)

    def of(self, subject: Subject) -> Mapping[str, list[Node]]:
        """Return what is said of a subject, by predicate."""
        return self._held.get(subject, {})

    def all(self, subject: Subject, name: str) -> list[Node]:
        """Return the objects of a predicate, given as a compact name."""
        return self.of(subject).get(expand(name), [])

    def nodes(self, subject: Subject, name: str) -> list[NamedNode]:
        """Return those that have an IRI."""
        return [value for value in self.all(subject, name) if isinstance(value, NamedNode)]

    def text(self, subject: Subject, name: str) -> str:
        """Return the first literal, or an empty text."""
        found = (value.value for value in self.all(subject, name) if isinstance(value, Literal))
        return next(found, "")

    def subjects(self) -> Iterable[Subject]:
        """Return every subject, in order."""
        return self._held


class Labels:
    """Labels in English and Chinese; a compact name where there is none."""

    def __init__(self, content: Content) -> None:
        self._held: dict[tuple[str, str], str] = {}
        names = (expand("rdfs:label"), expand("dcterms:title"))
        for quad in content.quads():
            value, subject = quad.object, quad.subject
            if (
                quad.predicate.value in names
                and isinstance(value, Literal)
                and value.language
                and isinstance(subject, NamedNode)
            ):
                self._held.setdefault((subject.value, value.language), value.value)

    def of(self, iri: str, language: str) -> str:
        """Return the label of a thing, or its compact name."""
        return self.get(iri, language) or self.get(iri, "en") or shrink(iri)

    def get(self, iri: str, language: str) -> str:
        """Return the label of a thing in a language, or an empty text."""
        return self._held.get((iri, language), "")


@dataclass(frozen=True)
class Passage:
    """Where a fact stands in a document."""

    document: str
    section: str
    number: str
    phrase: str


@dataclass(frozen=True)
class Record:
    """What one triple of one graph rests on."""

    iri: str
    passages: tuple[Passage, ...]
    sources: tuple[str, ...]
    readings: tuple[str, ...]


class Records:
    """Evidence records by the triple and the graph they speak of."""

    def __init__(self, content: Content) -> None:
        whole = content.whole()
        graphs = whole.of_role("EvidenceGraph")
        self.values = Values(t for graph in graphs for t in whole.triples(graph.iri))
        self._held: dict[tuple[str, Subject, str, Node], list[Record]] = {}
        statement = NamedNode(expand("rdf:Statement"))
        for subject in self.values.subjects():
            if statement in self.values.all(subject, "rdf:type"):
                self._add(subject)

    def of(self, graph: str, triple: Triple) -> list[Record]:
        """Return the records of a triple."""
        subject, predicate, value = nodes_of(triple)
        return self._held.get((graph, subject, predicate.value, value), [])

    def _add(self, record: Subject) -> None:
        parts = [
            self.values.all(record, name)
            for name in ("jsbio:inGraph", "rdf:subject", "rdf:predicate", "rdf:object")
        ]
        if any(len(part) != 1 for part in parts):
            return
        graph, subject, predicate, value = (part[0] for part in parts)
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
            return
        passages = map(self._passage, self.values.nodes(record, "jsbio:citesPassage"))
        held = Record(
            iri=record.value,
            passages=tuple(sorted(passages, key=lambda passage: _natural(passage.number))),
            sources=tuple(n.value for n in self.values.nodes(record, "jsbio:citesSource")),
            readings=tuple(n.value for n in self.values.nodes(record, "jsbio:restsOn")),
        )
        self._held.setdefault((graph.value, subject, predicate.value, value), []).append(held)

    def _passage(self, passage: NamedNode) -> Passage:
        document = self.values.nodes(passage, "oa:hasSource")
        phrases = [
            self.values.text(quote, "oa:exact")
            for selector in self.values.nodes(passage, "oa:hasSelector")
            for quote in self.values.nodes(selector, "oa:refinedBy")
        ]
        return Passage(
            document=document[0].value if document else "",
            section=self.values.text(passage, "jsbio:section"),
            number=self.values.text(passage, "jsbio:factNumber"),
            phrase=" … ".join(phrase for phrase in phrases if phrase),
        )


def _natural(number: str) -> tuple[int | str, ...]:
    """Order D1.9 before D1.10."""
    document, _, rest = number.partition(".")
    digits = "".join(sign for sign in rest if sign.isdecimal())
    return (document, int(digits or 0), rest)
