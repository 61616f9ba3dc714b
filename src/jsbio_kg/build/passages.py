"""Whether passages agree with their sentences, and records with the nodes they speak of.

In: a project and its evidence. Out: findings.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import NamedNode, Triple

from ..i18n import message
from ..vocabulary import expand, shrink
from .findings import Finding
from .kinds import Kinds
from .project import GraphFile, Project
from .records import Evidence, Passage, Record, Span

__all__ = ["check_company", "check_passages", "sentences_of", "stated_in"]

STATED_IN: Final = expand("jsbio:statedIn")

#: A locating phrase finds a place; it does not copy the sentence.
LONGEST_PHRASE: Final = 8


def check_passages(project: Project, evidence: Evidence) -> Iterator[Finding]:
    """Yield passages whose parts disagree, and records that disagree with their nodes."""
    for graph in project.of_role("EvidenceGraph"):
        for passage in evidence.passages_in[graph.iri]:
            findings = list(_located(passage))
            where = graph.place(passage.iri.value) if findings else ""
            yield from (Finding(where, found.what, found.fix) for found in findings)
    kinds = Kinds(project)
    for graph in project.of_role("FactGraph"):
        yield from _vouched(project, graph, evidence, kinds)


def _located(passage: Passage) -> Iterator[Finding]:
    name = passage.iri.value.removeprefix(expand("passage:"))
    if passage.number != name:
        yield Finding(
            "",
            message("The passage has another fact number."),
            message("Write jsbio:factNumber %(name)r.", name=name),
        )
    spans = [span for span in passage.sentences.values() if span is not None]
    stated, phrase = passage.stated, passage.phrase
    if not spans or len(spans) < len(passage.sentences) or stated is None or phrase is None:
        yield Finding(
            "",
            message("The passage lacks a sentence, or offsets."),
            message(
                "Give it jsbio:inSentence and two oa:hasSelector, all with oa:start and oa:end."
            ),
        )
        return
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    if stated not in (*spans, whole):
        yield Finding(
            "",
            message("Its sentence selector has other offsets than its sentence."),
            message("Correct oa:start and oa:end."),
        )
    if not stated.holds(phrase) or phrase.end - phrase.start != len(passage.exact):
        yield Finding(
            "",
            message("The offsets of its phrase do not fit the phrase or the sentence."),
            message("Correct oa:start, oa:end and oa:exact."),
        )
    if not 0 < len(passage.exact.split()) <= LONGEST_PHRASE:
        yield Finding(
            "",
            message("A locating phrase has one to %(n)d words.", n=LONGEST_PHRASE),
            message("Quote less."),
        )


def _vouched(
    project: Project, graph: GraphFile, evidence: Evidence, kinds: Kinds
) -> Iterator[Finding]:
    """Yield nodes and records that do not vouch for each other.

    A node that a document describes names its passages itself (``jsbio:statedIn``), so the node
    and the records of its triples vouch for each other: a wrong fact number in one of them shows.
    """
    holder = project.graph(graph.evidence) if graph.evidence else None
    if holder is None:
        return
    stated = stated_in(graph, kinds)
    yield from _anchored(graph, evidence, stated)
    for record in evidence.of(graph):
        for found in check_company(record, stated):
            yield Finding(holder.place(record.iri.value), found.what, found.fix)


def check_company(record: Record, stated: Mapping[NamedNode, set[NamedNode]]) -> Iterator[Finding]:
    """Yield a finding, without its place, on a record that stands elsewhere than its node.

    A passage of the same sentence will not do: a sentence may hold a dozen numbered facts.
    """
    expected = _expected(record.triple, stated)
    if expected and expected.isdisjoint(record.passages):
        yield Finding(
            "",
            message(
                "The record cites %(cited)s, and its node is stated in %(stated)s.",
                cited=_names(record.passages),
                stated=_names(expected),
            ),
            message("Correct the fact number, or add jsbio:statedIn to the node."),
        )


def _anchored(
    graph: GraphFile, evidence: Evidence, stated: Mapping[NamedNode, set[NamedNode]]
) -> Iterator[Finding]:
    """Yield nodes that are stated nowhere, or where no other triple of theirs stands."""
    resting: dict[object, set[NamedNode]] = {}
    for record in evidence.of(graph):
        if record.triple is not None and record.triple.predicate.value != STATED_IN:
            for term in (record.triple.subject, record.triple.object):
                resting.setdefault(term, set()).update(record.passages)
    for node, passages in stated.items():
        if not passages:
            yield Finding(
                graph.place(node.value),
                message("%(node)s does not say where it is stated.", node=shrink(node.value)),
                message("Add jsbio:statedIn with its passage."),
            )
        for passage in sorted(passages, key=str):
            if passage not in resting.get(node, ()):
                yield Finding(
                    graph.place(node.value, STATED_IN, passage.value),
                    message(
                        "No other triple of %(node)s rests on %(passage)s.",
                        node=shrink(node.value),
                        passage=shrink(passage.value),
                    ),
                    message("Correct the fact number, or remove the passage from jsbio:statedIn."),
                )


def stated_in(graph: GraphFile, kinds: Kinds) -> dict[NamedNode, set[NamedNode]]:
    """Return the passages where each node that a graph describes says it is stated."""
    stated: dict[NamedNode, set[NamedNode]] = {}
    for triple in graph.triples:
        if isinstance(triple.subject, NamedNode) and kinds.is_described(triple.subject):
            found = stated.setdefault(triple.subject, set())
            if triple.predicate.value == STATED_IN and isinstance(triple.object, NamedNode):
                found.add(triple.object)
    return stated


def _expected(triple: Triple | None, stated: Mapping[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    """Return the passages whose company a record has to keep; none if any will do."""
    if triple is None or not isinstance(triple.subject, NamedNode):
        return set()
    if triple.predicate.value == STATED_IN and isinstance(triple.object, NamedNode):
        return {triple.object}
    return stated.get(triple.subject, set())


def sentences_of(passages: Iterable[NamedNode], evidence: Evidence) -> set[NamedNode]:
    """Return the sentences in which some passages stand."""
    known = (evidence.passages[iri] for iri in passages if iri in evidence.passages)
    return {sentence for passage in known for sentence in passage.sentences}


def _names(passages: Iterable[NamedNode]) -> str:
    return ", ".join(sorted(shrink(iri.value) for iri in passages))
