"""The rules about data, sorted by the property or class that sets them off.

In: steps. Out: for each property what to do with a new pair, for each class what to do with a new
member, and the joins that wait for either.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from . import steps as s
from .join import Join
from .joins import join_of
from .terms import TYPE

__all__ = ["OnMembers", "OnPairs", "Plan"]


Ordered = dict[int, None]  # a set that keeps its order


@dataclass(slots=True)
class OnPairs:
    """What a new pair of a property gives by itself."""

    wider: Ordered = field(default_factory=dict)
    inverses: Ordered = field(default_factory=dict)
    subject_types: Ordered = field(default_factory=dict)
    object_types: Ordered = field(default_factory=dict)
    types_by_value: dict[int, Ordered] = field(default_factory=lambda: defaultdict(dict))


@dataclass(slots=True)
class OnMembers:
    """What a new member of a class gives by itself."""

    wider: Ordered = field(default_factory=dict)
    values: dict[tuple[int, int], None] = field(default_factory=dict)


class Plan:
    """Steps, sorted.

    :param unused: classes whose members nobody publishes; steps that end there are dropped, unless
        another step reads the class.
    :param classes: classes that are looked at by more than the steps.
    :param properties: the same, properties.
    """

    def __init__(
        self,
        steps: Iterable[s.Step],
        unused: Collection[int] = (),
        classes: Collection[int] = (),
        properties: Collection[int] = (),
    ) -> None:
        self.on_pairs: dict[int, OnPairs] = defaultdict(OnPairs)
        self.on_members: dict[int, OnMembers] = defaultdict(OnMembers)
        self.members: list[tuple[int, int]] = []
        self.joins: list[Join] = []
        #: properties that a step may add to
        self.written: set[int] = set()
        kept = list(steps)
        if TYPE not in {*properties, *(p for step in kept for p in s.properties_read(step))}:
            kept = _needed(kept, unused, classes)
        for step in kept:
            self._place(step)
        self.joined_properties = {p for join in self.joins for p in join.properties}
        self.joined_classes = {c for join in self.joins for c in join.classes}
        #: what is read, each before what it is narrower than where that can be
        self.properties = _ordered(
            self.joined_properties | self.on_pairs.keys() | set(properties),
            {p: (*on.wider, *on.inverses) for p, on in self.on_pairs.items()},
        )
        self.classes = _ordered(
            self.joined_classes | self.on_members.keys(),
            {c: tuple(on.wider) for c, on in self.on_members.items()},
        )

    def _place(self, step: s.Step) -> None:
        match step:
            case s.SubClass(_, narrow, wide):
                self.on_members[narrow].wider[wide] = None
            case s.TypeValue(_, type_, property_, value):
                self.on_members[type_].values[property_, value] = None
                self.written.add(property_)
            case s.SubProperty(_, narrow, wide):
                self.on_pairs[narrow].wider[wide] = None
                self.written.add(wide)
            case s.Inverse(_, property_, inverse):
                self.on_pairs[property_].inverses[inverse] = None
                self.written.add(inverse)
            case s.SubjectType(_, property_, type_):
                self.on_pairs[property_].subject_types[type_] = None
            case s.ObjectType(_, property_, type_):
                self.on_pairs[property_].object_types[type_] = None
            case s.ValueType(_, property_, value, type_):
                self.on_pairs[property_].types_by_value[value][type_] = None
            case s.Member(_, individual, type_):
                self.members.append((individual, type_))
            case _:
                join = join_of(step)
                if join is not None:
                    self.joins.append(join)
                if isinstance(step, s.Transitive | s.Chain):
                    self.written.add(step.property)


def _ordered(nodes: Collection[int], after: Mapping[int, tuple[int, ...]]) -> list[int]:
    """Return nodes in topological order, as far as there are no cycles."""
    left: dict[int, None] = {}
    entered = set()
    for root in sorted(nodes):
        waiting = [(root, False)]
        while waiting:
            node, done = waiting.pop()
            if done:
                left[node] = None
            elif node not in entered:
                entered.add(node)
                waiting.append((node, True))
                waiting += [(following, False) for following in after.get(node, ())]
    return [node for node in reversed(left) if node in nodes]


def _needed(steps: list[s.Step], unused: Collection[int], read: Collection[int]) -> list[s.Step]:
    """Drop steps that end in a class which nobody publishes and no further step reads."""
    while True:
        looked_at = {class_ for step in steps for class_ in s.classes_read(step)}.union(read)
        kept = [
            step
            for step in steps
            if (given := s.class_given(step)) not in unused or given in looked_at
        ]
        if len(kept) == len(steps):
            return kept
        steps = kept
