"""What a fact or an entity rests on, gathered for a reader.

In: a project, its evidence, the texts at hand, and a fact number, compact name or IRI. Out: the
passages with the triples that rest on each and the readings they need.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from ..errors import NotFound
from ..i18n import message
from ..vocabulary import PREFIXES, expand, shrink
from .project import Project
from .records import Evidence, Passage, Record

__all__ = ["Shown", "ShownReading", "show"]


@dataclass(frozen=True)
class ShownReading:
    """A reading as its reader sees it."""

    name: str
    confidence: str
    as_written: str
    read_as: str


@dataclass(frozen=True)
class Shown:
    """One passage and what rests on it.

    :param document: its short name and its title.
    :param before: what stands before the phrase in its sentence; with ``after`` the sentence.
        None when the document is not at hand.
    """

    number: str
    document: str
    section: str
    sentences: str
    start: int
    end: int
    phrase: str
    before: str | None
    after: str | None
    triples: tuple[Triple, ...]
    readings: tuple[ShownReading, ...]


def show(
    project: Project, evidence: Evidence, texts: Mapping[NamedNode, str], name: str
) -> list[Shown]:
    """Return the passages behind a fact number, a compact name or an IRI.

    :raises NotFound: when nothing of that name is stated by a document.
    """
    node = _node(name)
    for passage in evidence.passages.values():
        if name == passage.number or node == passage.iri:
            return [_shown(project, evidence, texts, passage, None)]
    cited = {
        passage
        for record, triple in _records(evidence)
        if node in (triple.subject, triple.object)
        for passage in record.passages
    }
    found = [passage for iri, passage in evidence.passages.items() if iri in cited]
    if node is None or not found:
        raise NotFound(
            message("No document states anything of %(name)s.", name=name),
            fix=message("Give a fact number (D1.67), a compact name (park:biobay) or an IRI."),
        )
    return [_shown(project, evidence, texts, passage, node) for passage in found]


def _node(name: str) -> NamedNode | None:
    prefix = name.partition(":")[0]
    try:
        return NamedNode(expand(name) if prefix in PREFIXES else name.strip("<>"))
    except ValueError:
        return None


def _records(evidence: Evidence) -> Iterator[tuple[Record, Triple]]:
    for held in evidence.records.values():
        for record in held:
            if record.triple is not None:
                yield record, record.triple


def _shown(
    project: Project,
    evidence: Evidence,
    texts: Mapping[NamedNode, str],
    passage: Passage,
    node: NamedNode | None,
) -> Shown:
    resting = [
        (record, triple)
        for record, triple in _records(evidence)
        if passage.iri in record.passages
        and (node is None or node in (triple.subject, triple.object))
    ]
    readings = sorted({iri for record, _ in resting for iri in record.readings}, key=str)
    phrase = passage.phrase
    start, end = (phrase.start, phrase.end) if phrase else (0, 0)
    text = texts.get(passage.document) if passage.document else None
    stated = passage.stated
    return Shown(
        number=passage.number,
        document=_document(project, passage.document),
        section=passage.section,
        sentences=", ".join(
            project.index.text(iri, "jsbio:sentenceNumber") for iri in passage.sentences
        ),
        start=start,
        end=end,
        phrase=passage.exact,
        before=text[stated.start : start] if text is not None and stated else None,
        after=text[end : stated.end] if text is not None and stated else None,
        triples=tuple(triple for _, triple in resting),
        readings=tuple(_reading(project, evidence, iri) for iri in readings),
    )


def _document(project: Project, iri: NamedNode | None) -> str:
    if iri is None:
        return ""
    index = project.index
    title = index.text(iri, "dcterms:title") or index.text(iri, "rdfs:label")
    return f"{index.text(iri, 'dcterms:identifier')} {title}".strip()


def _reading(project: Project, evidence: Evidence, iri: NamedNode) -> ShownReading:
    reading = evidence.readings.get(iri)
    return ShownReading(
        name=shrink(iri.value),
        confidence=reading.confidence if reading else "",
        as_written=project.index.text(iri, "jsbio:asWritten"),
        read_as=project.index.text(iri, "jsbio:readAs"),
    )
