"""What follows from a graph: the result of reasoning, as the world sees it.

Published are the instance-level entailments: triples about things, between IRIs and literals. Left
out are triples that are asserted, that name a blank node, that say of something that it is the same
as itself, an ``owl:Thing`` or of a datatype, and triples that are axioms or say of a term which
kind of class or property it is; those are used, and not published.
"""

from collections.abc import Iterator, Set
from functools import cached_property
from itertools import permutations, product

from pyoxigraph import Literal, NamedNode

from ..vocabulary import BORROWED
from . import terms as t
from .facts import Facts, occurring
from .kinds import unpublished_classes
from .proof import Proof, search
from .schema import Schema
from .terms import LOW, Term, Triple
from .view import View

__all__ = ["Closure"]

_VOCABULARIES = tuple(BORROWED[name] for name in ("rdf", "rdfs", "owl", "xsd"))
#: Of the terms that the rules name, the predicates that say something about things.
_ABOUT_THINGS = frozenset((t.TYPE, t.SAME_AS, t.DIFFERENT_FROM))

Numbers = tuple[int, int, int]


class Closure:
    """A graph and all that follows from it."""

    def __init__(self, facts: Facts, schema: Schema) -> None:
        self._facts = facts
        self._schema = schema

    def inferred(self) -> list[Triple]:
        """Return the published triples that follow and are not asserted, sorted as N-Triples."""
        return list(self._inferred)

    @cached_property
    def _inferred(self) -> list[Triple]:
        names = self._facts.terms.names
        found = list(self._published())
        used = sorted({term for triple in found for term in triple}, key=lambda i: str(names[i]))
        rank = {term: place for place, term in enumerate(used)}
        keys = sorted(rank[s] << 64 | rank[p] << 32 | rank[o] for s, p, o in found)
        ordered = [names[term] for term in used]
        return [(ordered[k >> 64], ordered[k >> 32 & LOW], ordered[k & LOW]) for k in keys]

    def explain(self, subject: Term, predicate: Term, object_: Term) -> Proof | None:
        """Return the proof of a triple, None when it does not follow."""
        ids = self._facts.terms.ids
        s, p, o = ids.get(subject), ids.get(predicate), ids.get(object_)
        if s is None or p is None or o is None:
            return None
        return search(self._view, (s, p, o), self._facts.terms.names)

    @cached_property
    def _view(self) -> View:
        return View(self._facts, self._schema)

    # -- what is published

    def _published(self) -> Iterator[Numbers]:
        subjects = self._subjects
        for subject, predicate, object_ in self._derived():
            if (
                subject in subjects
                and object_ in self._objects
                and predicate in self._predicates
                and (predicate != t.TYPE or object_ in self._classes)
            ):
                yield subject, predicate, object_

    @cached_property
    def _objects(self) -> set[int]:
        names = self._facts.terms.names
        return {i for i, term in enumerate(names) if isinstance(term, NamedNode | Literal)}

    @cached_property
    def _subjects(self) -> set[int]:
        names = self._facts.terms.names
        return {
            i
            for i, term in enumerate(names)
            if isinstance(term, NamedNode) and not term.value.startswith(_VOCABULARIES)
        }

    @cached_property
    def _predicates(self) -> set[int]:
        names = self._facts.terms.names
        axioms = set(range(len(t.RESERVED))) - _ABOUT_THINGS
        used = {*self._facts.columns, *self._facts.pairs, t.TYPE, t.SAME_AS}
        used.update(name for term in list(used) for name in self._facts.names_of(term))
        return {i for i in used if isinstance(names[i], NamedNode)} - axioms

    @cached_property
    def _classes(self) -> set[int]:
        return self._objects - unpublished_classes(self._facts)

    # -- what is derived

    def _derived(self) -> Iterator[Numbers]:
        """Give the triples that follow and are not asserted, in the names of the input."""
        alike = self._facts.parents.keys() | self._facts.cliques.keys()
        if not alike:
            yield from self._added()
            return
        asserted = set(self._asserted_of(alike))
        copied = set(asserted)
        for triple in self._added():
            if alike.isdisjoint(triple):
                yield triple
            else:
                copied.add(triple)
        find, names_of = self._facts.find, self._facts.names_of
        for s, p, o in {(find(s), find(p), find(o)) for s, p, o in copied}:
            yield from set(product(names_of(s), names_of(p), names_of(o))) - asserted
        said = {(pair >> 32, pair & LOW) for pair in self._facts.columns.get(t.SAME_AS, ())}
        for clique in self._facts.cliques.values():
            yield from ((x, t.SAME_AS, y) for x, y in permutations(clique, 2) if (x, y) not in said)
        for alias in names_of(t.SAME_AS)[1:]:
            for one in occurring(self._facts):
                yield from {(one, alias, other) for other in names_of(find(one))} - asserted

    def _added(self) -> Iterator[Numbers]:
        """Give what the rules added, in the names of the representatives."""
        facts = self._facts
        for property_, pairs in facts.pairs.items():
            if property_ not in (t.TYPE, t.SAME_AS):
                for pair in pairs.difference(facts.columns.get(property_, ())):
                    yield pair >> 32, property_, pair & LOW
        for class_, members in facts.members.items():
            for member in members.difference(facts.typed.get(class_, ())):
                yield member, t.TYPE, class_

    def _asserted_of(self, terms: Set[int]) -> Iterator[Numbers]:
        """Give the asserted triples that name one of some terms, sameness aside."""
        for property_, column in self._facts.columns.items():
            if property_ != t.SAME_AS:
                for pair in column:
                    triple = pair >> 32, property_, pair & LOW
                    if not terms.isdisjoint(triple):
                        yield triple
