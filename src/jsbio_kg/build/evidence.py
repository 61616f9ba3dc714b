"""Whether the evidence is complete and hangs together, as far as files alone can tell.

In: a project. Out: findings. Every triple of a document, reference or mapping graph has one
record and every record a triple; what a record cites exists and belongs to it. :mod:`passages`
looks at the passages themselves, :mod:`textual` compares all of it with the documents.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..i18n import Message, message
from ..vocabulary import expand, shrink
from .evidence_iri import evidence_iri
from .findings import Finding
from .index import terms_of
from .passages import check_passages
from .project import GraphFile, Project
from .records import Evidence, Record, read_evidence
from .terms import Spelling

__all__ = ["EVIDENCED_ROLES", "check_evidence", "check_grounds", "shown"]

EVIDENCED_ROLES: Final = ("FactGraph", "ReferenceGraph", "MappingGraph")
VERIFICATIONS: Final = frozenset(map(expand, ("jsbio:Verified", "jsbio:SingleSource")))


def check_evidence(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the evidence, without looking into the documents."""
    evidence = read_evidence(project)
    for graph in project.of_role(*EVIDENCED_ROLES):
        yield from _complete(project, graph, evidence)
    sources = frozenset(project.index.of_type("jsbio:ReferenceSource"))
    for holder in project.of_role("EvidenceGraph"):
        for record in evidence.records[holder.iri]:
            findings = list(_well_formed(project, record, holder))
            if not findings:
                findings = list(check_grounds(project, record, evidence, sources))
            where = holder.place(record.iri.value) if findings else ""
            yield from (Finding(where, found.what, found.fix) for found in findings)
    yield from check_passages(project, evidence)


def shown(triple: Triple) -> str:
    """Return a triple in compact names."""
    spelling = Spelling()
    terms = (term for term in terms_of(triple) if not isinstance(term, BlankNode))
    return " ".join(
        spelling.literal(term) if isinstance(term, Literal) else spelling.iri(term.value)
        for term in terms
    )


def _complete(project: Project, graph: GraphFile, evidence: Evidence) -> Iterator[Finding]:
    """Compare the triples of a graph with the records that speak of it."""
    holder = project.graph(graph.evidence) if graph.evidence else None
    if holder is None or holder.role != "EvidenceGraph":
        yield Finding(
            graph.file,
            message("The graph has no evidence graph."),
            message("Name one with jsbio:evidencedBy in data/sources.ttl."),
        )
        return
    recorded = {record.triple: record for record in evidence.of(graph) if record.triple}
    for triple in graph.triples:
        if triple not in recorded:
            subject, value = (getattr(t, "value", "") for t in (triple.subject, triple.object))
            yield Finding(
                graph.place(subject, triple.predicate.value, value),
                message("There is no evidence for %(triple)s.", triple=shown(triple)),
                _record_to_add(triple, graph),
            )
    held = frozenset(graph.triples)
    for recorded_triple, record in recorded.items():
        if recorded_triple not in held:
            yield Finding(
                holder.place(record.iri.value),
                message(
                    "The triple of this record (%(triple)s) is not in %(file)s.",
                    triple=shown(recorded_triple),
                    file=graph.file,
                ),
                message("Remove the record, or add the triple."),
            )


def _record_to_add(triple: Triple, graph: GraphFile) -> Message:
    name = shrink(evidence_iri(triple, graph.iri).value)
    if graph.role == "FactGraph":
        return message('Add %(iri)s, or have "jsbio-kg cite" write it.', iri=name)
    return message("Add %(iri)s.", iri=name)


def _well_formed(project: Project, record: Record, holder: GraphFile) -> Iterator[Finding]:
    """Yield findings on what a record says it speaks of."""
    if record.triple is None or record.graph is None:
        yield Finding(
            "",
            message("The record does not name one triple in one graph."),
            message("Give it one rdf:subject, rdf:predicate, rdf:object and jsbio:inGraph."),
        )
        return
    graph = project.graph(record.graph)
    if graph is None or graph.evidence != holder.iri:
        yield Finding(
            "",
            message("%(graph)s has its evidence elsewhere.", graph=shrink(record.graph.value)),
            message("Move the record, or correct jsbio:evidencedBy."),
        )
    expected = evidence_iri(record.triple, record.graph)
    if record.iri != expected:
        yield Finding(
            "",
            message("The IRI of the record is not made from its triple."),
            message("Call it %(iri)s.", iri=shrink(expected.value)),
        )


def check_grounds(
    project: Project, record: Record, evidence: Evidence, sources: frozenset[NamedNode]
) -> Iterator[Finding]:
    """Yield findings, without their place, on what a record cites.

    :param sources: the reference sources of the project.
    """
    graph = project.graph(record.graph) if record.graph else None
    if graph is not None and graph.role == "FactGraph":
        yield from _cites_passages(record, graph, evidence)
    else:
        yield from _cites_sources(record, sources)
    for iri in record.readings:
        reading = evidence.readings.get(iri)
        if reading is None:
            yield _unknown(iri)
        elif not reading.passages.intersection(record.passages):
            yield Finding(
                "",
                message("%(reading)s does not apply to this passage.", reading=shrink(iri.value)),
                message("Add jsbio:appliesTo to the reading, or rest the triple on another one."),
            )


def _cites_passages(record: Record, graph: GraphFile, evidence: Evidence) -> Iterator[Finding]:
    if not record.passages:
        yield Finding(
            "",
            message("The record cites no passage."),
            message("Name one with jsbio:citesPassage."),
        )
    for iri in record.passages:
        passage = evidence.passages.get(iri)
        if passage is None:
            yield _unknown(iri)
        elif passage.document not in graph.documents:
            yield Finding(
                "",
                message("%(passage)s is of another document.", passage=shrink(iri.value)),
                message("Cite a passage of the document that the graph is taken from."),
            )


def _cites_sources(record: Record, sources: frozenset[NamedNode]) -> Iterator[Finding]:
    if not record.sources:
        yield Finding(
            "",
            message("The record cites no source."),
            message("Name one with jsbio:citesSource."),
        )
    yield from (_unknown(iri) for iri in record.sources if iri not in sources)
    if len(record.verification) != 1 or record.verification[0] not in VERIFICATIONS:
        yield Finding(
            "",
            message("The record does not say how well it was checked."),
            message("Add jsbio:verification with jsbio:Verified or jsbio:SingleSource."),
        )


def _unknown(iri: NamedNode) -> Finding:
    return Finding(
        "",
        message("There is no %(name)s.", name=shrink(iri.value)),
        message("Correct the name, or add it."),
    )
