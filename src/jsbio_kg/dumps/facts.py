"""The table of facts: one row a fact, with its qualifiers and where it stands.

In: a dataset. Out: rows of text. A fact is a triple that has evidence; which passage a node is
``statedIn`` is no fact but the columns document, section and phrase. Labels, evidence and the
graphs that say something are held in memory.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ..vocabulary import expand, shrink
from .content import Content, Node, nodes_of
from .records import Labels, Record, Records, Subject, Values

__all__ = ["COLUMNS", "EVIDENCED_ROLES", "rows"]

COLUMNS: Final = (
    "subject",
    "subject_en",
    "subject_zh",
    "property",
    "property_en",
    "property_zh",
    "value",
    "value_en",
    "value_zh",
    "datatype",
    "language",
    "qualifiers_en",
    "qualifiers_zh",
    "document",
    "document_en",
    "document_zh",
    "section",
    "fact_number",
    "phrase",
    "source",
    "readings",
    "evidence",
    "graph",
)

#: The graphs whose triples have evidence.
EVIDENCED_ROLES: Final = ("FactGraph", "ReferenceGraph", "MappingGraph")

#: What makes a value hold somewhere, for something, to a degree: said of the node it is a value of.
QUALIFIERS: Final = tuple(
    expand(f"jsbio:{name}")
    for name in """place settlingIn sector aspect comparisonArea year targetYear level hedge unit
    counts countsMembersOf shareOf partCountOf durationOf inRanking rankedThing criterion closure
    subjectGroup action actsOn usedFor byMeansOf usesTechnology""".split()
)
STATED_IN: Final = expand("jsbio:statedIn")
BETWEEN: Final = "; "


def rows(content: Content) -> Iterator[tuple[str, ...]]:
    """Yield the rows, in the order of subject, property and value."""
    labels, records = Labels(content.whole()), Records(content)
    for graph in content.of_role(*EVIDENCED_ROLES):
        values = Values(content.triples(graph.iri))
        for triple in content.triples(graph.iri):
            subject, predicate, _ = nodes_of(triple)
            if predicate.value == STATED_IN:
                continue
            qualifiers = _qualifiers(values, subject, predicate, labels)
            held = records.of(graph.iri, triple)
            yield (
                *_said(triple, labels),
                *qualifiers,
                *_placed(held, labels),
                shrink(graph.iri),
            )


def _said(triple: Triple, labels: Labels) -> tuple[str, ...]:
    """Return subject, property and value, with labels."""
    subject, predicate, value = nodes_of(triple)
    if isinstance(value, Literal):
        datatype = "" if value.language else shrink(value.datatype.value)
        last = (value.value, "", "", datatype, value.language or "")
    else:
        last = (*_labelled(value, labels), "", "")
    return (*_labelled(subject, labels), *_labelled(predicate, labels), *last)


def _labelled(term: Subject | Node, labels: Labels) -> tuple[str, str, str]:
    if not isinstance(term, NamedNode):
        return (str(term), "", "")
    return (term.value, labels.get(term.value, "en"), labels.get(term.value, "zh"))


def _qualifiers(
    values: Values, subject: Subject, predicate: NamedNode, labels: Labels
) -> tuple[str, str]:
    """Return what else is said of the subject, as ``property: value`` in English and Chinese."""
    said = values.of(subject)
    written: dict[str, list[str]] = {"en": [], "zh": []}
    for name in QUALIFIERS:
        if name == predicate.value:
            continue
        for term in said.get(name, ()):
            for language, parts in written.items():
                value = labels.of(term.value, language) if _has_label(term) else term.value
                parts.append(f"{labels.of(name, language)}: {value}")
    return (BETWEEN.join(written["en"]), BETWEEN.join(written["zh"]))


def _has_label(term: Node) -> bool:
    return isinstance(term, NamedNode)


def _placed(held: list[Record], labels: Labels) -> tuple[str, ...]:
    """Return document, section, number, phrase, source, readings and evidence."""
    passages = list(dict.fromkeys(p for record in held for p in record.passages))
    documents = list(dict.fromkeys(p.document for p in passages if p.document))
    sources = dict.fromkeys(s for record in held for s in record.sources)
    readings = dict.fromkeys(r for record in held for r in record.readings)
    return (
        BETWEEN.join(documents),
        BETWEEN.join(labels.of(iri, "en") for iri in documents),
        BETWEEN.join(labels.of(iri, "zh") for iri in documents),
        BETWEEN.join(dict.fromkeys(p.section for p in passages)),
        BETWEEN.join(p.number for p in passages),
        BETWEEN.join(p.phrase for p in passages),
        BETWEEN.join(labels.of(iri, "en") for iri in sources),
        BETWEEN.join(map(shrink, readings)),
        BETWEEN.join(record.iri for record in held),
    )
