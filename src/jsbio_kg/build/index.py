"""Triples by subject and predicate: the look-ups that the checks need, in plain dictionaries."""

from collections.abc import Iterable, Iterator, KeysView
from sys import intern
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ..vocabulary import expand

__all__ = ["Index", "Term", "quads_of", "terms_of", "triple_of"]

Subject: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal


def triple_of(subject: Term, predicate: Term, value: Term) -> Triple:
    """Return a triple of terms that stand where RDF lets them stand."""
    assert not isinstance(subject, Literal) and isinstance(predicate, NamedNode)
    return Triple(subject, predicate, value)


def terms_of(triple: Triple) -> tuple[Term, NamedNode, Term]:
    """Return the terms of a triple; readers have refused triples inside triples."""
    subject, predicate, value = triple
    assert not isinstance(subject, Triple) and not isinstance(value, Triple)
    return subject, predicate, value


def quads_of(triples: Iterable[Triple], graph: NamedNode) -> Iterator[Quad]:
    """Yield triples as those of a named graph."""
    return (Quad(t.subject, t.predicate, t.object, graph) for t in triples)


class Index:
    """Looks up objects by subject and predicate; predicates are given as compact names."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._objects: dict[Subject, dict[str, list[Term]]] = {}
        for triple in triples:
            subject, predicate, value = terms_of(triple)
            assert not isinstance(subject, Literal)
            # One text a predicate, not one a triple: there are millions of these.
            name = intern(predicate.value)
            values = self._objects.setdefault(subject, {}).setdefault(name, [])
            if value not in values:
                values.append(value)

    def subjects(self) -> KeysView[Subject]:
        """Return every subject, in the order of the files."""
        return self._objects.keys()

    def predicates(self, subject: Subject) -> KeysView[str]:
        """Return the IRIs of the predicates of a subject."""
        return self._objects.get(subject, {}).keys()

    def values(self, subject: Subject, predicate: str) -> list[Term]:
        """Return the objects of a subject and a predicate."""
        return self._objects.get(subject, {}).get(expand(predicate), [])

    def nodes(self, subject: Subject, predicate: str) -> list[NamedNode]:
        """Return the objects that have an IRI."""
        return [o for o in self.values(subject, predicate) if isinstance(o, NamedNode)]

    def iris(self, subject: Subject, predicate: str) -> list[str]:
        """Return the IRIs among the objects."""
        return [node.value for node in self.nodes(subject, predicate)]

    def literals(self, subject: Subject, predicate: str) -> list[Literal]:
        """Return the literals among the objects."""
        return [o for o in self.values(subject, predicate) if isinstance(o, Literal)]

    def text(self, subject: Subject, predicate: str) -> str:
        """Return the text of the first literal, or an empty one."""
        return next((o.value for o in self.literals(subject, predicate)), "")

    def number(self, subject: Subject, predicate: str) -> int | None:
        """Return the first literal as an integer, or None when there is none."""
        text = self.text(subject, predicate)
        return int(text) if text.lstrip("-").isdecimal() else None

    def of_type(self, *classes: str) -> list[NamedNode]:
        """Return the subjects that have one of some classes, given as compact names."""
        wanted = {expand(name) for name in classes}
        return [
            subject
            for subject in self._objects
            if isinstance(subject, NamedNode)
            and wanted.intersection(self.iris(subject, "rdf:type"))
        ]
