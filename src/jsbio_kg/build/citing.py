"""Writing evidence: a passage for a phrase of a document, and the records that cite it.

In: triples of a document graph, and a phrase of its text. Out: the evidence file with one passage
and one record for each triple. What the text does not say is found by the checks, not here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from ..errors import NotFound, SourceError
from ..i18n import message
from ..vocabulary import PREFIXES, expand, shrink
from .documents import documents_of
from .evidence import shown
from .evidence_iri import evidence_iri
from .locating import Citation, Place, context_of, find_phrase
from .project import GraphFile, Project
from .records import Passage, read_evidence
from .sources import described, rewrite

__all__ = ["Citation", "Cited", "cite", "graph_of", "open_triples"]


@dataclass(frozen=True)
class Cited:
    """What was written: the number of the passage and the records, by their IRI."""

    number: str
    records: tuple[NamedNode, ...]
    file: str


def graph_of(project: Project, triples: Sequence[Triple], document: str = "") -> GraphFile:
    """Return the document graph that states all of some triples.

    :param document: the slug or the number of the document, where several graphs do.
    :raises SourceError: when no graph states them, or more than one.
    """
    names = {each.iri: {each.identifier, shrink(each.iri.value)} for each in documents_of(project)}
    stating = [
        graph
        for graph in project.of_role("FactGraph")
        if set(triples) <= set(graph.triples) and (not document or _is_of(graph, document, names))
    ]
    if len(stating) == 1:
        return stating[0]
    if stating:
        raise SourceError(
            message("Several documents state this."),
            ", ".join(graph.file for graph in stating),
            message("Say which one with --document."),
        )
    everywhere = {t for graph in project.of_role("FactGraph") for t in graph.triples}
    missing = next((triple for triple in triples if triple not in everywhere), triples[0])
    raise SourceError(
        message("No document graph states %(triple)s.", triple=shown(missing)),
        document,
        message("Write it into facts.ttl of the document first."),
    )


def _is_of(graph: GraphFile, name: str, names: Mapping[NamedNode, set[str]]) -> bool:
    wanted = {name, f"document:{name}"}
    return any(wanted & names.get(iri, set()) for iri in graph.documents)


def open_triples(project: Project, subject: NamedNode) -> list[Triple]:
    """Return what document graphs state of a thing, and no record speaks of yet.

    :raises NotFound: when there is nothing.
    """
    evidence = read_evidence(project)
    found = []
    for graph in project.of_role("FactGraph"):
        recorded = {record.triple for record in evidence.of(graph)}
        found += [t for t in graph.triples if t.subject == subject and t not in recorded]
    if found:
        return found
    raise NotFound(
        message("Nothing that is stated of %(name)s lacks evidence.", name=shrink(subject.value)),
        fix=message("Write its triples into facts.ttl first, or name the triple to cite."),
    )


def cite(
    project: Project,
    graph: GraphFile,
    triples: Sequence[Triple],
    citation: Citation,
    texts: Mapping[NamedNode, str],
) -> Cited:
    """Write the passage and the records, and return what they are.

    :raises SourceError: when the phrase is not in the text, or in more than one place.
    """
    holder = project.graph(graph.evidence) if graph.evidence else None
    if holder is None:
        raise SourceError(
            message("The graph has no evidence graph."),
            graph.file,
            message("Name one with jsbio:evidencedBy in data/sources.ttl."),
        )
    passages = read_evidence(project).passages
    document = graph.documents[0]
    known = {each.iri: each.identifier for each in documents_of(project)}
    number = citation.number or _next_number(known[document], passages)
    passage = NamedNode(expand(f"passage:{number}"))
    added: list[Triple] = []
    if passage in passages:
        _refuse_other(passages[passage], citation)
    else:
        if document not in texts:
            raise SourceError(
                message("The text of %(name)s is not at hand.", name=shrink(document.value)),
                "--sources",
                message("Name the folder with your copy of it."),
            )
        place = find_phrase(project, document, texts[document], citation)
        added += _passage(passage, number, document, place, texts[document])
    records = []
    for triple in triples:
        record = evidence_iri(triple, graph.iri)
        records.append(record)
        added += _record(record, triple, graph.iri, passage, citation.readings)
    rewrite(project.root / holder.file, [*holder.triples, *added])
    return Cited(number, tuple(records), holder.file)


def _next_number(identifier: str, passages: Mapping[NamedNode, Passage]) -> str:
    start = f"{identifier}."
    taken = [p.number.removeprefix(start) for p in passages.values() if p.number.startswith(start)]
    return f"{start}{max((int(n) for n in taken if n.isdecimal()), default=0) + 1}"


def _refuse_other(passage: Passage, citation: Citation) -> None:
    if citation.phrase and passage.exact.split() != citation.phrase.split():
        raise SourceError(
            message(
                "%(number)s has another phrase: %(phrase)r.",
                number=passage.number,
                phrase=passage.exact,
            ),
            "--phrase",
            message("Leave --phrase out to cite it as it is, or give a new number with --fact."),
        )


def _passage(
    passage: NamedNode, number: str, document: NamedNode, place: Place, text: str
) -> Iterator[Triple]:
    names = ("sentence", "phrase", "quote")
    stated, phrase, quote = (NamedNode(expand(f"selector:{number}-{name}")) for name in names)
    yield described(passage, "rdf:type", NamedNode(expand("jsbio:Passage")))
    yield described(passage, "jsbio:factNumber", Literal(number))
    yield described(passage, "jsbio:inSentence", place.sentence)
    yield described(passage, "jsbio:section", Literal(place.section))
    yield described(passage, "oa:hasSource", document)
    for selector, span in ((stated, place.span), (phrase, place.phrase)):
        yield described(passage, "oa:hasSelector", selector)
        yield described(selector, "rdf:type", NamedNode(expand("oa:TextPositionSelector")))
        yield described(selector, "oa:start", _integer(span.start))
        yield described(selector, "oa:end", _integer(span.end))
    yield described(stated, "oa:refinedBy", quote)
    yield described(quote, "rdf:type", NamedNode(expand("oa:TextQuoteSelector")))
    yield described(quote, "oa:exact", Literal(text[place.phrase.start : place.phrase.end]))
    prefix, suffix = context_of(text, place)
    for name, words in (("oa:prefix", prefix), ("oa:suffix", suffix)):
        if words:
            yield described(quote, name, Literal(words))


def _record(
    record: NamedNode,
    triple: Triple,
    graph: NamedNode,
    passage: NamedNode,
    readings: Sequence[NamedNode],
) -> Iterator[Triple]:
    assert isinstance(triple.subject, NamedNode)
    assert isinstance(triple.object, NamedNode | Literal)
    yield described(record, "rdf:type", NamedNode(expand("rdf:Statement")))
    yield described(record, "rdf:subject", triple.subject)
    yield described(record, "rdf:predicate", triple.predicate)
    yield described(record, "rdf:object", triple.object)
    yield described(record, "jsbio:inGraph", graph)
    yield described(record, "jsbio:citesPassage", passage)
    for reading in readings:
        yield described(record, "jsbio:restsOn", reading)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(PREFIXES["xsd"] + "integer"))
