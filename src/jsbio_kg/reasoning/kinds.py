"""Kinds of classes and properties, and datatypes: classes of which no member is published."""

from pyoxigraph import NamedNode

from ..vocabulary import BORROWED, expand
from . import terms as t
from .facts import Facts

__all__ = ["unpublished_classes", "unused"]

_DATATYPES = (expand("rdfs:Datatype"), expand("owl:DataRange"))
_VOCABULARIES = tuple(BORROWED[name] for name in ("rdfs", "owl", "xsd"))
_KINDS = frozenset(
    expand(name)
    for name in ("rdf:HTML", "rdf:JSON", "rdf:List", "rdf:PlainLiteral", "rdf:Property")
) | {expand("rdf:XMLLiteral"), expand("rdf:langString")}


def unpublished_classes(facts: Facts) -> set[int]:
    """Return the classes of which nobody needs to hear that something is a member."""
    ids, names = facts.terms.ids, facts.terms.names
    found = {i for i, term in enumerate(names) if isinstance(term, NamedNode) and _is_kind(term)}
    for datatype in _DATATYPES:
        if (number := ids.get(NamedNode(datatype))) is not None:
            found |= facts.members_of(number)
    return found


def _is_kind(term: NamedNode) -> bool:
    return term.value.startswith(_VOCABULARIES) or term.value in _KINDS


def unused(facts: Facts) -> set[int]:
    """Return the classes whose members need not be worked out, unless a rule reads them."""
    if len(facts.names_of(t.TYPE)) > 1:
        return set()  # membership is published under another name
    found = unpublished_classes(facts).difference(t.METACLASSES)
    return {class_ for class_ in found if found.issuperset(facts.names_of(class_))}
