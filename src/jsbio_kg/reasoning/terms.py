"""Terms as small integers, and the vocabulary that the rules speak of.

In: RDF terms. Out: identifiers, dense and in order of first sight. What the rules name comes first,
so that those identifiers are constants of this module. A pair of identifiers (subject, object)
travels through the room as one integer: ``subject * SPAN + object``.
"""

from collections import defaultdict
from itertools import count
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from ..vocabulary import BORROWED, expand, shrink

__all__ = [
    "AXIOMS",
    "INTEGERS",
    "METACLASSES",
    "RESERVED",
    "SPAN",
    "Term",
    "Terms",
    "Triple",
    "compact",
]

Term: TypeAlias = NamedNode | BlankNode | Literal
Triple: TypeAlias = tuple[Term, Term, Term]

#: More than there are terms. A prime, so that the pairs of one object, or of one subject, spread
#: over a hash table; with a power of two a set of pairs is five times slower.
SPAN: Final = 2**30 - 35

_AXIOMS: Final = (
    "rdf:first",
    "rdf:rest",
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
    "rdfs:domain",
    "rdfs:range",
    "owl:equivalentClass",
    "owl:equivalentProperty",
    "owl:inverseOf",
    "owl:propertyChainAxiom",
    "owl:hasKey",
    "owl:intersectionOf",
    "owl:unionOf",
    "owl:oneOf",
    "owl:onProperty",
    "owl:onClass",
    "owl:someValuesFrom",
    "owl:allValuesFrom",
    "owl:hasValue",
    "owl:maxCardinality",
    "owl:maxQualifiedCardinality",
    "owl:complementOf",
    "owl:disjointWith",
    "owl:propertyDisjointWith",
    "owl:members",
    "owl:distinctMembers",
    "owl:differentFrom",
    "owl:sourceIndividual",
    "owl:assertionProperty",
    "owl:targetIndividual",
    "owl:targetValue",
)
_METACLASSES: Final = (
    "owl:Class",
    "owl:ObjectProperty",
    "owl:DatatypeProperty",
    "owl:FunctionalProperty",
    "owl:InverseFunctionalProperty",
    "owl:IrreflexiveProperty",
    "owl:SymmetricProperty",
    "owl:AsymmetricProperty",
    "owl:TransitiveProperty",
    "owl:AllDisjointProperties",
    "owl:AllDisjointClasses",
    "owl:AllDifferent",
)
_OTHERS: Final = ("rdf:type", "owl:sameAs", "rdf:nil", "owl:Thing", "owl:Nothing")

#: The terms that the rules name, in the order of their identifiers.
RESERVED: Final = tuple(NamedNode(expand(name)) for name in _AXIOMS + _METACLASSES + _OTHERS)

#: Predicates whose triples are axioms: a new one changes the rules that apply to the data.
AXIOMS: Final = range(len(_AXIOMS))
(
    FIRST,
    REST,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    DOMAIN,
    RANGE,
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    INVERSE_OF,
    PROPERTY_CHAIN_AXIOM,
    HAS_KEY,
    INTERSECTION_OF,
    UNION_OF,
    ONE_OF,
    ON_PROPERTY,
    ON_CLASS,
    SOME_VALUES_FROM,
    ALL_VALUES_FROM,
    HAS_VALUE,
    MAX_CARDINALITY,
    MAX_QUALIFIED_CARDINALITY,
    COMPLEMENT_OF,
    DISJOINT_WITH,
    PROPERTY_DISJOINT_WITH,
    MEMBERS,
    DISTINCT_MEMBERS,
    DIFFERENT_FROM,
    SOURCE_INDIVIDUAL,
    ASSERTION_PROPERTY,
    TARGET_INDIVIDUAL,
    TARGET_VALUE,
) = AXIOMS

#: Classes whose members are axioms.
METACLASSES: Final = range(len(_AXIOMS), len(_AXIOMS) + len(_METACLASSES))
(
    CLASS,
    OBJECT_PROPERTY,
    DATATYPE_PROPERTY,
    FUNCTIONAL,
    INVERSE_FUNCTIONAL,
    IRREFLEXIVE,
    SYMMETRIC,
    ASYMMETRIC,
    TRANSITIVE,
    ALL_DISJOINT_PROPERTIES,
    ALL_DISJOINT_CLASSES,
    ALL_DIFFERENT,
) = METACLASSES

TYPE, SAME_AS, NIL, THING, NOTHING = range(METACLASSES.stop, len(RESERVED))

INTEGERS: Final = frozenset(
    BORROWED["xsd"] + name
    for name in (
        *("integer", "nonNegativeInteger", "positiveInteger", "long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)


class Terms:
    """The identifiers of terms.

    >>> terms = Terms()
    >>> terms.names[TYPE]
    <NamedNode value=http://www.w3.org/1999/02/22-rdf-syntax-ns#type>
    """

    def __init__(self) -> None:
        #: looking up with ``[]`` numbers a term that has not been seen
        self.ids: defaultdict[Term, int] = defaultdict(count().__next__)
        for term in RESERVED:
            self.ids[term]
        self._names: list[Term] = []

    @property
    def names(self) -> list[Term]:
        """Return the terms in the order of their identifiers."""
        if len(self._names) != len(self.ids):
            self._names = list(self.ids)
        return self._names

    def whole_number(self, term: int) -> int | None:
        """Return the value of an integer literal, None for anything else."""
        literal = self.names[term]
        if not isinstance(literal, Literal) or literal.datatype.value not in INTEGERS:
            return None
        try:
            return int(literal.value)
        except ValueError:
            return None


def compact(term: Term) -> str:
    """Return a term as people write it: a compact name, a literal, a blank node.

    >>> compact(NamedNode("http://www.w3.org/2002/07/owl#sameAs"))
    'owl:sameAs'
    """
    return shrink(term.value) if isinstance(term, NamedNode) else str(term)
