"""The shapes that a rule takes once its axioms are known: rules about data only.

A rule of OWL 2 RL such as ``cax-sco``, "?c1 rdfs:subClassOf ?c2 and ?x a ?c1 give ?x a ?c2",
becomes one :class:`SubClass` for each axiom, "?x a :City gives ?x a :Place". Classes and properties
are identifiers; ``rule`` is the name in the tables of the W3C.
"""

from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "AllValues",
    "AtMostOne",
    "Chain",
    "Functional",
    "Intersection",
    "Inverse",
    "InverseFunctional",
    "Key",
    "Member",
    "ObjectType",
    "SomeValues",
    "Step",
    "SubClass",
    "SubProperty",
    "SubjectType",
    "Transitive",
    "TypeValue",
    "ValueType",
    "class_given",
    "classes_read",
    "properties_read",
]


@dataclass(frozen=True, slots=True)
class _Step:
    rule: str


@dataclass(frozen=True, slots=True)
class SubClass(_Step):
    """``x a narrow`` gives ``x a wide``."""

    narrow: int
    wide: int


@dataclass(frozen=True, slots=True)
class SubProperty(_Step):
    """``x narrow y`` gives ``x wide y``."""

    narrow: int
    wide: int


@dataclass(frozen=True, slots=True)
class Inverse(_Step):
    """``x property y`` gives ``y inverse x``."""

    property: int
    inverse: int


@dataclass(frozen=True, slots=True)
class SubjectType(_Step):
    """``x property y`` gives ``x a type``."""

    property: int
    type: int


@dataclass(frozen=True, slots=True)
class ObjectType(_Step):
    """``x property y`` gives ``y a type``."""

    property: int
    type: int


@dataclass(frozen=True, slots=True)
class ValueType(_Step):
    """``x property value`` gives ``x a type``."""

    property: int
    value: int
    type: int


@dataclass(frozen=True, slots=True)
class TypeValue(_Step):
    """``x a type`` gives ``x property value``."""

    type: int
    property: int
    value: int


@dataclass(frozen=True, slots=True)
class Member(_Step):
    """``individual a type``, whatever else holds."""

    individual: int
    type: int


@dataclass(frozen=True, slots=True)
class Intersection(_Step):
    """``x a`` each of the parts gives ``x a type``."""

    parts: tuple[int, ...]
    type: int


@dataclass(frozen=True, slots=True)
class SomeValues(_Step):
    """``x property y`` and ``y a filler`` give ``x a type``."""

    property: int
    filler: int
    type: int


@dataclass(frozen=True, slots=True)
class AllValues(_Step):
    """``x a type`` and ``x property y`` give ``y a filler``."""

    type: int
    property: int
    filler: int


@dataclass(frozen=True, slots=True)
class Transitive(_Step):
    """``x property y`` and ``y property z`` give ``x property z``."""

    property: int


@dataclass(frozen=True, slots=True)
class Chain(_Step):
    """``x part1 y``, ``y part2 z`` and so on give ``x property`` the last."""

    parts: tuple[int, ...]
    property: int


@dataclass(frozen=True, slots=True)
class Functional(_Step):
    """``x property y`` and ``x property z`` make y and z the same."""

    property: int


@dataclass(frozen=True, slots=True)
class InverseFunctional(_Step):
    """``x property z`` and ``y property z`` make x and y the same."""

    property: int


@dataclass(frozen=True, slots=True)
class AtMostOne(_Step):
    """``x a type``, ``x property y`` and ``x property z`` make y and z the same.

    :param filler: y and z must be of this class; None for any.
    """

    type: int
    property: int
    filler: int | None


@dataclass(frozen=True, slots=True)
class Key(_Step):
    """Two of a type that share a value of each property are the same."""

    type: int
    properties: tuple[int, ...]


Step: TypeAlias = (
    SubClass
    | SubProperty
    | Inverse
    | SubjectType
    | ObjectType
    | ValueType
    | TypeValue
    | Member
    | Intersection
    | SomeValues
    | AllValues
    | Transitive
    | Chain
    | Functional
    | InverseFunctional
    | AtMostOne
    | Key
)


def class_given(step: Step) -> int | None:
    """Return the class that a step gives members to."""
    match step:
        case SubClass(_, _, wide):
            return wide
        case AllValues(_, _, _, filler):
            return filler
        case (
            SubjectType(type=type_)
            | ObjectType(type=type_)
            | ValueType(type=type_)
            | Member(type=type_)
            | SomeValues(type=type_)
            | Intersection(type=type_)
        ):
            return type_
    return None


def classes_read(step: Step) -> tuple[int, ...]:
    """Return the classes whose members a step looks at."""
    match step:
        case SubClass(_, narrow, _):
            return (narrow,)
        case SomeValues(_, _, filler, _):
            return (filler,)
        case Intersection(_, parts, _):
            return parts
        case TypeValue(type=type_) | AllValues(type=type_) | Key(type=type_):
            return (type_,)
        case AtMostOne(_, type_, _, filler):
            return (type_,) if filler is None else (type_, filler)
    return ()


def properties_read(step: Step) -> tuple[int, ...]:
    """Return the properties whose pairs a step looks at."""
    match step:
        case SubProperty(_, narrow, _):
            return (narrow,)
        case Chain(_, parts, _) | Key(_, _, parts):
            return parts
        case (
            Inverse(property=property_)
            | SubjectType(property=property_)
            | ObjectType(property=property_)
            | ValueType(property=property_)
            | SomeValues(property=property_)
            | AllValues(property=property_)
            | Transitive(property=property_)
            | Functional(property=property_)
            | InverseFunctional(property=property_)
            | AtMostOne(property=property_)
        ):
            return (property_,)
    return ()
