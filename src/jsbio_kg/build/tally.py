"""Counting triples for the description of a dataset, in VoID's terms.

In: triples. Out: counts, as a whole, by class and by property, and of links to the data of others.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from ..vocabulary import PREFIXES, expand, shrink

__all__ = ["Tally", "count_links", "triple_of"]

_TYPE: Final = NamedNode(expand("rdf:type"))
_LINKS: Final = frozenset(
    NamedNode(expand(name))
    for name in (
        "owl:sameAs",
        "skos:broadMatch",
        "skos:closeMatch",
        "skos:exactMatch",
        "skos:narrowMatch",
        "skos:relatedMatch",
    )
)
_SPACES: Final = sorted(PREFIXES.items(), key=lambda item: len(item[1]), reverse=True)


class Tally:
    """Counts triples, and the distinct terms in each place."""

    def __init__(self, triples: Sequence[Triple]) -> None:
        self.triples = len(triples)
        self.subjects: set[object] = set()
        self.objects: set[object] = set()
        self.properties: Counter[NamedNode] = Counter()
        self.instances: dict[object, set[object]] = {}
        for subject, predicate, value in triples:
            self.subjects.add(subject)
            self.objects.add(value)
            self.properties[predicate] += 1
            if predicate == _TYPE:
                self.instances.setdefault(value, set()).add(subject)

    def add(self, other: "Tally") -> None:
        """Count what another has counted too."""
        self.triples += other.triples
        self.subjects |= other.subjects
        self.objects |= other.objects
        self.properties += other.properties
        for kind, instances in other.instances.items():
            self.instances.setdefault(kind, set()).update(instances)

    def told_of(self, node: str) -> Iterator[Triple]:
        """Yield the counts, as they are said of a dataset."""
        whole = NamedNode(node)
        yield _count(whole, "void:triples", self.triples)
        yield _count(whole, "void:distinctSubjects", len(self.subjects))
        yield _count(whole, "void:distinctObjects", len(self.objects))
        yield _count(whole, "void:properties", len(self.properties))
        yield _count(whole, "void:classes", len(self.instances))
        for space in sorted(self._vocabularies()):
            yield triple_of(whole, "void:vocabulary", NamedNode(space))
        for kind, instances in self.instances.items():
            if isinstance(kind, NamedNode):
                part = NamedNode(f"{node}-class-{_name(kind.value)}")
                yield triple_of(whole, "void:classPartition", part)
                yield triple_of(part, "void:class", kind)
                yield _count(part, "void:entities", len(instances))
        for term, number in self.properties.items():
            part = NamedNode(f"{node}-property-{_name(term.value)}")
            yield triple_of(whole, "void:propertyPartition", part)
            yield triple_of(part, "void:property", term)
            yield _count(part, "void:triples", number)

    def _vocabularies(self) -> set[str]:
        """Return the namespaces of the predicates and classes in use."""
        terms = {term.value for term in self.properties}
        terms |= {term.value for term in self.instances if isinstance(term, NamedNode)}
        return {space for term in terms for name, space in [_space(term)] if name}


def count_links(triples: Iterable[Triple], part: str, dataset: str, base: str) -> Iterator[Triple]:
    """Yield a linkset for each property of a graph that leads to the things of others."""
    found: Counter[tuple[NamedNode, str]] = Counter()
    for subject, predicate, value in triples:
        if predicate in _LINKS and isinstance(value, NamedNode):
            is_own = isinstance(subject, NamedNode) and subject.value.startswith(base)
            if is_own and not value.value.startswith(base):
                found[predicate, _space(value.value)[1]] += 1
    for (predicate, space), number in found.items():
        target = f"{dataset}-target-{_name(space)}"
        links = NamedNode(f"{part}-links-{_name(predicate.value)}-{_name(space)}")
        yield triple_of(NamedNode(part), "void:subset", links)
        yield triple_of(links, "rdf:type", NamedNode(expand("void:Linkset")))
        yield triple_of(links, "void:linkPredicate", predicate)
        yield triple_of(links, "void:subjectsTarget", NamedNode(dataset))
        yield triple_of(links, "void:objectsTarget", NamedNode(target))
        yield _count(links, "void:triples", number)
        yield triple_of(NamedNode(target), "rdf:type", NamedNode(expand("void:Dataset")))
        yield triple_of(NamedNode(target), "void:uriSpace", Literal(space))


def triple_of(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
    """Return a triple whose predicate is given by its short name."""
    return Triple(subject, NamedNode(expand(predicate)), value)


def _count(subject: NamedNode, predicate: str, number: int) -> Triple:
    integer = NamedNode(PREFIXES["xsd"] + "integer")
    return triple_of(subject, predicate, Literal(str(number), datatype=integer))


def _space(iri: str) -> tuple[str, str]:
    """Return the prefix and the namespace of an IRI; without a prefix, the address of its host."""
    for name, space in _SPACES:
        if iri.startswith(space):
            return name, space
    parts = urlsplit(iri)
    return "", f"{parts.scheme}://{parts.netloc}/" if parts.netloc else f"{parts.scheme}:"


def _name(iri: str) -> str:
    """Return a name for an IRI inside another: its short form, or a hash where it has none.

    >>> _name("http://www.w3.org/2004/02/skos/core#exactMatch")
    'skos.exactMatch'
    """
    short = shrink(iri)
    if short != iri and re.fullmatch(r"[\w.:-]+", short):
        return short.replace(":", ".").rstrip(".")
    return hashlib.sha256(iri.encode()).hexdigest()[:8]
