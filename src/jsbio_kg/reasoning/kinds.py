"""Kinds of classes and properties, and datatypes: classes of which no member is published."""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from ..vocabulary import BORROWED, expand
from . import terms as t
from .facts import Facts
from .steps import Step, class_given
from .terms import Term

__all__ = ["unpublished", "unused"]

_DATATYPES = (NamedNode(expand("rdfs:Datatype")), NamedNode(expand("owl:DataRange")))
_VOCABULARIES = tuple(BORROWED[name] for name in ("rdfs", "owl", "xsd"))
_KINDS = frozenset(
    expand(name)
    for name in ("rdf:HTML", "rdf:JSON", "rdf:List", "rdf:PlainLiteral", "rdf:Property")
) | {expand("rdf:XMLLiteral"), expand("rdf:langString")}


def unpublished(facts: Facts, classes: Iterable[int]) -> set[int]:
    """Return those of some classes of which nobody needs to hear that something is a member."""
    names = facts.terms.names
    datatypes: set[int] = set()
    for kind in _DATATYPES:
        if (number := facts.terms.ids.get(kind)) is not None:
            datatypes |= facts.members_of(facts.find(number))
    return {c for c in classes if facts.find(c) in datatypes or _is_kind(names[c])}


def unused(facts: Facts, steps: Iterable[Step]) -> set[int]:
    """Return the classes whose members need not be worked out, unless a rule reads them."""
    if len(facts.names_of(t.TYPE)) > 1:
        return set()  # membership is published under another name
    given = {class_ for step in steps if (class_ := class_given(step)) is not None}
    given.difference_update(t.METACLASSES)
    return {
        c for c in given if len(unpublished(facts, facts.names_of(c))) == len(facts.names_of(c))
    }


def _is_kind(term: Term) -> bool:
    return isinstance(term, NamedNode) and (
        term.value.startswith(_VOCABULARIES) or term.value in _KINDS
    )
