"""Rules read backwards: which premises would give a triple.

In: a triple and a closed graph. Out: each way in which a rule gives it from triples of the closed
graph. The premises about the members of lists (``...`` in :mod:`.rules`) have code of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from pyoxigraph import NamedNode

from ..vocabulary import expand
from . import terms as t
from .rules import RULES, Rule
from .view import Numbers, View

__all__ = ["Instance", "Matcher"]

Instance = tuple[str, tuple[Numbers, ...]]
Part = str | int
Pattern = tuple[Part, Part, Part]
Binding = dict[str, int]

_NUMBERS = {term: number for number, term in enumerate(t.RESERVED)}
_WRITTEN_APART = frozenset(("eq-ref", "prp-spo2", "prp-key", "cls-int1"))


def _parsed(pattern: str) -> Pattern:
    subject, predicate, object_ = pattern.split()
    return _part(subject), _part(predicate), _part(object_)


def _part(token: str) -> Part:
    if token[0] in "?=" or token == "in":
        return token
    return _NUMBERS[NamedNode(expand(token))]


@dataclass(frozen=True)
class _Backward:
    """A rule with its premises in the order in which they are best looked up."""

    rule: Rule

    @cached_property
    def conclusion(self) -> Pattern:
        assert self.rule.conclusion
        return _parsed(self.rule.conclusion)

    @cached_property
    def premises(self) -> list[Pattern]:
        """The premises, axioms first, then what has most that is known."""
        left = [_parsed(premise) for premise in self.rule.premises]
        known: set[Part] = set(self.conclusion)
        ordered = []
        while left:
            best = max(left, key=lambda pattern: _readiness(pattern, known))
            left.remove(best)
            ordered.append(best)
            known.update(best)
        return ordered

    @cached_property
    def passing(self) -> set[Part]:
        """The variables that stand in one premise only, so that any value will do."""
        parts = [part for premise in self.premises for part in premise]
        passing = {part for part in parts if str(part)[0] == "?" and parts.count(part) == 1}
        return passing.difference(self.conclusion)


def _readiness(pattern: Pattern, known: set[Part]) -> tuple[bool, bool, int]:
    subject, predicate, object_ = pattern
    is_axiom = isinstance(predicate, int) and predicate in t.AXIOMS
    usable = object_ in known if predicate == "in" else _given(predicate, known)
    return usable, is_axiom, _given(subject, known) + _given(object_, known)


def _given(part: Part, known: set[Part]) -> bool:
    return isinstance(part, int) or part in known


_BACKWARD = [
    _Backward(rule) for rule in RULES if rule.conclusion and rule.name not in _WRITTEN_APART
]


class Matcher:
    """The ways to a triple of a closed graph."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._edges: dict[Numbers, bool] = {}

    def is_edge(self, triple: Numbers) -> bool:
        """Tell whether a triple follows without transitivity."""
        if triple not in self._edges:
            self._edges[triple] = any(rule != "prp-trp" for rule, _ in self.instances(triple))
        return self._edges[triple]

    def instances(self, goal: Numbers) -> list[Instance]:
        """Return the ways in which a rule gives a triple, in the order of the rules."""
        found = [
            (backward.rule.name, premises)
            for backward in _BACKWARD
            if (binding := _unified(backward.conclusion, goal, {})) is not None
            for premises in self._ways(backward, binding)
        ]
        found += self._chains(goal)
        found += self._intersections(goal)
        found += self._keys(goal)
        return [instance for instance in dict.fromkeys(found) if goal not in instance[1]]

    def _ways(self, backward: _Backward, binding: Binding) -> Iterator[tuple[Numbers, ...]]:
        if backward.rule.name in ("eq-rep-s", "eq-rep-o") and binding.get("?p") == t.SAME_AS:
            return  # eq-sym and eq-trans say the same, shorter
        states: list[tuple[Binding, tuple[Numbers, ...]]] = [(binding, ())]
        for pattern in backward.premises:
            states = [
                (bound, premises if triple is None else (*premises, triple))
                for known, premises in states
                for bound, triple in self._extended(pattern, known, backward.passing)
            ]
        for _, premises in states:
            yield premises

    def _extended(
        self, pattern: Pattern, known: Binding, passing: set[Part]
    ) -> Iterator[tuple[Binding, Numbers | None]]:
        """Give each binding under which a premise holds, with the triple that it is."""
        subject, predicate, object_ = pattern
        if predicate == "in":
            yield from self._listed(subject, known[str(object_)], known)
            return
        s, p, o = (known.get(part) if isinstance(part, str) else part for part in pattern)
        assert p is not None
        triples = self._view.match(s, p, o)
        if subject in passing or object_ in passing:
            stated = [triple for triple in triples if self._view.is_asserted(triple)]
            triples = stated[:1] or triples
        for triple in triples:
            if str(object_)[0] == "=" and not self._view.is_number(triple[2], str(object_)[1:]):
                continue
            if (bound := _unified(pattern, triple, known)) is not None:
                yield bound, triple

    def _listed(
        self, member: Part, node: int, known: Binding
    ) -> Iterator[tuple[Binding, Numbers | None]]:
        for members in self._view.lists(node):
            wanted = known.get(str(member))
            for one in dict.fromkeys(members):
                if wanted is None:
                    yield {**known, str(member): one}, None
                elif self._view.same(one, wanted):
                    yield known, None

    # -- the rules about all members of a list

    def _chains(self, goal: Numbers) -> Iterator[Instance]:
        start, property_, end = goal
        for axiom in self._view.match(property_, t.PROPERTY_CHAIN_AXIOM, None):
            for parts in self._view.lists(axiom[2]):
                for path in self._paths(start, parts, end):
                    yield "prp-spo2", (axiom, *path)

    def _paths(self, start: int, parts: tuple[int, ...], end: int) -> Iterator[tuple[Numbers, ...]]:
        """Give the paths along a chain; only nodes that reach its end are entered."""
        reaching: list[set[int]] = [{end}]
        for part in reversed(parts[1:]):
            reaching.append(
                {
                    triple[0]
                    for node in reaching[-1]
                    for triple in self._view.match(None, part, node)
                }
            )
        paths: list[tuple[Numbers, ...]] = [()]
        for part, ends in zip(parts, reversed(reaching), strict=False):
            paths = [
                (*path, triple)
                for path in paths
                for triple in self._view.match(path[-1][2] if path else start, part, None)
                if triple[2] in ends
            ]
        yield from (path for path in paths if path)

    def _intersections(self, goal: Numbers) -> Iterator[Instance]:
        member, predicate, class_ = goal
        if predicate != t.TYPE:
            return
        for axiom in self._view.match(class_, t.INTERSECTION_OF, None):
            for parts in self._view.lists(axiom[2]):
                types = [self._view.match(member, t.TYPE, part) for part in parts]
                if parts and all(types):
                    yield "cls-int1", (axiom, *(found[0] for found in types))

    def _keys(self, goal: Numbers) -> Iterator[Instance]:
        one, predicate, other = goal
        if predicate != t.SAME_AS:
            return
        for axiom in self._view.match(None, t.HAS_KEY, None):
            types = [self._view.match(thing, t.TYPE, axiom[0]) for thing in (one, other)]
            if not all(types):
                continue
            for parts in self._view.lists(axiom[2]):
                shared = [list(self._shared(one, part, other)) for part in parts]
                for values in product(*shared) if parts else ():
                    triples = (triple for value in values for triple in value)
                    yield "prp-key", (axiom, types[0][0], types[1][0], *triples)

    def _shared(self, one: int, part: int, other: int) -> Iterator[tuple[Numbers, Numbers]]:
        for triple in self._view.match(one, part, None):
            for twin in self._view.match(other, part, triple[2]):
                yield triple, twin


def _unified(pattern: Pattern, triple: Numbers, known: Binding) -> Binding | None:
    """Return a binding extended so that a pattern is a triple, None when it cannot be."""
    bound = dict(known)
    for part, term in zip(pattern, triple, strict=True):
        if isinstance(part, int):
            if part != term:
                return None
        elif part[0] == "?" and bound.setdefault(part, term) != term:
            return None
    return bound
