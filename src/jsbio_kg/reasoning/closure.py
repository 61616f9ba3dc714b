"""What follows from a graph: the result of reasoning, as the world sees it.

Published are the instance-level entailments: triples about things, between IRIs and literals. Left
out are triples that are asserted, that name a blank node, that say of something that it is the same
as itself, an ``owl:Thing`` or of a datatype, and triples that are axioms or say of a term which
kind of class or property it is; those are used, and not published.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import permutations, product

from pyoxigraph import Literal, NamedNode

from ..vocabulary import BORROWED
from . import terms as t
from .facts import Facts, Pairs, occurring
from .kinds import unpublished
from .proof import Proof, search
from .schema import Schema
from .terms import SPAN, Term, Triple
from .view import View

__all__ = ["Closure"]

_VOCABULARIES = tuple(BORROWED[name] for name in ("rdf", "rdfs", "owl", "xsd"))
_LOW = (1 << 32) - 1
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
        found = [
            (property_, self._published(property_, pairs)) for property_, pairs in self._derived()
        ]
        used = {property_ for property_, pairs in found if pairs}
        for _, pairs in found:
            used.update([pair // SPAN for pair in pairs])
            used.update([pair % SPAN for pair in pairs])
        ordered = sorted(used, key=lambda term: str(names[term]))
        rank = {term: place for place, term in enumerate(ordered)}
        keys: list[int] = []
        for property_, pairs in found:
            if pairs:
                middle = rank[property_] << 32
                keys += [rank[p // SPAN] << 64 | middle | rank[p % SPAN] for p in pairs]
        keys.sort()
        terms = [names[term] for term in ordered]
        return [(terms[k >> 64], terms[k >> 32 & _LOW], terms[k & _LOW]) for k in keys]

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

    def _published(self, property_: int, pairs: Pairs) -> list[int]:
        """Return the pairs of a property that are published."""
        if property_ not in self._predicates:
            return []
        subjects = self._subjects
        objects = self._classes if property_ == t.TYPE else self._objects
        return [pair for pair in pairs if pair % SPAN in objects and pair // SPAN in subjects]

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
        facts = self._facts
        used = {name for c in {*facts.typed, *facts.members} for name in facts.names_of(c)}
        return (used & self._objects) - unpublished(facts, used)

    # -- what is derived

    def _derived(self) -> Iterator[tuple[int, Pairs]]:
        """Give the pairs that follow and are not asserted, in the names of the input."""
        alike = self._facts.parents.keys() | self._facts.cliques.keys()
        if not alike:
            yield from self._added()
            return
        asserted = {triple for triple in self._asserted() if not alike.isdisjoint(triple)}
        copied = set(asserted)
        for property_, pairs in self._added():
            named = {
                p for p in pairs if p // SPAN in alike or p % SPAN in alike or property_ in alike
            }
            copied.update((pair // SPAN, property_, pair % SPAN) for pair in named)
            yield property_, set(pairs) - named
        copies: dict[int, set[int]] = defaultdict(set)
        for s, p, o in self._copies(copied) - asserted:
            copies[p].add(s * SPAN + o)
        yield from copies.items()

    def _added(self) -> Iterator[tuple[int, Pairs]]:
        """Give what the rules added, in the names of the representatives."""
        facts = self._facts
        # Lists, since who is given them may look at further classes meanwhile.
        for property_, pairs in list(facts.pairs.items()):
            if property_ not in (t.TYPE, t.SAME_AS):
                yield property_, pairs.difference(facts.columns.get(property_, ()))
        for class_, members in list(facts.members.items()):
            found = members.difference(facts.typed.get(class_, ()))
            yield t.TYPE, [member * SPAN + class_ for member in found]

    def _asserted(self) -> Iterator[Numbers]:
        for property_, column in self._facts.columns.items():
            for pair in column:
                yield pair // SPAN, property_, pair % SPAN

    def _copies(self, triples: Iterable[Numbers]) -> set[Numbers]:
        """Return triples under all names of their terms, and that those names are the same."""
        facts = self._facts
        find, names_of = facts.find, facts.names_of
        found: set[Numbers] = set()
        for s, p, o in {(find(s), find(p), find(o)) for s, p, o in triples}:
            found.update(product(names_of(s), names_of(p), names_of(o)))
        for clique in facts.cliques.values():
            found.update((one, t.SAME_AS, other) for one, other in permutations(clique, 2))
        for alias in names_of(t.SAME_AS)[1:]:
            for one in occurring(facts):
                found.update((one, alias, other) for other in names_of(find(one)))
        return {triple for triple in found if triple[1] != t.SAME_AS or triple[0] != triple[2]}
