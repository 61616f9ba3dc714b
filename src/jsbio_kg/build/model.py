"""The vocabulary as data, for its documentation: terms, families of classes, links between them.

In: the triples of an ontology. Out: a :class:`Model`. A family is a tree of classes with the
properties that its classes have; the diagram draws one panel for each.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ..i18n import LANGUAGES
from ..vocabulary import JSBIO, PREFIXES, shrink
from .index import Index

__all__ = ["KINDS", "Family", "Model", "Row", "Term", "read_model"]

#: The kinds of terms, in the order of the page.
KINDS: Final = {
    "class": "owl:Class",
    "object": "owl:ObjectProperty",
    "datatype": "owl:DatatypeProperty",
    "annotation": "owl:AnnotationProperty",
}
TRAITS: Final = ("owl:FunctionalProperty", "owl:TransitiveProperty", "owl:SymmetricProperty")
#: Properties that no class owns stand in a family of their own.
ANYTHING: Final = PREFIXES["owl"] + "Thing"


@dataclass(frozen=True)
class Term:
    """One term with what the ontology says of it, texts by language."""

    iri: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    notes: Mapping[str, str]
    parents: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    traits: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the compact name."""
        return shrink(self.iri)

    @property
    def is_own(self) -> bool:
        """Tell whether the term is of this vocabulary, and not borrowed."""
        return self.iri.startswith(JSBIO)

    @property
    def anchor(self) -> str:
        """Return its place in the page: the fragment of its IRI, when it is ours."""
        return self.iri.removeprefix(JSBIO) if self.is_own else self.name.replace(":", "-")


@dataclass(frozen=True)
class Row:
    """A class in the tree of its family.

    :param depth: how far below the root it stands.
    :param also: its parents outside the branch.
    """

    iri: str
    depth: int
    also: tuple[str, ...]
    properties: tuple[Term, ...]


@dataclass(frozen=True)
class Family:
    """A tree of classes, parents before children."""

    root: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Model:
    """The terms of an ontology by IRI, and what its header says."""

    terms: Mapping[str, Term]
    title: Mapping[str, str]
    about: Mapping[str, str]
    iri: str
    version: str
    citation: str
    licence: str

    def of_kind(self, kind: str) -> list[Term]:
        """Return the terms of a kind, ours first, each by name."""
        found = [term for term in self.terms.values() if term.kind == kind]
        return sorted(found, key=lambda term: (not term.is_own, term.name.lower()))

    def label(self, iri: str, language: str) -> str:
        """Return what a term is called, or its compact name."""
        term = self.terms.get(iri)
        return (term.labels.get(language) if term else "") or shrink(iri)

    def below(self, iri: str) -> list[Term]:
        """Return the terms right below one."""
        found = [term for term in self.terms.values() if iri in term.parents]
        return sorted(found, key=lambda term: term.name.lower())

    def users(self, iri: str, end: str) -> list[Term]:
        """Return the properties that have a class as ``domains`` or ``ranges``."""
        found = [term for term in self.terms.values() if iri in getattr(term, end)]
        return sorted(found, key=lambda term: term.name.lower())

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """Return the families, the largest first; what any thing may have comes last."""
        main = {term.iri: self._main_parent(term) for term in self.of_kind("class")}
        roots = [iri for iri, parent in main.items() if not parent]
        families = [Family(root, tuple(self._rows(root, main, 0))) for root in roots]
        families = [f for f in families if len(f.rows) > 1 or f.rows[0].properties]
        families.sort(key=lambda f: (-sum(1 + len(row.properties) for row in f.rows), f.root))
        loose = tuple(term for term in self._properties() if not term.domains)
        if loose:
            families.append(Family(ANYTHING, (Row(ANYTHING, 0, (), loose),)))
        return tuple(families)

    def _main_parent(self, term: Term) -> str:
        """Return the parent that a class stands below in the trees: one of ours if it has one."""
        known = [iri for iri in term.parents if iri in self.terms]
        return min(known, key=lambda iri: (not iri.startswith(JSBIO), iri), default="")

    def _rows(self, iri: str, main: Mapping[str, str], depth: int) -> Iterator[Row]:
        term = self.terms[iri]
        also = tuple(parent for parent in term.parents if parent != main[iri])
        properties = tuple(p for p in self._properties() if iri in p.domains[:1])
        yield Row(iri, depth, also, properties)
        for child in self.below(iri):
            if main.get(child.iri) == iri:
                yield from self._rows(child.iri, main, depth + 1)

    def _properties(self) -> list[Term]:
        found = [*self.of_kind("object"), *self.of_kind("datatype")]
        return [term for term in found if term.is_own]


def read_model(triples: Iterable[Triple]) -> Model:
    """Return the model of the first ontology that some triples describe."""
    index = Index(triples)
    terms = {}
    for kind, name in KINDS.items():
        for node in index.of_type(name):
            terms[node.value] = _term(index, node, kind)
    header = next(iter(index.of_type("owl:Ontology")), NamedNode(JSBIO))
    return Model(
        terms=terms,
        title=_texts(index, header, "dcterms:title") or _texts(index, header, "rdfs:label"),
        about=_texts(index, header, "dcterms:description"),
        iri=header.value,
        version=index.text(header, "owl:versionInfo"),
        citation=index.text(header, "dcterms:bibliographicCitation"),
        licence=next(iter(index.iris(header, "dcterms:license")), ""),
    )


def _term(index: Index, node: NamedNode, kind: str) -> Term:
    above = "rdfs:subClassOf" if kind == "class" else "rdfs:subPropertyOf"
    types = {shrink(iri) for iri in index.iris(node, "rdf:type")}
    return Term(
        iri=node.value,
        kind=kind,
        labels=_texts(index, node, "rdfs:label"),
        definitions=_texts(index, node, "skos:definition"),
        notes=_texts(index, node, "skos:scopeNote"),
        parents=tuple(sorted(index.iris(node, above))),
        domains=tuple(sorted(index.iris(node, "rdfs:domain"))),
        ranges=tuple(sorted(index.iris(node, "rdfs:range"))),
        traits=tuple(trait for trait in TRAITS if trait in types),
    )


def _texts(index: Index, node: NamedNode, predicate: str) -> Mapping[str, str]:
    literals: list[Literal] = index.literals(node, predicate)
    return {lit.language: lit.value for lit in literals if lit.language in LANGUAGES}
