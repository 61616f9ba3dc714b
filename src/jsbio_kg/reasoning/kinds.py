"""Kinds of classes and properties, and datatypes: classes of which no member is published."""

from pyoxigraph import NamedNode

from ..vocabulary import BORROWED, expand
from . import terms as t
from .facts import Facts

__all__ = ["unpublished_classes", "unused"]

_DATATYPES = (expand("rdfs:Datatype"), expand("owl:DataRange"))
_KINDS = frozenset(
    expand(name)
    for name in (
        "rdfs:Class",
        "rdfs:ContainerMembershipProperty",
        "rdfs:Datatype",
        "rdfs:Literal",
        "rdfs:Resource",
        "rdf:List",
        "rdf:PlainLiteral",
        "rdf:Property",
        "rdf:langString",
        "owl:AnnotationProperty",
        "owl:Axiom",
        "owl:Annotation",
        "owl:DataRange",
        "owl:DeprecatedClass",
        "owl:DeprecatedProperty",
        "owl:NamedIndividual",
        "owl:NegativePropertyAssertion",
        "owl:Nothing",
        "owl:Ontology",
        "owl:OntologyProperty",
        "owl:ReflexiveProperty",
        "owl:Restriction",
        "owl:Thing",
    )
).union(t.RESERVED[metaclass].value for metaclass in t.METACLASSES)


def unpublished_classes(facts: Facts) -> set[int]:
    """Return the classes of which nobody needs to hear that something is a member."""
    ids, names = facts.terms.ids, facts.terms.names
    found = {i for i, term in enumerate(names) if isinstance(term, NamedNode) and _is_kind(term)}
    for datatype in _DATATYPES:
        if (number := ids.get(NamedNode(datatype))) is not None:
            found |= facts.members_of(number)
    return found


def _is_kind(term: NamedNode) -> bool:
    iri = term.value
    return iri.startswith(BORROWED["xsd"]) or iri in _KINDS


def unused(facts: Facts) -> set[int]:
    """Return the classes whose members need not be worked out, unless a rule reads them."""
    found = unpublished_classes(facts).difference(t.METACLASSES)
    return {class_ for class_ in found if found.issuperset(facts.names_of(class_))}
