"""The axioms of the graph, and what follows among them (table 9, the rules scm-*).

In: facts. Out: lists, restrictions and the hierarchies of classes and properties, closed. The rules
of table 9 tell of classes and properties only, a small part of any graph, so they are worked out
here once, and what they add to the data is a handful of further edges (:meth:`Schema.sub_classes`).
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import product

from . import terms as t
from .facts import Facts
from .terms import SPAN

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
    """The axioms among the facts."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._lists: dict[int, list[tuple[int, ...]]] = {}

    # -- reading axioms

    def axioms(self, predicate: int) -> list[tuple[int, int]]:
        """Return subject and object of each axiom with a predicate, in order."""
        return [(pair // SPAN, pair % SPAN) for pair in sorted(self._facts.of(predicate))]

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

    @cached_property
    def sub_properties(self) -> Reach:
        """What each property is a sub-property of (scm-spo, scm-eqp1, scm-op, scm-dp)."""
        edges = set(self.axioms(t.SUB_PROPERTY_OF))
        for one, other in self.axioms(t.EQUIVALENT_PROPERTY):  # scm-eqp1
            edges |= {(one, other), (other, one)}
        edges |= self._themselves(t.OBJECT_PROPERTY)  # scm-op
        edges |= self._themselves(t.DATATYPE_PROPERTY)  # scm-dp
        return _closed(edges)

    @cached_property
    def sub_classes(self) -> Reach:
        """What each class is a sub-class of."""
        edges = self._stated_sub_classes()
        while True:
            reach = _closed(edges)  # scm-sco
            found = self.between_restrictions(reach) - edges
            if not found:
                return reach
            edges |= found

    def _stated_sub_classes(self) -> Edges:
        edges = set(self.axioms(t.SUB_CLASS_OF))
        for one, other in self.axioms(t.EQUIVALENT_CLASS):  # scm-eqc1
            edges |= {(one, other), (other, one)}
        for whole, parts in self.listed(t.INTERSECTION_OF):  # scm-int
            edges |= {(whole, part) for part in parts}
        for whole, parts in self.listed(t.UNION_OF):  # scm-uni
            edges |= {(part, whole) for part in parts}
        classes = self.members(t.CLASS)
        edges |= self._themselves(t.CLASS)  # scm-cls, with the next two
        edges |= {(class_, t.THING) for class_ in classes}
        edges |= {(t.NOTHING, class_) for class_ in classes}
        return edges

    def _themselves(self, metaclass: int) -> Edges:
        return {(term, term) for term in self.members(metaclass)}

    def between_restrictions(self, sub_classes: Reach | None = None) -> Edges:
        """Return the sub-class edges between restrictions (scm-hv, scm-svf*, scm-avf*)."""
        above = self.sub_classes if sub_classes is None else sub_classes
        value = self._grouped(t.HAS_VALUE)
        some = self._grouped(t.SOME_VALUES_FROM)
        every = self._grouped(t.ALL_VALUES_FROM)
        edges = self._wider_properties(value)  # scm-hv
        edges |= _wider_fillers(some, above)  # scm-svf1
        edges |= self._wider_properties(some)  # scm-svf2
        edges |= _wider_fillers(every, above)  # scm-avf1
        edges |= {(wide, narrow) for narrow, wide in self._wider_properties(every)}  # scm-avf2
        return edges

    def entailed(self, predicate: int) -> Edges:
        """Return the axioms with a predicate, stated or following from the rules scm-*."""
        edges = set(self.axioms(predicate))
        if predicate == t.SUB_CLASS_OF:
            edges |= _edges(self.sub_classes)
        elif predicate == t.SUB_PROPERTY_OF:
            edges |= _edges(self.sub_properties)
        elif predicate == t.EQUIVALENT_CLASS:  # scm-eqc2, and scm-cls by way of it
            edges |= _mutual(self.sub_classes)
        elif predicate == t.EQUIVALENT_PROPERTY:  # scm-eqp2, scm-op and scm-dp by way of it
            edges |= _mutual(self.sub_properties)
        elif predicate in (t.DOMAIN, t.RANGE):
            edges = self._inherited(edges)
        return edges

    def _inherited(self, edges: Edges) -> Edges:
        """Return domains or ranges with wider classes, and for narrower properties."""
        found: Reach = defaultdict(set)
        for property_, class_ in edges:  # scm-dom1, scm-rng1
            found[property_] |= {class_, *self.sub_classes.get(class_, ())}
        for property_, wider in self.sub_properties.items():  # scm-dom2, scm-rng2
            found[property_] |= set().union(*(found[up] for up in wider if up in found))
        return _edges(found)

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


def _closed(edges: Edges) -> Reach:
    """Return what is reached from each node over one or more edges."""
    direct: Reach = defaultdict(set)
    for start, end in edges:
        direct[start].add(end)
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
