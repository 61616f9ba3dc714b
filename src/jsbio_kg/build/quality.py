"""The quality of the vocabulary: what shapes cannot say of terms (after ROBOT, OOPS! and FOOPS!).

In: a project. Out: findings. Whether labels and definitions are there, in both languages and with a
full stop, the shapes tell; whether what they say is any good, these rules. An exception stands on
the term (``jsbio:leavesOpen``), never in a rule.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from pyoxigraph import NamedNode

from ..i18n import LANGUAGES, Message, message
from ..vocabulary import JSBIO, shrink
from .borrowed import kind_of_borrowed
from .findings import Finding
from .header import check_header
from .index import Index
from .project import GraphFile, Project

__all__ = ["check_vocabulary"]

PROPERTIES: Final = ("owl:ObjectProperty", "owl:DatatypeProperty")
KINDS: Final = ("owl:Class", *PROPERTIES, "owl:AnnotationProperty")
HIERARCHIES: Final = ("rdfs:subClassOf", "rdfs:subPropertyOf")

#: Words that a title writes small.
SMALL_WORDS: Final = frozenset("a an and at by for from in of on or the to with".split())
ACRONYM: Final = re.compile(r"[A-Z0-9][A-Z0-9/-]+")
PARENTHESIS: Final = re.compile(r"\s*[(（].*?[)）]")


class Vocabulary:
    """The terms of one ontology file, and where they stand."""

    def __init__(self, graph: GraphFile) -> None:
        self.index = Index(graph.triples)
        self.terms = self.index.of_type(*KINDS)
        self._graph = graph

    def found(
        self, term: NamedNode, predicate: str, what: Message, fix: Message | None = None
    ) -> Finding:
        """Return a finding at a predicate of a term."""
        return Finding(self._graph.place(term.value, predicate), what, fix)

    def text(self, term: NamedNode, predicate: str, language: str) -> str:
        """Return a text of a term in a language, or an empty one."""
        texts = self.index.literals(term, predicate)
        return next((text.value for text in texts if text.language == language), "")

    def label(self, term: NamedNode, language: str) -> str:
        """Return the label of a term without what stands in brackets."""
        return PARENTHESIS.sub("", self.text(term, "rdfs:label", language))

    def own(self, *kinds: str) -> list[NamedNode]:
        """Return the terms of our namespace that are of some kinds."""
        return [term for term in self.index.of_type(*kinds) if term.value.startswith(JSBIO)]


def check_vocabulary(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the terms of the ontology and with its header."""
    for graph in project.of_role("OntologyGraph"):
        vocabulary = Vocabulary(graph)
        yield from check_header(vocabulary.index, graph)
        for rule in RULES:
            yield from rule(vocabulary)


def _repetition(vocabulary: Vocabulary) -> Iterator[Finding]:
    for term in vocabulary.terms:
        for language in LANGUAGES:
            if _says(vocabulary, term, term, language):
                yield vocabulary.found(
                    term,
                    "skos:definition",
                    message(
                        "The definition of %(term)s repeats its label @%(language)s.",
                        term=shrink(term.value),
                        language=language,
                    ),
                    message("Say in other words what it means."),
                )


def _circles(vocabulary: Vocabulary) -> Iterator[Finding]:
    for language in LANGUAGES:
        for first in vocabulary.terms:
            for second in vocabulary.terms:
                if (
                    first.value < second.value
                    and _says(vocabulary, first, second, language)
                    and _says(vocabulary, second, first, language)
                ):
                    yield vocabulary.found(
                        first,
                        "skos:definition",
                        message(
                            "%(first)s and %(second)s define each other @%(language)s.",
                            first=shrink(first.value),
                            second=shrink(second.value),
                            language=language,
                        ),
                        message("Define one of them without the other."),
                    )


def _says(vocabulary: Vocabulary, term: NamedNode, other: NamedNode, language: str) -> bool:
    """Whether the definition of a term holds the label of another, or of itself."""
    label = vocabulary.label(other, language).lower()
    definition = vocabulary.text(term, "skos:definition", language).lower()
    if not label or label not in definition:
        return False
    if language == "zh":
        return len(label) > 1 or definition.rstrip("。").endswith(label)
    return re.search(rf"\b{re.escape(label)}(s|es)?\b", definition) is not None


def _label_case(vocabulary: Vocabulary) -> Iterator[Finding]:
    for term in vocabulary.terms:
        words = vocabulary.label(term, "en").split()
        is_class = "owl:Class" in map(shrink, vocabulary.index.iris(term, "rdf:type"))
        wrong = [
            word
            for place, word in enumerate(words)
            if not (_is_title(word, place) if is_class else _is_low(word))
        ]
        if wrong:
            fix = (
                message("Write the label of a class in title case.")
                if is_class
                else message("Write the label of a property in lower case.")
            )
            what = message(
                "The label of %(term)s writes %(word)r.", term=shrink(term.value), word=wrong[0]
            )
            yield vocabulary.found(term, "rdfs:label", what, fix)


def _is_title(word: str, place: int) -> bool:
    return word[0].isupper() or word[0].isdigit() or (place > 0 and word in SMALL_WORDS)


def _is_low(word: str) -> bool:
    return word == word.lower() or ACRONYM.fullmatch(word) is not None


def _domain_and_range(vocabulary: Vocabulary) -> Iterator[Finding]:
    index = vocabulary.index
    for term in vocabulary.own(*KINDS):
        is_property = term in index.of_type(*PROPERTIES)
        left_open = list(map(shrink, index.iris(term, "jsbio:leavesOpen")))
        for end in ("rdfs:domain", "rdfs:range"):
            names = {"term": shrink(term.value), "end": end}
            if is_property and not index.values(term, end) and end not in left_open:
                yield vocabulary.found(
                    term,
                    "rdf:type",
                    message("%(term)s has no %(end)s.", **names),
                    message("Add it, or say with jsbio:leavesOpen and a scope note why not."),
                )
            if end in left_open and (index.values(term, end) or not is_property):
                yield vocabulary.found(
                    term,
                    "jsbio:leavesOpen",
                    message("%(term)s leaves %(end)s open for no reason.", **names),
                    message("Remove its jsbio:leavesOpen."),
                )
        if left_open and not index.values(term, "skos:scopeNote"):
            yield vocabulary.found(
                term,
                "jsbio:leavesOpen",
                message("%(term)s does not say why it is left open.", term=shrink(term.value)),
                message("Add a skos:scopeNote."),
            )


def _cycles(vocabulary: Vocabulary) -> Iterator[Finding]:
    for hierarchy in HIERARCHIES:
        for term in vocabulary.terms:
            above, waiting = set[str](), [term]
            while waiting:
                nodes = vocabulary.index.nodes(waiting.pop(), hierarchy)
                waiting += [node for node in nodes if node.value not in above]
                above |= {node.value for node in nodes}
            if term.value in above:
                yield vocabulary.found(
                    term,
                    hierarchy,
                    message("%(term)s stands above itself.", term=shrink(term.value)),
                    message("Cut the cycle of %(hierarchy)s.", hierarchy=hierarchy),
                )


def _orphans(vocabulary: Vocabulary) -> Iterator[Finding]:
    index = vocabulary.index
    joined = {
        iri
        for subject in index.subjects()
        for name in ("rdfs:subClassOf", "rdfs:domain", "rdfs:range", "rdf:type")
        for iri in index.iris(subject, name)
    }
    for term in vocabulary.own("owl:Class"):
        if term.value not in joined and not index.nodes(term, "rdfs:subClassOf"):
            yield vocabulary.found(
                term,
                "rdf:type",
                message("Nothing joins %(term)s to the other terms.", term=shrink(term.value)),
                message("Give it a superclass, or a property that has it as domain or range."),
            )


def _borrowed(vocabulary: Vocabulary) -> Iterator[Finding]:
    for term in vocabulary.terms:
        if term.value.startswith(JSBIO):
            continue
        name, kind = shrink(term.value), kind_of_borrowed(term.value)
        declared = list(map(shrink, vocabulary.index.iris(term, "rdf:type")))
        if kind is None:
            what = message("%(term)s is not a known term of its vocabulary.", term=name)
            fix = message("Correct the name, or look the term up and add it to borrowed.py.")
            yield vocabulary.found(term, "rdf:type", what, fix)
        elif kind not in declared:
            what = message("%(term)s is declared as another kind than it is.", term=name)
            yield vocabulary.found(
                term, "rdf:type", what, message("Declare it as %(kind)s.", kind=kind)
            )
        for predicate in (*HIERARCHIES, "rdfs:domain", "rdfs:range", "owl:equivalentClass"):
            if any(iri.startswith(JSBIO) for iri in vocabulary.index.iris(term, predicate)):
                yield vocabulary.found(
                    term,
                    predicate,
                    message("%(term)s, a term of others, is redefined by ours.", term=name),
                    message("Say it of a term of ours instead."),
                )


def _deprecated(vocabulary: Vocabulary) -> Iterator[Finding]:
    for term in vocabulary.terms:
        if vocabulary.index.text(term, "owl:deprecated") != "true":
            continue
        if not vocabulary.index.nodes(term, "dcterms:isReplacedBy"):
            yield vocabulary.found(
                term,
                "owl:deprecated",
                message("%(term)s is deprecated and not replaced.", term=shrink(term.value)),
                message("Name the term to use with dcterms:isReplacedBy."),
            )


RULES: Final[tuple[Callable[[Vocabulary], Iterator[Finding]], ...]] = (
    _repetition,
    _circles,
    _label_case,
    _domain_and_range,
    _cycles,
    _orphans,
    _borrowed,
    _deprecated,
)
