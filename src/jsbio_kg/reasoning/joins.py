"""Rules that bring two facts together, run over what is new.

Each class here executes one shape of :mod:`.steps` for one axiom. Its first run takes all facts;
each later run takes the news only and looks up the other side in the store (semi-naive evaluation).
The sets are built by comprehensions, since that is where Python is fast.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from itertools import product
from typing import Final, Protocol

from . import steps as s
from .facts import Facts, Pairs
from .terms import LOW

__all__ = ["Join", "join_of"]

News = Mapping[int, set[int]]
HIGH: Final = LOW << 32
EMPTY: Final[Set[int]] = frozenset()


class Join(Protocol):
    """A rule with two premises about data."""

    properties: Collection[int]
    classes: Collection[int]

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Add what follows from the news together with all that is known."""

    def renamed(self) -> None:
        """Forget what was remembered of the facts, since terms were renamed."""


class _Stateless:
    def renamed(self) -> None:
        """Nothing is remembered."""


class TransitiveJoin:
    """Transitivity, each path extended by one edge at its end.

    An edge is a pair that some other rule, or the input, gives: the pairs that this rule itself
    makes need not be edges, so a path of n nodes costs n² steps and not n³.
    """

    classes: Collection[int] = ()

    def __init__(self, step: s.Transitive) -> None:
        self.property = step.property
        self.properties: Collection[int] = (step.property,)
        self._edges: defaultdict[int, list[int]] | None = None
        self._own: set[int] = set()

    def renamed(self) -> None:
        """Take all pairs for edges at the next run."""
        self._edges = None
        self._own = set()

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Extend all paths by new edges, then new paths by all edges."""
        edges = self._edges
        frontier: Iterable[int]
        if edges is None:
            edges = self._edges = defaultdict(list)
            frontier = news = facts.of(self.property)
        else:
            news = pairs.get(self.property, EMPTY) - self._own
            before = facts.by_object(self.property, {pair >> 32 for pair in news})
            frontier = {
                start << 32 | (pair & LOW) for pair in news for start in before.get(pair >> 32, ())
            }.union(news)
        for pair in news:
            edges[pair >> 32].append(pair & LOW)
        self._own = self._extend(facts, edges, frontier)
        facts.add_pairs(self.property, self._own)

    def _extend(
        self, facts: Facts, edges: dict[int, list[int]], frontier: Iterable[int]
    ) -> set[int]:
        known = facts.of(self.property)
        known = known if isinstance(known, set) else set(known)
        found = set(frontier) - known
        while frontier:
            frontier = {pair & HIGH | end for pair in frontier for end in edges.get(pair & LOW, ())}
            frontier -= known
            frontier -= found
            found |= frontier
        return found


class ChainJoin(_Stateless):
    """A chain of properties, extended to both sides of each new pair."""

    classes: Collection[int] = ()

    def __init__(self, step: s.Chain) -> None:
        self.parts = step.parts
        self.property = step.property
        self.properties: Collection[int] = frozenset(step.parts)
        self._begun = False

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Extend the new pairs of each part; at first, all pairs of the smallest."""
        parts = self.parts
        if not self._begun:
            self._begun = True
            at = min(range(len(parts)), key=lambda i: len(facts.of(parts[i])))
            self._extend(facts, at, facts.of(parts[at]))
            return
        for at, part in enumerate(parts):
            if part in pairs:
                self._extend(facts, at, pairs[part])

    def _extend(self, facts: Facts, at: int, paths: Pairs) -> None:
        for part in self.parts[at + 1 :]:
            after = facts.by_subject(part, {path & LOW for path in paths})
            paths = {path & HIGH | end for path in paths for end in after.get(path & LOW, ())}
        for part in reversed(self.parts[:at]):
            before = facts.by_object(part, {path >> 32 for path in paths})
            paths = {
                start << 32 | (path & LOW) for path in paths for start in before.get(path >> 32, ())
            }
        facts.add_pairs(self.property, paths)


class FunctionalJoin(_Stateless):
    """A property with one value; the first one seen is kept."""

    classes: Collection[int] = ()

    def __init__(self, property_: int, inverse: bool) -> None:
        self.property = property_
        self.properties: Collection[int] = (property_,)
        self._inverse = inverse
        self._value: dict[int, int] | None = None

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Compare each new value with the first one."""
        if self._value is None:
            self._value = {}
            news = facts.of(self.property)
        else:
            news = pairs.get(self.property, ())
        first = self._value.setdefault
        if self._inverse:
            found = ((first(pair & LOW, pair >> 32), pair >> 32) for pair in news)
        else:
            found = ((first(pair >> 32, pair & LOW), pair & LOW) for pair in news)
        facts.merges += [merge for merge in found if merge[0] != merge[1]]


class SomeValuesJoin(_Stateless):
    """Subjects whose object is of a class."""

    def __init__(self, step: s.SomeValues) -> None:
        self.step = step
        self.properties: Collection[int] = (step.property,)
        self.classes: Collection[int] = (step.filler,)
        self._begun = False

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Look at new pairs, and at the subjects of new members."""
        step = self.step
        of_class = facts.members_of(step.filler)
        if not self._begun:
            self._begun = True
            news, arrived = facts.of(step.property), EMPTY
        else:
            news, arrived = pairs.get(step.property, ()), members.get(step.filler, EMPTY)
        found = {pair >> 32 for pair in news if pair & LOW in of_class}
        if arrived:
            before = facts.by_object(step.property, arrived)
            found.update(start for end in arrived for start in before.get(end, ()))
        facts.add_members(step.type, found)


class AllValuesJoin(_Stateless):
    """Objects whose subject is of a class."""

    def __init__(self, step: s.AllValues) -> None:
        self.step = step
        self.properties: Collection[int] = (step.property,)
        self.classes: Collection[int] = (step.type,)
        self._begun = False

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Look at new pairs, and at the objects of new members."""
        step = self.step
        of_class = facts.members_of(step.type)
        if not self._begun:
            self._begun = True
            news, arrived = facts.of(step.property), EMPTY
        else:
            news, arrived = pairs.get(step.property, ()), members.get(step.type, EMPTY)
        found = {pair & LOW for pair in news if pair >> 32 in of_class}
        if arrived:
            after = facts.by_subject(step.property, arrived)
            found.update(end for start in arrived for end in after.get(start, ()))
        facts.add_members(step.filler, found)


class IntersectionJoin(_Stateless):
    """Members of every part."""

    properties: Collection[int] = ()

    def __init__(self, step: s.Intersection) -> None:
        self.step = step
        self.classes: Collection[int] = frozenset(step.parts)
        self._begun = False

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Intersect the new members of each part with the other parts."""
        parts = sorted((facts.members_of(part) for part in self.classes), key=len)
        if not self._begun:
            self._begun = True
            found = parts[0].intersection(*parts[1:])
        else:
            news = set().union(*(members.get(part, ()) for part in self.classes))
            found = news.intersection(*parts)
        facts.add_members(self.step.type, found)


class AtMostOneJoin(_Stateless):
    """Members of a class with one value of a property."""

    def __init__(self, step: s.AtMostOne) -> None:
        self.step = step
        self.properties: Collection[int] = (step.property,)
        self.classes: Collection[int] = (
            (step.type,) if step.filler is None else (step.type, step.filler)
        )
        self._begun = False

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Compare the values of each member that something new is said of."""
        step = self.step
        of_class = facts.members_of(step.type)
        if not self._begun:
            self._begun = True
            concerned = of_class
        else:
            concerned = {pair >> 32 for pair in pairs.get(step.property, ())}
            if step.filler is not None and step.filler in members:
                before = facts.by_object(step.property, members[step.filler])
                concerned.update(s for e in members[step.filler] for s in before.get(e, ()))
            concerned = concerned & of_class | members.get(step.type, EMPTY)
        fillers = None if step.filler is None else facts.members_of(step.filler)
        after = facts.by_subject(step.property, concerned)
        for subject in concerned:
            values = after.get(subject, ())
            kept = [value for value in values if fillers is None or value in fillers]
            facts.merges += [(kept[0], value) for value in kept[1:]]


class KeyJoin(_Stateless):
    """Members of a class told apart by the values of some properties."""

    def __init__(self, step: s.Key) -> None:
        self.step = step
        self.properties: Collection[int] = frozenset(step.properties)
        self.classes: Collection[int] = (step.type,)
        self._holder: dict[tuple[int, ...], int] | None = None

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Compare the keys of each member that something new is said of."""
        step = self.step
        of_class = facts.members_of(step.type)
        if self._holder is None:
            self._holder = {}
            concerned = of_class
        else:
            concerned = {pair >> 32 for part in self.properties for pair in pairs.get(part, ())}
            concerned = concerned & of_class | members.get(step.type, EMPTY)
        values = [facts.by_subject(part, concerned) for part in step.properties]
        first = self._holder.setdefault
        for subject in concerned:
            for key in product(*(value.get(subject, ()) for value in values)):
                if (holder := first(key, subject)) != subject:
                    facts.merges.append((holder, subject))


def join_of(step: s.Step) -> Join | None:
    """Return what executes a step, None when the step has one premise only."""
    match step:
        case s.Transitive():
            return TransitiveJoin(step)
        case s.Chain():
            return ChainJoin(step)
        case s.Functional():
            return FunctionalJoin(step.property, inverse=False)
        case s.InverseFunctional():
            return FunctionalJoin(step.property, inverse=True)
        case s.SomeValues():
            return SomeValuesJoin(step)
        case s.AllValues():
            return AllValuesJoin(step)
        case s.Intersection():
            return IntersectionJoin(step)
        case s.AtMostOne():
            return AtMostOneJoin(step)
        case s.Key():
            return KeyJoin(step)
    return None
