"""Whether the documents say what the records say they say.

In: a project and the texts of its documents. Out: findings. Of each record of a document graph,
every number, every name and every string of its triple has to occur in the sentences it cites,
or be licensed by a reading it rests on; and every passage it cites has to bear part of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..i18n import Message, message
from ..vocabulary import JSBIO, PREFIXES, expand, shrink
from .findings import Finding
from .index import Index
from .kinds import Kinds
from .passages import sentences_of, stated_in
from .project import GraphFile, Project
from .quantities import says_number
from .records import Evidence, Passage, Record
from .terms import Spelling
from .wording import has_citation_marker, has_wording

__all__ = ["TextualCheck", "check_phrases"]

Term: TypeAlias = NamedNode | BlankNode | Literal
RDF_TYPE: Final = expand("rdf:type")
CITATION_MARKER: Final = expand("jsbio:citationMarker")
NUMERIC: Final = frozenset(
    PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float")
)


@dataclass(frozen=True)
class _Claim:
    """Something a triple says that its text has to say: a term, and how to tell."""

    term: Term
    says: Message
    wordings: tuple[str, ...]

    def is_in(self, text: str, predicate: str) -> bool:
        if isinstance(self.term, Literal) and self.term.datatype.value in NUMERIC:
            if predicate == CITATION_MARKER:
                return has_citation_marker(text, self.term.value)
            try:
                number = Decimal(self.term.value)
                return says_number(text, number, predicate.removeprefix(JSBIO))
            except InvalidOperation:
                return False
        return any(has_wording(text, wording) for wording in self.wordings)


class TextualCheck:
    """Compares the records of one document graph with the text of its documents."""

    def __init__(
        self,
        project: Project,
        graph: GraphFile,
        evidence: Evidence,
        texts: Mapping[NamedNode, str],
    ) -> None:
        self._evidence = evidence
        self._texts = texts
        self._kinds = Kinds(project)
        self._stated = stated_in(graph, self._kinds)
        naming = [*project.of_role("EntityGraph"), graph]
        self._names = Index(triple for named in naming for triple in named.triples)
        self._company: dict[NamedNode, list[Passage]] = {}
        for passage in evidence.passages.values():
            for sentence in passage.sentences:
                self._company.setdefault(sentence, []).append(passage)

    def findings(self, record: Record) -> Iterator[Finding]:
        """Yield what the cited sentences do not say, without the place of the record."""
        passages = [p for iri in record.passages if (p := self._evidence.passages.get(iri))]
        texts = {passage.iri: self._text(passage) for passage in passages}
        if record.triple is None or not passages or any(text is None for text in texts.values()):
            return
        licensed = self._licensed(record)
        predicate = record.triple.predicate.value
        borne: list[set[NamedNode]] = []
        claims = list(self._claims(record.triple))
        for claim in claims:
            bearing = {iri for iri, text in texts.items() if claim.is_in(text or "", predicate)}
            if claim.term not in licensed:
                borne.append(bearing)
            if not bearing and claim.term not in licensed:
                yield Finding(
                    "",
                    claim.says,
                    message(
                        "Cite the passage that says it, or rest the record on a reading that "
                        "licenses it."
                    ),
                )
        if record.triple.subject not in self._stated:
            unread = [claim for claim in claims if claim.term not in licensed]
            yield from self._elsewhere(passages, unread, predicate)
        if len(texts) > 1:
            yield from self._idle(record, record.triple, borne)

    def _claims(self, triple: Triple) -> Iterator[_Claim]:
        """Yield what the text has to say: the names of subject and object, numbers, strings."""
        terms = (triple.subject, triple.object)
        for term in terms if triple.predicate.value != RDF_TYPE else terms[:1]:
            if isinstance(term, NamedNode) and self._kinds.is_named(term):
                wordings = self._wordings(term)
                says = message(
                    "The text does not name %(name)s (%(wordings)s).",
                    name=shrink(term.value),
                    wordings=", ".join(map(repr, wordings)) or "-",
                )
                yield _Claim(term, says, wordings)
            elif isinstance(term, Literal):
                says = message(
                    "The text does not say %(value)s as %(property)s.",
                    value=Spelling().literal(term),
                    property=shrink(triple.predicate.value),
                )
                yield _Claim(term, says, (term.value,))

    def _wordings(self, node: NamedNode) -> tuple[str, ...]:
        """Return the names of a node in any language."""
        names = ("rdfs:label", "skos:prefLabel", "skos:altLabel")
        found = [lit.value for name in names for lit in self._names.literals(node, name)]
        return tuple(dict.fromkeys(found))

    def _text(self, passage: Passage) -> str | None:
        """Return the sentences of a passage; None when the document or offsets are missing."""
        text = self._texts.get(passage.document) if passage.document else None
        spans = [span for span in passage.sentences.values() if span is not None]
        if text is None or not spans:
            return None
        ordered = sorted(spans, key=lambda span: span.start)
        return "\u241e".join(text[span.start : span.end] for span in ordered)

    def _licensed(self, record: Record) -> set[Term]:
        """Return what the readings of a record put in place of the wording."""
        found: set[Term] = set()
        for iri in record.readings:
            reading = self._evidence.readings.get(iri)
            if reading and reading.passages.intersection(record.passages):
                found |= reading.licensed
        return found

    def _elsewhere(
        self, cited: list[Passage], claims: list[_Claim], predicate: str
    ) -> Iterator[Finding]:
        """Yield a finding when the phrase of another passage of the sentence says it instead.

        A node that is stated somewhere is held to its passages by itself. For the names and
        places of other things, the phrase alone tells one fact of a sentence from the next.
        """

        def says(passage: Passage) -> bool:
            return any(claim.is_in(passage.exact, predicate) for claim in claims)

        if any(map(says, cited)):
            return
        company = (self._company.get(node, ()) for passage in cited for node in passage.sentences)
        others = sorted({each.number for beside in company for each in beside if says(each)})
        if others:
            yield Finding(
                "",
                message("The words stand in the phrase of another fact of the sentence."),
                message("Cite one of: %(facts)s.", facts=", ".join(others)),
            )

    def _idle(
        self, record: Record, triple: Triple, borne: list[set[NamedNode]]
    ) -> Iterator[Finding]:
        """Yield the passages that add nothing to a triple which cites several.

        A passage adds something when the triple's nodes are stated in its sentence, when a
        reading that the triple rests on applies to it, or when it says what no other sentence
        among the cited ones says.

        :param borne: the passages that say it, for each claim that no reading licenses.
        """
        readings = (self._evidence.readings.get(iri) for iri in record.readings)
        known = {passage for reading in readings if reading for passage in reading.passages}
        for term in (triple.subject, triple.object):
            if isinstance(term, NamedNode):
                known |= self._stated.get(term, {term})
        company = sentences_of(known, self._evidence)
        where = {iri: sentences_of([iri], self._evidence) for iri in record.passages}
        for iri, own in where.items():
            others = {other for other in where if own.isdisjoint(where[other])}
            adds = any(iri in bearing and not bearing & others for bearing in borne)
            if not adds and own.isdisjoint(company):
                yield Finding(
                    "",
                    message("%(passage)s adds nothing to the triple.", passage=shrink(iri.value)),
                    message("Cite only what the triple rests on."),
                )


def check_phrases(
    graph: GraphFile, evidence: Evidence, texts: Mapping[NamedNode, str]
) -> Iterator[Finding]:
    """Yield the passages of an evidence graph whose phrase is not where they say it is."""
    for passage in evidence.passages_in[graph.iri]:
        text = texts.get(passage.document) if passage.document else None
        if text is None or passage.phrase is None or passage.stated is None:
            continue
        start, end = passage.phrase.start, passage.phrase.end
        if text[start:end] != passage.exact:
            yield Finding(
                graph.place(passage.iri.value),
                message("The phrase %(phrase)r is not at its offsets.", phrase=passage.exact),
                message("There stands %(found)r.", found=text[start:end]),
            )
        quote = passage.prefix + passage.exact + passage.suffix
        sentence = text[passage.stated.start : passage.stated.end]
        if sentence.count(quote) != 1:
            yield Finding(
                graph.place(passage.iri.value),
                message(
                    "The quotation %(quote)r occurs %(n)d times in its sentence.",
                    quote=quote,
                    n=sentence.count(quote),
                ),
                message("Make it unique with oa:prefix and oa:suffix."),
            )
        elif sentence.index(quote) + len(passage.prefix) + passage.stated.start != start:
            yield Finding(
                graph.place(passage.iri.value),
                message("The quotation and the offsets point to different places."),
                message("Correct oa:prefix, oa:suffix or the offsets."),
            )
