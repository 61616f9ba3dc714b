"""Evidence as data: passages, sentences, readings, and the record of each triple.

In: a project. Out: plain objects. Nothing is judged here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .index import Index
from .project import GraphFile, Project

__all__ = ["Evidence", "Passage", "Reading", "Record", "Span", "read_evidence"]


@dataclass(frozen=True)
class Span:
    """A stretch of a document in Unicode code points: start inclusive, end exclusive."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """Whether another span lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Passage:
    """Where a numbered fact stands.

    :param sentences: the spans of its sentences by their IRI, None where one is incomplete.
    :param stated: the span its sentence selector gives.
    :param phrase: the span of the locating phrase.
    """

    iri: NamedNode
    number: str
    document: NamedNode | None
    section: str
    sentences: Mapping[NamedNode, Span | None]
    stated: Span | None
    phrase: Span | None
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Reading:
    """A judgement of the editors: where it applies, and what it puts in place of the wording."""

    iri: NamedNode
    passages: frozenset[NamedNode]
    licensed: frozenset[NamedNode | BlankNode | Literal]
    confidence: str


@dataclass(frozen=True)
class Record:
    """What one triple of a graph rests on.

    :param triple: None when the record does not name exactly one.
    """

    iri: NamedNode
    triple: Triple | None
    graph: NamedNode | None
    passages: tuple[NamedNode, ...]
    readings: tuple[NamedNode, ...]
    sources: tuple[NamedNode, ...]
    verification: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """All evidence of a project, by IRI; records by the graph they stand in.

    :param passages_in: the passages that a graph describes, by its IRI.
    """

    passages: Mapping[NamedNode, Passage]
    passages_in: Mapping[NamedNode, tuple[Passage, ...]]
    readings: Mapping[NamedNode, Reading]
    records: Mapping[NamedNode, tuple[Record, ...]]

    def of(self, graph: GraphFile) -> list[Record]:
        """Return the records of the triples of a graph."""
        held = self.records.get(graph.evidence, ()) if graph.evidence else ()
        return [record for record in held if record.graph == graph.iri]


def read_evidence(project: Project) -> Evidence:
    """Return the evidence of a project."""
    passages: dict[NamedNode, Passage] = {}
    passages_in: dict[NamedNode, tuple[Passage, ...]] = {}
    records: dict[NamedNode, tuple[Record, ...]] = {}
    for graph in project.of_role("EvidenceGraph"):
        index = Index(graph.triples)
        found = tuple(_passage(index, iri) for iri in index.of_type("jsbio:Passage"))
        passages_in[graph.iri] = found
        passages.update((passage.iri, passage) for passage in found)
        statements = index.of_type("rdf:Statement")
        records[graph.iri] = tuple(_record(index, iri) for iri in statements)
    readings = {}
    for graph in project.of_role("EditorialGraph"):
        index = Index(graph.triples)
        for iri in index.of_type("jsbio:Reading"):
            readings[iri] = _reading(index, iri)
    return Evidence(passages, passages_in, readings, records)


def _passage(index: Index, iri: NamedNode) -> Passage:
    """Return a passage; its sentence selector is the one that a quotation refines."""
    stated = phrase = None
    exact = prefix = suffix = ""
    for selector in index.nodes(iri, "oa:hasSelector"):
        quotes = index.nodes(selector, "oa:refinedBy")
        if not quotes:
            phrase = _span(index, selector)
            continue
        stated = _span(index, selector)
        exact = index.text(quotes[0], "oa:exact")
        prefix = index.text(quotes[0], "oa:prefix")
        suffix = index.text(quotes[0], "oa:suffix")
    return Passage(
        iri=iri,
        number=index.text(iri, "jsbio:factNumber"),
        document=next(iter(index.nodes(iri, "oa:hasSource")), None),
        section=index.text(iri, "jsbio:section"),
        sentences={node: _span(index, node) for node in index.nodes(iri, "jsbio:inSentence")},
        stated=stated,
        phrase=phrase,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
    )


def _span(index: Index, node: NamedNode) -> Span | None:
    start, end = index.number(node, "oa:start"), index.number(node, "oa:end")
    return None if start is None or end is None else Span(start, end)


def _reading(index: Index, iri: NamedNode) -> Reading:
    return Reading(
        iri=iri,
        passages=frozenset(index.nodes(iri, "jsbio:appliesTo")),
        licensed=frozenset(index.values(iri, "jsbio:licenses")),
        confidence=index.text(iri, "jsbio:confidence"),
    )


def _record(index: Index, iri: NamedNode) -> Record:
    subjects = index.values(iri, "rdf:subject")
    predicates = index.nodes(iri, "rdf:predicate")
    objects = index.values(iri, "rdf:object")
    graphs = index.nodes(iri, "jsbio:inGraph")
    triple = None
    if len(subjects) == len(predicates) == len(objects) == 1:
        subject = subjects[0]
        if not isinstance(subject, Literal):
            triple = Triple(subject, predicates[0], objects[0])
    return Record(
        iri=iri,
        triple=triple,
        graph=graphs[0] if len(graphs) == 1 else None,
        passages=tuple(index.nodes(iri, "jsbio:citesPassage")),
        readings=tuple(index.nodes(iri, "jsbio:restsOn")),
        sources=tuple(index.nodes(iri, "jsbio:citesSource")),
        verification=tuple(index.iris(iri, "jsbio:verification")),
    )
