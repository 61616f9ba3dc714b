"""The closed graph to look things up in, with every name of what has several."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from . import terms as t
from .facts import Facts
from .plan import Plan
from .program import steps_of
from .schema import CLOSED, Schema
from .steps import Transitive
from .terms import SPAN

__all__ = ["Numbers", "View"]

Numbers = tuple[int, int, int]


class View:
    """Questions to a closed graph; ``None`` in a question stands for anything."""

    def __init__(self, facts: Facts, schema: Schema) -> None:
        self._facts = facts
        self._schema = schema
        self._asserted: dict[tuple[int, int], set[int]] = {}
        for predicate in CLOSED:
            entailed = {s * SPAN + o for s, o in schema.entailed(predicate)}
            facts.pairs[predicate] |= entailed
            facts.forget_indexes(predicate)
        self._renamed: set[int] = set()

    def is_asserted(self, triple: Numbers) -> bool:
        """Tell whether a triple is in the input."""
        subject, predicate, object_ = triple
        if predicate == t.TYPE:
            column, key, wanted = self._facts.typed.get(object_, ()), object_, subject
        else:
            column, key = self._facts.columns.get(predicate, ()), -1
            wanted = subject * SPAN + object_
        known = self._asserted.get((predicate, key))
        if known is None:
            known = self._asserted[predicate, key] = set(column)
        return wanted in known

    def is_given_otherwise(self, property_: int) -> bool:
        """Tell whether a rule other than transitivity may give pairs of a property."""
        return bool(self._facts.cliques) or property_ in self._given_otherwise

    @cached_property
    def _given_otherwise(self) -> set[int]:
        plan = Plan(step for step in steps_of(self._schema) if not isinstance(step, Transitive))
        return plan.written

    def match(self, subject: int | None, predicate: int, object_: int | None) -> list[Numbers]:
        """Return the triples with a predicate that fit, in the order of their identifiers."""
        facts = self._facts
        find = facts.find
        s = None if subject is None else find(subject)
        o = None if object_ is None else find(object_)
        found: set[Numbers] = set()
        for one, other in self._pairs(s, find(predicate), o):
            subjects = [subject] if subject is not None else facts.names_of(one)
            objects = [object_] if object_ is not None else facts.names_of(other)
            found.update((x, predicate, y) for x in subjects for y in objects)
        return sorted(found)

    def lists(self, node: int) -> list[tuple[int, ...]]:
        """Return the lists that start at a node."""
        return self._schema.lists(self._facts.find(node))

    def same(self, one: int, other: int) -> bool:
        """Tell whether two names are of the same thing."""
        return self._facts.find(one) == self._facts.find(other)

    def is_number(self, term: int, number: str) -> bool:
        """Tell whether a term is a whole number literal of a value."""
        return self._facts.terms.whole_number(term) == int(number)

    # -- among representatives

    def _pairs(self, s: int | None, p: int, o: int | None) -> Iterable[tuple[int, int]]:
        if p == t.TYPE:
            return self._types(s, o)
        if p == t.SAME_AS:
            one = o if s is None else s
            return [] if one is None or (o is not None and o != one) else [(one, one)]
        facts = self._facts
        if p not in facts.pairs and p not in self._renamed:
            self._renamed.add(p)
            if facts.stale(facts.of(p)):
                facts.pairs_of(p)
        if s is not None:
            ends = facts.by_subject(p).get(s, ())
            return [(s, end) for end in ends if o is None or end == o]
        if o is not None:
            return [(start, o) for start in facts.by_object(p).get(o, ())]
        return [(pair // SPAN, pair % SPAN) for pair in facts.of(p)]

    def _types(self, s: int | None, o: int | None) -> Iterator[tuple[int, int]]:
        facts = self._facts
        classes = {facts.find(c) for c in facts.typed} | facts.members.keys() if o is None else {o}
        for class_ in classes:
            members = facts.members_of(class_)
            if s is None:
                yield from ((member, class_) for member in members)
            elif s in members:
                yield s, class_
