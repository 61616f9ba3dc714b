"""The axioms of the graph, and what follows among them (table 9, the rules scm-*).

In: facts. Out: lists, restrictions and the hierarchies of classes and properties, closed. The rules
of table 9 tell of classes and properties only, a small part of any graph, so they are worked out
here once, and what they add to the data is a handful of further edges (:meth:`Schema.sub_classes`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from itertools import product

from . import terms as t
from .facts import Facts
from .terms import LOW

__all__ = ["CLOSED", "Schema"]

#: Predicates that the rules of table 9 conclude.
CLOSED = frozenset(
    (
        t.SUB_CLASS_OF,
        t.SUB_PROPERTY_OF,
        t.EQUIVALENT_CLASS,
        t.EQUIVALENT_PROPERTY,
        t.DOMAIN,
        t.RANGE,
    )
)

Edges = set[tuple[int, int]]
Reach = dict[int, set[int]]


class Schema:
    """The axioms among the facts.

    :param without: names of rules that are left out, for tests.
    """

    def __init__(self, facts: Facts, without: Set[str] = frozenset()) -> None:
        self._facts = facts
        self._without = without
        self._lists: dict[int, list[tuple[int, ...]]] = {}

    # -- reading axioms

    def axioms(self, predicate: int) -> list[tuple[int, int]]:
        """Return subject and object of each axiom with a predicate, in order."""
        return [(pair >> 32, pair & LOW) for pair in sorted(self._facts.of(predicate))]

    def objects(self, predicate: int, subject: int) -> list[int]:
        """Return the objects of the axioms of a subject with a predicate, in order."""
        return sorted(self._facts.by_subject(predicate).get(subject, ()))

    def listed(self, predicate: int) -> list[tuple[int, tuple[int, ...]]]:
        """Return subject and list of each axiom whose object is a list that is not empty."""
        return [
            (subject, members)
            for subject, head in self.axioms(predicate)
            for members in self.lists(head)
            if members
        ]

    def lists(self, head: int) -> list[tuple[int, ...]]:
        """Return the lists that start at a node; a well-formed one has one list."""
        if head not in self._lists:
            self._lists[head] = list(self._walk(head, ()))
        return self._lists[head]

    def _walk(self, node: int, path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if node == t.NIL:
            yield ()
        elif node not in path:
            heads = self._facts.by_subject(t.FIRST).get(node, [])
            for rest in self._facts.by_subject(t.REST).get(node, []):
                for tail in self._walk(rest, (*path, node)):
                    for head in heads:
                        yield (head, *tail)

    def restrictions(self, predicate: int) -> list[tuple[int, int, int]]:
        """Return class, property and object of each restriction of a kind."""
        return [
            (class_, property_, filler)
            for class_, filler in self.axioms(predicate)
            for property_ in self.objects(t.ON_PROPERTY, class_)
        ]

    def at_most(self, predicate: int, number: int) -> list[tuple[int, int]]:
        """Return class and property of each cardinality restriction with a number."""
        whole_number = self._facts.terms.whole_number
        return [
            (class_, property_)
            for class_, property_, bound in self.restrictions(predicate)
            if any(whole_number(name) == number for name in self._facts.names_of(bound))
        ]

    def qualified(self, number: int) -> list[tuple[int, int, int]]:
        """Return class, property and filler of each qualified restriction with a number."""
        return [
            (class_, property_, filler)
            for class_, property_ in self.at_most(t.MAX_QUALIFIED_CARDINALITY, number)
            for filler in self.objects(t.ON_CLASS, class_)
        ]

    def members(self, metaclass: int) -> list[int]:
        """Return what is declared to be of a kind, in order."""
        return sorted(self._facts.members_of(metaclass))

    # -- the hierarchies, closed

    def _on(self, rule: str, edges: Iterable[tuple[int, int]]) -> Edges:
        return set() if rule in self._without else set(edges)

    @cached_property
    def sub_properties(self) -> Reach:
        """What each property is a sub-property of (scm-spo, scm-eqp1, scm-op, scm-dp)."""
        equivalent = self.axioms(t.EQUIVALENT_PROPERTY)
        edges = (
            set(self.axioms(t.SUB_PROPERTY_OF))
            | self._on("scm-eqp1", ((p, q) for a, b in equivalent for p, q in ((a, b), (b, a))))
            | self._on("scm-op", ((p, p) for p in self.members(t.OBJECT_PROPERTY)))
            | self._on("scm-dp", ((p, p) for p in self.members(t.DATATYPE_PROPERTY)))
        )
        return _closed(edges, "scm-spo" not in self._without)

    @cached_property
    def sub_classes(self) -> Reach:
        """What each class is a sub-class of."""
        reach: Reach = {}
        edges = self._stated_sub_classes()
        while True:
            reach = _closed(edges, "scm-sco" not in self._without)
            found = self.between_restrictions(reach) - edges
            if not found:
                return reach
            edges |= found

    def _stated_sub_classes(self) -> Edges:
        classes = self.members(t.CLASS)
        equivalent = self.axioms(t.EQUIVALENT_CLASS)
        return (
            set(self.axioms(t.SUB_CLASS_OF))
            | self._on("scm-eqc1", ((c, d) for a, b in equivalent for c, d in ((a, b), (b, a))))
            | self._on("scm-cls", ((c, c) for c in classes))
            | self._on("scm-cls", ((c, t.THING) for c in classes))
            | self._on("scm-cls", ((t.NOTHING, c) for c in classes))
            | self._on("scm-int", ((c, part) for c, part in self._parts(t.INTERSECTION_OF)))
            | self._on("scm-uni", ((part, c) for c, part in self._parts(t.UNION_OF)))
        )

    def _parts(self, predicate: int) -> list[tuple[int, int]]:
        return [(whole, part) for whole, parts in self.listed(predicate) for part in parts]

    def between_restrictions(self, sub_classes: Reach | None = None) -> Edges:
        """Return the sub-class edges between restrictions (scm-hv, scm-svf*, scm-avf*)."""
        above = self.sub_classes if sub_classes is None else sub_classes
        some = self._grouped(t.SOME_VALUES_FROM)
        every = self._grouped(t.ALL_VALUES_FROM)
        avf2 = self._on("scm-avf2", self._wider_properties(every))
        return (
            self._on("scm-hv", self._wider_properties(self._grouped(t.HAS_VALUE)))
            | self._on("scm-svf1", _wider_fillers(some, above))
            | self._on("scm-svf2", self._wider_properties(some))
            | self._on("scm-avf1", _wider_fillers(every, above))
            | {(wide, narrow) for narrow, wide in avf2}
        )

    def entailed(self, predicate: int) -> Edges:
        """Return the axioms with a predicate, stated or following from the rules scm-*."""
        edges = set(self.axioms(predicate))
        if predicate == t.SUB_CLASS_OF:
            edges |= _edges(self.sub_classes)
        elif predicate == t.SUB_PROPERTY_OF:
            edges |= _edges(self.sub_properties)
        elif predicate == t.EQUIVALENT_CLASS:
            edges |= self._on("scm-cls", ((c, c) for c in self.members(t.CLASS)))
            edges |= self._on("scm-eqc2", _mutual(self.sub_classes))
        elif predicate == t.EQUIVALENT_PROPERTY:
            edges |= self._on("scm-op", ((p, p) for p in self.members(t.OBJECT_PROPERTY)))
            edges |= self._on("scm-dp", ((p, p) for p in self.members(t.DATATYPE_PROPERTY)))
            edges |= self._on("scm-eqp2", _mutual(self.sub_properties))
        elif predicate == t.DOMAIN:
            edges = self._inherited(edges, "scm-dom1", "scm-dom2")
        elif predicate == t.RANGE:
            edges = self._inherited(edges, "scm-rng1", "scm-rng2")
        return edges

    def _inherited(self, edges: Edges, to_classes: str, to_properties: str) -> Edges:
        """Return domains or ranges with the wider classes and for the narrower properties."""
        above = {} if to_classes in self._without else self.sub_classes
        wider = {(p, up) for p, c in edges for up in above.get(c, ())} | edges
        by_property: Reach = defaultdict(set)
        for property_, class_ in wider:
            by_property[property_].add(class_)
        upwards = {} if to_properties in self._without else self.sub_properties
        return wider | {
            (p, c) for p, ups in upwards.items() for up in ups for c in by_property.get(up, ())
        }

    def _grouped(self, predicate: int) -> dict[tuple[int, int], list[int]]:
        """Return the restrictions of a kind by property and filler."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for class_, property_, filler in self.restrictions(predicate):
            found[property_, filler].append(class_)
        return found

    def _wider_properties(self, restrictions: dict[tuple[int, int], list[int]]) -> Edges:
        return {
            edge
            for (property_, filler), classes in restrictions.items()
            for wider in self.sub_properties.get(property_, ())
            for edge in product(classes, restrictions.get((wider, filler), ()))
        }


def _edges(reach: Reach) -> Edges:
    return {(start, end) for start, ends in reach.items() for end in ends}


def _mutual(reach: Reach) -> Edges:
    return {(a, b) for a, ends in reach.items() for b in ends if a in reach.get(b, ())}


def _wider_fillers(restrictions: dict[tuple[int, int], list[int]], above: Reach) -> Edges:
    return {
        edge
        for (property_, filler), classes in restrictions.items()
        for wider in above.get(filler, ())
        for edge in product(classes, restrictions.get((property_, wider), ()))
    }


def _closed(edges: Edges, transitive: bool) -> Reach:
    """Return what is reached from each node over one or more edges."""
    direct: Reach = defaultdict(set)
    for start, end in edges:
        direct[start].add(end)
    if not transitive:
        return dict(direct)
    reach = {}
    for start, ends in direct.items():
        seen: set[int] = set()
        waiting = list(ends)
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting.extend(direct.get(node, ()))
        reach[start] = seen
    return reach
