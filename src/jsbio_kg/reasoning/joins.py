"""Rules that bring two facts together, run over what is new.

Each class here executes one shape of :mod:`.steps` for one axiom. Its first run takes all facts;
each later run takes the news only and looks up the other side in the store (semi-naive evaluation).
The sets are built by comprehensions, since that is where Python is fast.
"""

from collections.abc import Collection
from itertools import product

from . import steps as s
from .facts import Facts
from .join import EMPTY, Join, News, Stateless
from .paths import ChainJoin, TransitiveJoin
from .terms import SPAN

__all__ = ["join_of"]


class FunctionalJoin(Stateless):
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
            found = ((first(pair % SPAN, pair // SPAN), pair // SPAN) for pair in news)
        else:
            found = ((first(pair // SPAN, pair % SPAN), pair % SPAN) for pair in news)
        facts.merges += [merge for merge in found if merge[0] != merge[1]]


class SomeValuesJoin(Stateless):
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
        found = {pair // SPAN for pair in news if pair % SPAN in of_class}
        if arrived:
            before = facts.by_object(step.property, arrived)
            found.update(start for end in arrived for start in before.get(end, ()))
        facts.add_members(step.type, found)


class AllValuesJoin(Stateless):
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
        found = {pair % SPAN for pair in news if pair // SPAN in of_class}
        if arrived:
            after = facts.by_subject(step.property, arrived)
            found.update(end for start in arrived for end in after.get(start, ()))
        facts.add_members(step.filler, found)


class IntersectionJoin(Stateless):
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


class AtMostOneJoin(Stateless):
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
            concerned = {pair // SPAN for pair in pairs.get(step.property, ())}
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


class KeyJoin(Stateless):
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
            concerned = {pair // SPAN for part in self.properties for pair in pairs.get(part, ())}
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
