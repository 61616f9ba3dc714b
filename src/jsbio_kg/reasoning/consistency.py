"""Contradictions: the rules whose conclusion is false.

In: the closed facts. Out: nothing, or the contradictions in the order of the axioms, each with its
rule and the triples that cannot stand together.
"""

from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import Literal

from ..errors import ShapeError
from ..i18n import message
from . import terms as t
from .facts import Facts
from .schema import Schema
from .terms import SPAN, Triple
from .values import differ
from .wording import listed

__all__ = ["Inconsistency", "Watch", "contradictions"]

Numbers = tuple[int, int, int]
#: A rule, two terms that are apart, and the axiom that says so.
Apart = tuple[str, int, int, tuple[Numbers, ...]]
Found = Iterator[tuple[str, tuple[Numbers, ...]]]


class Inconsistency(ShapeError):
    """Triples that cannot all be true.

    :param rule: the rule of the W3C tables that says so.
    :param triples: what cannot stand together, axioms last.
    :param asserted: the triples of the input from which the inferred ones among them follow.
    :param facts: what is known of the blank nodes among them.
    """

    def __init__(
        self,
        rule: str,
        triples: tuple[Triple, ...],
        asserted: tuple[Triple, ...],
        facts: Facts,
    ) -> None:
        stated = {
            "rule": rule,
            "triples": listed(triples, facts),
            "asserted": listed(asserted, facts),
        }
        super().__init__(
            message(
                "By rule %(rule)s these triples contradict each other: %(triples)s; "
                "they follow from: %(asserted)s.",
                **stated,
            )
            if asserted
            else message(
                "By rule %(rule)s these triples contradict each other: %(triples)s.", **stated
            ),
            fix=message("Correct the triple that is wrong, or the axiom."),
        )
        self.rule = rule
        self.triples = triples
        self.asserted = asserted


class Watch:
    """What the axioms forbid.

    :param schema: the axioms, before or after the closure.
    """

    def __init__(self, schema: Schema) -> None:
        #: two classes without common member
        self.disjoint_classes = [
            *_apart(schema, "cax-dw", t.DISJOINT_WITH),
            *_apart(schema, "cls-com", t.COMPLEMENT_OF),
            *_all_apart(schema, "cax-adc", t.ALL_DISJOINT_CLASSES),
        ]
        #: the same for properties without common pair
        self.disjoint_properties = [
            *_apart(schema, "prp-pdw", t.PROPERTY_DISJOINT_WITH),
            *_all_apart(schema, "prp-adp", t.ALL_DISJOINT_PROPERTIES),
        ]
        self.irreflexive = schema.members(t.IRREFLEXIVE)
        self.asymmetric = schema.members(t.ASYMMETRIC)
        #: rule, restriction, property and filler (or None) of which there may be no value, axiom
        self.no_value = list(_no_value(schema))
        #: rule, axiom and list of terms that are all different
        self.different = [
            (rule, axiom, members)
            for rule, predicate in (("eq-diff2", t.MEMBERS), ("eq-diff3", t.DISTINCT_MEMBERS))
            for axiom, members in _declared(schema, t.ALL_DIFFERENT, predicate)
        ]
        self.negative = list(_negative(schema))

    @property
    def properties(self) -> set[int]:
        """The properties that are looked at."""
        return {
            *self.irreflexive,
            *self.asymmetric,
            *(p for _, one, other, _ in self.disjoint_properties for p in (one, other)),
            *(property_ for _, _, property_, _, _ in self.no_value),
            *(property_ for _, _, (_, property_, _) in self.negative),
        }

    @property
    def classes(self) -> set[int]:
        """The classes that are looked at."""
        return {
            t.NOTHING,
            *(c for _, one, other, _ in self.disjoint_classes for c in (one, other)),
            *(
                c
                for _, class_, _, filler, _ in self.no_value
                for c in (class_, filler)
                if c is not None
            ),
        }


def _apart(schema: Schema, rule: str, predicate: int) -> Iterator[Apart]:
    for one, other in schema.axioms(predicate):
        yield rule, one, other, ((one, predicate, other),)


def _all_apart(schema: Schema, rule: str, kind: int) -> Iterator[Apart]:
    for axiom, members in _declared(schema, kind, t.MEMBERS):
        for one, other in combinations(members, 2):
            yield rule, one, other, axiom


def _declared(
    schema: Schema, kind: int, predicate: int
) -> Iterator[tuple[tuple[Numbers, ...], tuple[int, ...]]]:
    """Give each axiom of a kind about the members of a list, with these."""
    declared = set(schema.members(kind))
    for node, head in schema.axioms(predicate):
        for members in schema.lists(head) if node in declared else ():
            yield ((node, t.TYPE, kind), (node, predicate, head)), members


def _no_value(schema: Schema) -> Iterator[tuple[str, int, int, int | None, tuple[Numbers, ...]]]:
    for class_, property_ in schema.at_most(t.MAX_CARDINALITY, 0):
        axiom = _restriction(schema, class_, t.MAX_CARDINALITY)
        yield "cls-maxc1", class_, property_, None, axiom
    for class_, property_, filler in schema.qualified(0):
        axiom = _restriction(schema, class_, t.MAX_QUALIFIED_CARDINALITY, t.ON_CLASS)
        if filler == t.THING:
            yield "cls-maxqc2", class_, property_, None, axiom
        else:
            yield "cls-maxqc1", class_, property_, filler, axiom


def _restriction(schema: Schema, class_: int, *predicates: int) -> tuple[Numbers, ...]:
    """Return the axioms that make a restriction of a class."""
    return tuple(
        (class_, predicate, value)
        for predicate in (t.ON_PROPERTY, *predicates)
        for value in schema.objects(predicate, class_)
    )


def _negative(schema: Schema) -> Iterator[tuple[str, tuple[Numbers, ...], Numbers]]:
    """Give the negative assertions: rule, axiom and the triple that must not be."""
    targets = [("prp-npa1", t.TARGET_INDIVIDUAL, *a) for a in schema.axioms(t.TARGET_INDIVIDUAL)]
    targets += [("prp-npa2", t.TARGET_VALUE, *a) for a in schema.axioms(t.TARGET_VALUE)]
    for rule, predicate, node, target in targets:
        for source in schema.objects(t.SOURCE_INDIVIDUAL, node):
            for property_ in schema.objects(t.ASSERTION_PROPERTY, node):
                axiom = (
                    (node, t.SOURCE_INDIVIDUAL, source),
                    (node, t.ASSERTION_PROPERTY, property_),
                    (node, predicate, target),
                )
                yield rule, axiom, (source, property_, target)


def contradictions(facts: Facts, schema: Schema) -> Found:
    """Give the contradictions among closed facts, rule by rule."""
    watch = Watch(schema)
    yield from _same_and_different(facts, watch)
    yield from _forbidden_pairs(facts, watch)
    yield from _forbidden_members(facts, watch)


def _same_and_different(facts: Facts, watch: Watch) -> Found:
    find = facts.find
    stated = {*facts.columns.get(t.DIFFERENT_FROM, ()), *facts.of(t.DIFFERENT_FROM)}
    pairs = sorted((pair // SPAN, pair % SPAN) for pair in stated)
    for one, other in sorted(pairs, key=lambda pair: pair[0] == pair[1]):
        if find(one) == find(other):
            yield "eq-diff1", ((one, t.SAME_AS, other), (one, t.DIFFERENT_FROM, other))
    for rule, axiom, members in watch.different:
        for one, other in combinations(members, 2):
            if one == other:
                same = facts.names_of(one)
                yield rule, ((same[0], t.SAME_AS, same[-1]), *axiom)
    terms = facts.terms.names
    for clique in facts.cliques.values():
        literals = [(i, term) for i in clique if isinstance(term := terms[i], Literal)]
        for (one, value), (other, other_value) in combinations(literals, 2):
            if differ(value, other_value):
                yield "dt-diff", ((one, t.SAME_AS, other),)


def _forbidden_pairs(facts: Facts, watch: Watch) -> Found:
    for property_ in watch.irreflexive:
        for x in sorted(p // SPAN for p in facts.pairs_of(property_) if p // SPAN == p % SPAN):
            yield "prp-irp", ((x, property_, x), (property_, t.TYPE, t.IRREFLEXIVE))
    for property_ in watch.asymmetric:
        pairs = facts.pairs_of(property_)
        for pair in sorted(p for p in pairs if p % SPAN * SPAN + p // SPAN in pairs):
            x, y = pair // SPAN, pair % SPAN
            kind = (property_, t.TYPE, t.ASYMMETRIC)
            yield "prp-asyp", ((x, property_, y), (y, property_, x), kind)
    for rule, one, other, axiom in watch.disjoint_properties:
        for pair in sorted(facts.pairs_of(one) & facts.pairs_of(other)):
            x, y = pair // SPAN, pair % SPAN
            yield rule, ((x, one, y), (x, other, y), *axiom)
    for rule, axiom, (subject, property_, target) in watch.negative:
        if subject * SPAN + target in facts.pairs_of(property_):
            yield rule, ((subject, property_, target), *axiom)


def _forbidden_members(facts: Facts, watch: Watch) -> Found:
    for x in sorted(facts.members_of(t.NOTHING)):
        yield "cls-nothing2", ((x, t.TYPE, t.NOTHING),)
    for rule, one, other, axiom in watch.disjoint_classes:
        for x in sorted(facts.members_of(one) & facts.members_of(other)):
            yield rule, ((x, t.TYPE, one), (x, t.TYPE, other), *axiom)
    for rule, class_, property_, filler, axiom in watch.no_value:
        members = facts.members_of(class_)
        fillers = None if filler is None else facts.members_of(filler)
        for pair in sorted(facts.pairs_of(property_)):
            x, y = pair // SPAN, pair % SPAN
            if x in members and (fillers is None or y in fillers):
                of_class = () if filler is None else ((y, t.TYPE, filler),)
                yield rule, ((x, t.TYPE, class_), (x, property_, y), *of_class, *axiom)
