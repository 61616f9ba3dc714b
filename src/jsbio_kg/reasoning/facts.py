"""The facts: what is asserted, what has been derived, and what is new since the rules last looked.

Asserted triples are kept as columns, one per property (for ``rdf:type`` one per class), eight bytes
a triple. Only where a rule may add or look up facts does a set stand beside the column, so that
memory is spent on the part of the graph that the ontology speaks of. Terms that are the same are
one term here, the one of the smallest identifier (:meth:`Facts.find`); columns keep the names of
the input.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from .terms import AXIOMS, METACLASSES, SAME_AS, SPAN, TYPE, Terms, Triple

__all__ = ["Facts", "Index", "Pairs", "occurring"]

Pairs: TypeAlias = Collection[int]
Index: TypeAlias = Mapping[int, list[int]]


class Facts:
    """Asserted and derived facts over identifiers."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.terms = Terms()
        #: asserted pairs of each property
        self.columns: dict[int, array[int]] = defaultdict(lambda: array("Q"))
        #: asserted members of each class
        self.typed: dict[int, array[int]] = defaultdict(lambda: array("I"))
        #: all pairs of each property that a rule may add to
        self.pairs: dict[int, set[int]] = {}
        #: all members of each class that a rule may add to or look at
        self.members: dict[int, set[int]] = {}
        #: properties and classes whose news somebody waits for
        self.read_properties: Collection[int] = ()
        self.read_classes: Collection[int] = ()
        self.new_pairs: dict[int, set[int]] = {}
        self.new_members: dict[int, set[int]] = {}
        #: pairs of terms found to be the same and not yet made one
        self.merges: list[tuple[int, int]] = []
        #: the terms that each representative stands for, itself included
        self.cliques: dict[int, list[int]] = {}
        self.parents: dict[int, int] = {}
        #: whether an axiom was derived since this was last set to False
        self.axioms_changed = False
        self._by_subject: dict[int, defaultdict[int, list[int]]] = {}
        self._by_object: dict[int, defaultdict[int, list[int]]] = {}
        self._looked_through: Counter[int] = Counter()
        self._load(triples)

    def _load(self, triples: Iterable[Triple]) -> None:
        ids, columns, typed = self.terms.ids, self.columns, self.typed
        for subject, predicate, object_ in triples:
            columns[ids[predicate]].append(ids[subject] * SPAN + ids[object_])
        for pair in columns.get(TYPE, ()):
            typed[pair % SPAN].append(pair // SPAN)
        self.merges = [(pair // SPAN, pair % SPAN) for pair in columns.get(SAME_AS, ())]
        for predicate_id in AXIOMS:
            self.pairs_of(predicate_id)
        for metaclass in METACLASSES:
            self.members_of(metaclass)

    # -- reading

    def find(self, term: int) -> int:
        """Return the term that stands for a term and for all that is the same."""
        parents = self.parents
        while (parent := parents.get(term, term)) != term:
            parents[term] = term = parents.get(parent, parent)
        return term

    def names_of(self, term: int) -> list[int]:
        """Return the terms that a representative stands for."""
        return self.cliques.get(term) or [term]

    def of(self, property_: int) -> Pairs:
        """Return the pairs of a property, to be looked through."""
        known = self.pairs.get(property_)
        return self.columns.get(property_, ()) if known is None else known

    def pairs_of(self, property_: int) -> set[int]:
        """Return the pairs of a property as the set of the store, which grows with it."""
        known = self.pairs.get(property_)
        if known is None:
            columns = (self.columns.get(name, ()) for name in self.names_of(property_))
            known = self.pairs[property_] = self.renamed(set().union(*columns))
        return known

    def members_of(self, class_: int) -> set[int]:
        """Return the members of a class as the set of the store, which grows with it."""
        known = self.members.get(class_)
        if known is None:
            columns = (self.typed.get(name, ()) for name in self.names_of(class_))
            known = set().union(*columns)
            stale = known & self.parents.keys()
            known -= stale
            known.update(map(self.find, stale))
            self.members[class_] = known
        return known

    def by_subject(self, property_: int, of: Collection[int] | None = None) -> Index:
        """Return the objects of each subject of a property.

        :param of: the subjects that matter; when they are few, the answer may hold them only.
        """
        index = self._by_subject.get(property_)
        if index is not None:
            return index
        index = defaultdict(list)
        if self._only_once(property_, of):
            wanted = frozenset(of or ())
            for pair in self.of(property_):
                if pair // SPAN in wanted:
                    index[pair // SPAN].append(pair % SPAN)
            return index
        for pair in self.of(property_):
            index[pair // SPAN].append(pair % SPAN)
        self._by_subject[property_] = index
        return index

    def by_object(self, property_: int, of: Collection[int] | None = None) -> Index:
        """Return the subjects of each object of a property.

        :param of: the objects that matter; when they are few, the answer may hold them only.
        """
        index = self._by_object.get(property_)
        if index is not None:
            return index
        index = defaultdict(list)
        if self._only_once(property_, of):
            wanted = frozenset(of or ())
            for pair in self.of(property_):
                if pair % SPAN in wanted:
                    index[pair % SPAN].append(pair // SPAN)
            return index
        for pair in self.of(property_):
            index[pair % SPAN].append(pair // SPAN)
        self._by_object[property_] = index
        return index

    def _only_once(self, property_: int, wanted: Collection[int] | None) -> bool:
        """Tell whether to look through the pairs instead of keeping an index: a few times."""
        if wanted is None or 4 * len(wanted) > len(self.of(property_)):
            return False
        self._looked_through[property_] += 1
        return self._looked_through[property_] < 8

    # -- writing

    def add_pairs(self, property_: int, candidates: Pairs) -> None:
        """Add pairs to a property; those not known are its news."""
        if property_ == TYPE:
            self._add_types(candidates)
        elif property_ == SAME_AS:
            self.merges += [(pair // SPAN, pair % SPAN) for pair in candidates]
        else:
            known = self.pairs_of(property_)
            fresh = _set(candidates) - known
            if fresh:
                known |= fresh
                self._announce(property_, fresh)
                self.axioms_changed |= property_ in AXIOMS

    def add_members(self, class_: int, candidates: Collection[int]) -> None:
        """Add members to a class; those not known are its news."""
        known = self.members_of(class_)
        fresh = _set(candidates) - known
        if not fresh:
            return
        known |= fresh
        if class_ in self.read_classes:
            waiting = self.new_members.get(class_)
            self.new_members[class_] = fresh if waiting is None else waiting | fresh
        self.axioms_changed |= class_ in METACLASSES
        if (types := self.pairs.get(TYPE)) is not None:  # some rule reads rdf:type as a property
            pairs = {member * SPAN + class_ for member in fresh} - types
            types |= pairs
            self._announce(TYPE, pairs)

    def _add_types(self, candidates: Pairs) -> None:
        by_class: dict[int, set[int]] = defaultdict(set)
        for pair in candidates:
            by_class[pair % SPAN].add(pair // SPAN)
        for class_, members in by_class.items():
            self.add_members(class_, members)

    def _announce(self, property_: int, fresh: set[int]) -> None:
        if property_ in self.read_properties:
            waiting = self.new_pairs.get(property_)
            self.new_pairs[property_] = fresh if waiting is None else waiting | fresh
        if (index := self._by_subject.get(property_)) is not None:
            for pair in fresh:
                index[pair // SPAN].append(pair % SPAN)
        if (index := self._by_object.get(property_)) is not None:
            for pair in fresh:
                index[pair % SPAN].append(pair // SPAN)

    # -- renaming, when terms turn out to be the same (see equality.py)

    def renamed(self, pairs: set[int]) -> set[int]:
        """Return pairs with each term replaced by the one that stands for it."""
        if stale := self.stale(pairs):
            find = self.find
            pairs = pairs.difference(stale)
            pairs.update(find(pair // SPAN) * SPAN + find(pair % SPAN) for pair in stale)
        return pairs

    def stale(self, pairs: Pairs) -> list[int]:
        """Return the pairs that name a term which another one stands for."""
        gone = self.parents
        if not gone:
            return []
        return [pair for pair in pairs if pair // SPAN in gone or pair % SPAN in gone]

    def drop_from_indexes(self, property_: int, pairs: Pairs) -> None:
        """Take pairs that were renamed out of the indexes of their property."""
        if (index := self._by_subject.get(property_)) is not None:
            _take(index, ((pair // SPAN, pair % SPAN) for pair in pairs))
        if (index := self._by_object.get(property_)) is not None:
            _take(index, ((pair % SPAN, pair // SPAN) for pair in pairs))

    def forget_indexes(self, property_: int) -> None:
        """Drop the indexes of a property whose pairs changed otherwise."""
        self._by_subject.pop(property_, None)
        self._by_object.pop(property_, None)


def _take(index: defaultdict[int, list[int]], entries: Iterable[tuple[int, int]]) -> None:
    gone: dict[int, set[int]] = defaultdict(set)
    for key, value in entries:
        gone[key].add(value)
    for key, values in gone.items():
        index[key] = [value for value in index[key] if value not in values]


def _set(candidates: Collection[int]) -> set[int]:
    return candidates if isinstance(candidates, set) else set(candidates)


def occurring(facts: Facts) -> set[int]:
    """Return the terms of all triples, which are the same as themselves (eq-ref)."""
    found = set(facts.columns)
    for column in facts.columns.values():
        found.update(pair // SPAN for pair in column)
        found.update(pair % SPAN for pair in column)
    return found
