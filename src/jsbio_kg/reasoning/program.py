"""From axioms to rules about data: what each axiom asks of the facts.

In: a :class:`~.schema.Schema`. Out: a list of steps, in an order that the axioms alone decide. What
cannot come out is left out here already: nobody publishes that something is an ``owl:Thing``, so
the steps that say so are kept only when a further rule reads it.
"""

from collections.abc import Iterator

from . import terms as t
from .schema import Schema
from .steps import (
    AllValues,
    AtMostOne,
    Chain,
    Functional,
    Intersection,
    Inverse,
    InverseFunctional,
    Key,
    Member,
    ObjectType,
    SomeValues,
    Step,
    SubClass,
    SubjectType,
    SubProperty,
    Transitive,
    TypeValue,
    ValueType,
)

__all__ = ["steps_of"]


def steps_of(schema: Schema) -> list[Step]:
    """Return the rules about data that the axioms make, each once."""
    return list(dict.fromkeys((*_hierarchies(schema), *_properties(schema), *_classes(schema))))


def _hierarchies(schema: Schema) -> Iterator[Step]:
    """Sub- and equivalent classes and properties, with the edges that table 9 adds.

    What rules of table 9 say with ``cax-sco`` or ``prp-spo1`` and another rule says directly is
    stated once: scm-eqc1 under cax-eqc*, scm-eqp1 under prp-eqp*, scm-int under cls-int2, scm-uni
    under cls-uni. Nor is a closed hierarchy needed, since data climbs it edge by edge.
    """
    for narrow, wide in schema.axioms(t.SUB_CLASS_OF):
        yield SubClass("cax-sco", narrow, wide)
    for narrow, wide in sorted(schema.between_restrictions()):
        yield SubClass("cax-sco", narrow, wide)
    for class_ in schema.members(t.CLASS):  # scm-cls
        yield SubClass("cax-sco", class_, t.THING)
        yield SubClass("cax-sco", t.NOTHING, class_)
    for class_, parts in schema.listed(t.INTERSECTION_OF):
        yield from (SubClass("cls-int2", class_, part) for part in parts)
    for class_, parts in schema.listed(t.UNION_OF):
        yield from (SubClass("cls-uni", part, class_) for part in parts)
    for one, other in schema.axioms(t.EQUIVALENT_CLASS):
        yield SubClass("cax-eqc1", one, other)
        yield SubClass("cax-eqc2", other, one)
    for narrow, wide in schema.axioms(t.SUB_PROPERTY_OF):
        yield SubProperty("prp-spo1", narrow, wide)
    for one, other in schema.axioms(t.EQUIVALENT_PROPERTY):
        yield SubProperty("prp-eqp1", one, other)
        yield SubProperty("prp-eqp2", other, one)


def _properties(schema: Schema) -> Iterator[Step]:
    """Table 5, the rules that conclude something."""
    for property_, class_ in schema.axioms(t.DOMAIN):
        yield SubjectType("prp-dom", property_, class_)
    for property_, class_ in schema.axioms(t.RANGE):
        yield ObjectType("prp-rng", property_, class_)
    for property_ in schema.members(t.FUNCTIONAL):
        yield Functional("prp-fp", property_)
    for property_ in schema.members(t.INVERSE_FUNCTIONAL):
        yield InverseFunctional("prp-ifp", property_)
    for property_ in schema.members(t.SYMMETRIC):
        yield Inverse("prp-symp", property_, property_)
    for property_ in schema.members(t.TRANSITIVE):
        yield Transitive("prp-trp", property_)
    for property_, parts in schema.listed(t.PROPERTY_CHAIN_AXIOM):
        yield Chain("prp-spo2", parts, property_)
    for one, other in schema.axioms(t.INVERSE_OF):
        yield Inverse("prp-inv1", one, other)
        yield Inverse("prp-inv2", other, one)
    for class_, parts in schema.listed(t.HAS_KEY):
        yield Key("prp-key", class_, parts)


def _classes(schema: Schema) -> Iterator[Step]:
    """Table 6, the rules that conclude something."""
    for class_, parts in schema.listed(t.INTERSECTION_OF):
        yield Intersection("cls-int1", parts, class_)
    for class_, property_, filler in schema.restrictions(t.SOME_VALUES_FROM):
        if filler == t.THING:  # of which everything is a member
            yield SubjectType("cls-svf2", property_, class_)
        else:
            yield SomeValues("cls-svf1", property_, filler, class_)
    for class_, property_, filler in schema.restrictions(t.ALL_VALUES_FROM):
        yield AllValues("cls-avf", class_, property_, filler)
    for class_, property_, value in schema.restrictions(t.HAS_VALUE):
        yield TypeValue("cls-hv1", class_, property_, value)
        yield ValueType("cls-hv2", property_, value, class_)
    for class_, property_ in schema.at_most(t.MAX_CARDINALITY, 1):
        yield AtMostOne("cls-maxc2", class_, property_, None)
    for class_, property_, filler in schema.qualified(1):
        if filler == t.THING:
            yield AtMostOne("cls-maxqc4", class_, property_, None)
        else:
            yield AtMostOne("cls-maxqc3", class_, property_, filler)
    for class_, individuals in schema.listed(t.ONE_OF):
        yield from (Member("cls-oo", individual, class_) for individual in individuals)
