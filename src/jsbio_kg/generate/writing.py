"""One made-up document while it is written: its text, its facts, and the evidence of each.

In: sentences, and what they say. Out: text and triples.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from ..build.evidence_iri import evidence_iri
from ..vocabulary import expand
from .naming import Name

__all__ = ["Fact", "Writer", "integer", "known", "term"]

Value: TypeAlias = NamedNode | Literal
#: Subject, predicate as a compact name, object.
Fact: TypeAlias = tuple[NamedNode, str, Value]

INTEGER: Final = NamedNode(expand("xsd:integer"))
#: A locating phrase has at most this many words.
LONGEST_PHRASE: Final = 6
#: Sentences a section.
SECTION: Final = 25


def term(name: str) -> NamedNode:
    """Return the node of a compact name."""
    return NamedNode(expand(name))


#: The same for terms of a vocabulary, of which there are few.
known: Final = cache(term)


def integer(number: int) -> Literal:
    """Return a whole number."""
    return Literal(str(number), datatype=INTEGER)


class Writer:
    """Writes one document.

    :param number: the document is known as ``D<number>``.
    """

    def __init__(self, number: int, slug: str) -> None:
        self.number = number
        self.iri = term(f"document:{slug}")
        self.graph = term(f"graph:{slug}")
        self.facts: list[Triple] = []
        self.evidence: list[Triple] = []
        self.names: list[Triple] = []
        self._texts: list[str] = []
        self._characters = 0
        self._passages = 0
        self._nodes = 0

    @property
    def text(self) -> str:
        """Return what was written so far."""
        return "".join(self._texts)

    def __len__(self) -> int:
        return len(self.facts) + len(self.evidence) + len(self.names)

    def name(self, node: NamedNode, kind: str, name: Name, about: tuple[str, str]) -> None:
        """Give an entity its type, its labels and its descriptions."""
        self.names.append(_triple(node, "rdf:type", known(kind)))
        self.label(node, (name.en, name.zh), about)

    def label(self, node: NamedNode, labels: tuple[str, str], about: tuple[str, str]) -> None:
        """Give a node labels and descriptions in English and Chinese."""
        for predicate, texts in (("rdfs:label", labels), ("dcterms:description", about)):
            for text, language in zip(texts, ("en", "zh"), strict=True):
                literal = Literal(text, language=language)
                self.names.append(_triple(node, predicate, literal))

    def node(self, kind: str) -> NamedNode:
        """Return a new node that the document describes, such as a statistic."""
        self._nodes += 1
        slug = self.iri.value.rpartition("/")[2]
        return term(f"{kind}:{slug}-{self._nodes}")

    def state(
        self, sentence: str, facts: Iterable[Fact], described: NamedNode | None = None
    ) -> None:
        """Write a sentence, what it says, and where it says so.

        :param described: the node that the facts describe; it is stated in the sentence.
        """
        passage = self._passage(sentence)
        for subject, predicate, value in facts:
            self._fact(_triple(subject, predicate, value), passage)
        if described is not None:
            self._fact(_triple(described, "jsbio:statedIn", passage), passage)

    def _fact(self, triple: Triple, passage: NamedNode) -> None:
        self.facts.append(triple)
        record = evidence_iri(triple, self.graph)
        for predicate, value in (
            ("rdf:type", known("rdf:Statement")),
            ("rdf:subject", triple.subject),
            ("rdf:predicate", triple.predicate),
            ("rdf:object", triple.object),
            ("jsbio:citesPassage", passage),
            ("jsbio:inGraph", self.graph),
        ):
            self.evidence.append(Triple(record, known(predicate), value))

    def _passage(self, sentence: str) -> NamedNode:
        """Add a sentence to the text and return its passage."""
        start = self._characters
        end = start + len(sentence)
        place = self._passages
        separator = "\n\n" if place == 0 or (place + 1) % SECTION == 0 else " "
        self._texts.append(sentence + separator)
        self._characters = end + len(separator)
        self._passages += 1
        identifier = f"D{self.number}.{self._passages}"
        section = "title" if place == 0 else str(1 + place // SECTION)
        phrase = " ".join(sentence.split()[:LONGEST_PHRASE]).rstrip(".,")
        passage, where = term(f"passage:{identifier}"), term(f"sentence:{identifier}")
        selector = f"selector:{identifier}"
        whole, quote, part = (term(f"{selector}-{n}") for n in ("sentence", "quote", "phrase"))
        position, quotation = known("oa:TextPositionSelector"), known("oa:TextQuoteSelector")
        self.evidence += (
            _triple(passage, "rdf:type", known("jsbio:Passage")),
            _triple(passage, "oa:hasSource", self.iri),
            _triple(passage, "jsbio:factNumber", Literal(identifier)),
            _triple(passage, "jsbio:inSentence", where),
            _triple(passage, "jsbio:section", Literal(section)),
            _triple(passage, "oa:hasSelector", whole),
            _triple(passage, "oa:hasSelector", part),
            _triple(where, "rdf:type", known("jsbio:Sentence")),
            _triple(where, "oa:hasSource", self.iri),
            _triple(where, "jsbio:section", Literal(section)),
            _triple(where, "jsbio:sentenceNumber", Literal(f"{section}.{place}")),
            _triple(where, "oa:start", integer(start)),
            _triple(where, "oa:end", integer(end)),
            _triple(whole, "rdf:type", position),
            _triple(whole, "oa:start", integer(start)),
            _triple(whole, "oa:end", integer(end)),
            _triple(whole, "oa:refinedBy", quote),
            _triple(quote, "rdf:type", quotation),
            _triple(quote, "oa:exact", Literal(phrase)),
            _triple(part, "rdf:type", position),
            _triple(part, "oa:start", integer(start)),
            _triple(part, "oa:end", integer(start + len(phrase))),
        )
        return passage


def _triple(subject: NamedNode, predicate: str, value: Value) -> Triple:
    return Triple(subject, known(predicate), value)
