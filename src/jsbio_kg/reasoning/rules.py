"""The rules of OWL 2 RL/RDF, as the W3C states them: OWL 2 Profiles, section 4.3, tables 4 to 9.

This is the reading copy: proofs are found with it, and the tests hold the engine against it. In a
premise, ``?e in ?l`` says that e is a member of the list l, ``=1`` is any whole number literal of
that value, and ``...`` stands for the premises about each member of a list, which have code of
their own in :mod:`.proof`. A rule without conclusion says that its premises contradict each other.
"""

from dataclasses import dataclass
from typing import Final

__all__ = ["LEFT_OUT", "RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: when all premises hold, so does the conclusion."""

    name: str
    premises: tuple[str, ...]
    conclusion: str | None


def _rule(name: str, premises: str, conclusion: str | None = None) -> Rule:
    return Rule(name, tuple(part.strip() for part in premises.split(" . ")), conclusion)


#: Rules that are left out, in whole or in part, and why.
LEFT_OUT: Final = {
    "eq-ref": "used, not published: everything is the same as itself",
    "prp-ap": "axiomatic: the annotation properties of OWL are annotation properties",
    "cls-thing": "axiomatic: owl:Thing is a class",
    "cls-nothing1": "axiomatic: owl:Nothing is a class",
    "dt-type1": "axiomatic: the datatypes of OWL are datatypes",
    "dt-type2": "says of literals of which datatype they are; no triple starts with a literal",
    "dt-eq": "would repeat each triple for each way of writing its literal; write them canonically",
    "dt-diff": "only where literals follow to be the same, and for texts, exact numbers, booleans",
    "dt-not-type": "ill-typed literals are found by the shapes",
}

_EQUALITY: Final = (
    _rule("eq-ref", "?s ?p ?o", "?s owl:sameAs ?s"),
    _rule("eq-sym", "?x owl:sameAs ?y", "?y owl:sameAs ?x"),
    _rule("eq-trans", "?x owl:sameAs ?y . ?y owl:sameAs ?z", "?x owl:sameAs ?z"),
    _rule("eq-rep-s", "?s owl:sameAs ?s2 . ?s ?p ?o", "?s2 ?p ?o"),
    _rule("eq-rep-p", "?p owl:sameAs ?p2 . ?s ?p ?o", "?s ?p2 ?o"),
    _rule("eq-rep-o", "?o owl:sameAs ?o2 . ?s ?p ?o", "?s ?p ?o2"),
    _rule("eq-diff1", "?x owl:sameAs ?y . ?x owl:differentFrom ?y"),
    _rule("eq-diff2", "?x rdf:type owl:AllDifferent . ?x owl:members ?l . ..."),
    _rule("eq-diff3", "?x rdf:type owl:AllDifferent . ?x owl:distinctMembers ?l . ..."),
)
_PROPERTIES: Final = (
    _rule("prp-dom", "?p rdfs:domain ?c . ?x ?p ?y", "?x rdf:type ?c"),
    _rule("prp-rng", "?p rdfs:range ?c . ?x ?p ?y", "?y rdf:type ?c"),
    _rule(
        "prp-fp",
        "?p rdf:type owl:FunctionalProperty . ?x ?p ?y1 . ?x ?p ?y2",
        "?y1 owl:sameAs ?y2",
    ),
    _rule(
        "prp-ifp",
        "?p rdf:type owl:InverseFunctionalProperty . ?x1 ?p ?y . ?x2 ?p ?y",
        "?x1 owl:sameAs ?x2",
    ),
    _rule("prp-irp", "?p rdf:type owl:IrreflexiveProperty . ?x ?p ?x"),
    _rule("prp-symp", "?p rdf:type owl:SymmetricProperty . ?x ?p ?y", "?y ?p ?x"),
    _rule("prp-asyp", "?p rdf:type owl:AsymmetricProperty . ?x ?p ?y . ?y ?p ?x"),
    _rule("prp-trp", "?p rdf:type owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z", "?x ?p ?z"),
    _rule("prp-spo1", "?p1 rdfs:subPropertyOf ?p2 . ?x ?p1 ?y", "?x ?p2 ?y"),
    _rule("prp-spo2", "?p owl:propertyChainAxiom ?l . ...", "?x ?p ?z"),
    _rule("prp-eqp1", "?p1 owl:equivalentProperty ?p2 . ?x ?p1 ?y", "?x ?p2 ?y"),
    _rule("prp-eqp2", "?p1 owl:equivalentProperty ?p2 . ?x ?p2 ?y", "?x ?p1 ?y"),
    _rule("prp-pdw", "?p1 owl:propertyDisjointWith ?p2 . ?x ?p1 ?y . ?x ?p2 ?y"),
    _rule("prp-adp", "?x rdf:type owl:AllDisjointProperties . ?x owl:members ?l . ..."),
    _rule("prp-inv1", "?p1 owl:inverseOf ?p2 . ?x ?p1 ?y", "?y ?p2 ?x"),
    _rule("prp-inv2", "?p1 owl:inverseOf ?p2 . ?x ?p2 ?y", "?y ?p1 ?x"),
    _rule(
        "prp-key", "?c owl:hasKey ?l . ?x rdf:type ?c . ?y rdf:type ?c . ...", "?x owl:sameAs ?y"
    ),
    _rule(
        "prp-npa1",
        "?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetIndividual ?y . "
        "?x ?p ?y",
    ),
    _rule(
        "prp-npa2",
        "?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetValue ?y . "
        "?x ?p ?y",
    ),
)
_CLASSES: Final = (
    _rule("cls-nothing2", "?x rdf:type owl:Nothing"),
    _rule("cls-int1", "?c owl:intersectionOf ?l . ...", "?x rdf:type ?c"),
    _rule("cls-int2", "?c owl:intersectionOf ?l . ?d in ?l . ?x rdf:type ?c", "?x rdf:type ?d"),
    _rule("cls-uni", "?c owl:unionOf ?l . ?d in ?l . ?x rdf:type ?d", "?x rdf:type ?c"),
    _rule("cls-com", "?c1 owl:complementOf ?c2 . ?x rdf:type ?c1 . ?x rdf:type ?c2"),
    _rule(
        "cls-svf1",
        "?c owl:someValuesFrom ?d . ?c owl:onProperty ?p . ?x ?p ?y . ?y rdf:type ?d",
        "?x rdf:type ?c",
    ),
    _rule(
        "cls-svf2",
        "?c owl:someValuesFrom owl:Thing . ?c owl:onProperty ?p . ?x ?p ?y",
        "?x rdf:type ?c",
    ),
    _rule(
        "cls-avf",
        "?c owl:allValuesFrom ?d . ?c owl:onProperty ?p . ?x rdf:type ?c . ?x ?p ?y",
        "?y rdf:type ?d",
    ),
    _rule("cls-hv1", "?c owl:hasValue ?y . ?c owl:onProperty ?p . ?x rdf:type ?c", "?x ?p ?y"),
    _rule("cls-hv2", "?c owl:hasValue ?y . ?c owl:onProperty ?p . ?x ?p ?y", "?x rdf:type ?c"),
    _rule(
        "cls-maxc1", "?c owl:maxCardinality =0 . ?c owl:onProperty ?p . ?x rdf:type ?c . ?x ?p ?y"
    ),
    _rule(
        "cls-maxc2",
        "?c owl:maxCardinality =1 . ?c owl:onProperty ?p . ?x rdf:type ?c . ?x ?p ?y1 . ?x ?p ?y2",
        "?y1 owl:sameAs ?y2",
    ),
    _rule(
        "cls-maxqc1",
        "?c owl:maxQualifiedCardinality =0 . ?c owl:onProperty ?p . ?c owl:onClass ?d . "
        "?x rdf:type ?c . ?x ?p ?y . ?y rdf:type ?d",
    ),
    _rule(
        "cls-maxqc2",
        "?c owl:maxQualifiedCardinality =0 . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing . "
        "?x rdf:type ?c . ?x ?p ?y",
    ),
    _rule(
        "cls-maxqc3",
        "?c owl:maxQualifiedCardinality =1 . ?c owl:onProperty ?p . ?c owl:onClass ?d . "
        "?x rdf:type ?c . ?x ?p ?y1 . ?y1 rdf:type ?d . ?x ?p ?y2 . ?y2 rdf:type ?d",
        "?y1 owl:sameAs ?y2",
    ),
    _rule(
        "cls-maxqc4",
        "?c owl:maxQualifiedCardinality =1 . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing . "
        "?x rdf:type ?c . ?x ?p ?y1 . ?x ?p ?y2",
        "?y1 owl:sameAs ?y2",
    ),
    _rule("cls-oo", "?c owl:oneOf ?l . ?x in ?l", "?x rdf:type ?c"),
)
_CLASS_AXIOMS: Final = (
    _rule("cax-sco", "?c1 rdfs:subClassOf ?c2 . ?x rdf:type ?c1", "?x rdf:type ?c2"),
    _rule("cax-eqc1", "?c1 owl:equivalentClass ?c2 . ?x rdf:type ?c1", "?x rdf:type ?c2"),
    _rule("cax-eqc2", "?c1 owl:equivalentClass ?c2 . ?x rdf:type ?c2", "?x rdf:type ?c1"),
    _rule("cax-dw", "?c1 owl:disjointWith ?c2 . ?x rdf:type ?c1 . ?x rdf:type ?c2"),
    _rule("cax-adc", "?x rdf:type owl:AllDisjointClasses . ?x owl:members ?l . ..."),
)


def _of_restrictions(name: str, on: str, narrow: str, wide: str) -> tuple[Rule, Rule]:
    """Return the two rules of table 9 about restrictions of a kind.

    :param narrow: in the second rule, the restriction of fewer members.
    """
    return (
        _rule(
            f"scm-{name}1",
            f"?c1 {on} ?y1 . ?c1 owl:onProperty ?p . ?c2 {on} ?y2 . ?c2 owl:onProperty ?p . "
            "?y1 rdfs:subClassOf ?y2",
            "?c1 rdfs:subClassOf ?c2",
        ),
        _rule(
            f"scm-{name}2",
            f"?c1 {on} ?y . ?c1 owl:onProperty ?p1 . ?c2 {on} ?y . ?c2 owl:onProperty ?p2 . "
            "?p1 rdfs:subPropertyOf ?p2",
            f"{narrow} rdfs:subClassOf {wide}",
        ),
    )


_SCHEMA: Final = (
    _rule("scm-cls", "?c rdf:type owl:Class", "?c rdfs:subClassOf ?c"),
    _rule("scm-cls", "?c rdf:type owl:Class", "?c owl:equivalentClass ?c"),
    _rule("scm-cls", "?c rdf:type owl:Class", "?c rdfs:subClassOf owl:Thing"),
    _rule("scm-cls", "?c rdf:type owl:Class", "owl:Nothing rdfs:subClassOf ?c"),
    _rule("scm-sco", "?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?c", "?a rdfs:subClassOf ?c"),
    _rule("scm-eqc1", "?a owl:equivalentClass ?b", "?a rdfs:subClassOf ?b"),
    _rule("scm-eqc1", "?a owl:equivalentClass ?b", "?b rdfs:subClassOf ?a"),
    _rule("scm-eqc2", "?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?a", "?a owl:equivalentClass ?b"),
    _rule("scm-op", "?p rdf:type owl:ObjectProperty", "?p rdfs:subPropertyOf ?p"),
    _rule("scm-op", "?p rdf:type owl:ObjectProperty", "?p owl:equivalentProperty ?p"),
    _rule("scm-dp", "?p rdf:type owl:DatatypeProperty", "?p rdfs:subPropertyOf ?p"),
    _rule("scm-dp", "?p rdf:type owl:DatatypeProperty", "?p owl:equivalentProperty ?p"),
    _rule(
        "scm-spo", "?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?c", "?a rdfs:subPropertyOf ?c"
    ),
    _rule("scm-eqp1", "?a owl:equivalentProperty ?b", "?a rdfs:subPropertyOf ?b"),
    _rule("scm-eqp1", "?a owl:equivalentProperty ?b", "?b rdfs:subPropertyOf ?a"),
    _rule(
        "scm-eqp2",
        "?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?a",
        "?a owl:equivalentProperty ?b",
    ),
    _rule("scm-dom1", "?p rdfs:domain ?c1 . ?c1 rdfs:subClassOf ?c2", "?p rdfs:domain ?c2"),
    _rule("scm-dom2", "?p2 rdfs:domain ?c . ?p1 rdfs:subPropertyOf ?p2", "?p1 rdfs:domain ?c"),
    _rule("scm-rng1", "?p rdfs:range ?c1 . ?c1 rdfs:subClassOf ?c2", "?p rdfs:range ?c2"),
    _rule("scm-rng2", "?p2 rdfs:range ?c . ?p1 rdfs:subPropertyOf ?p2", "?p1 rdfs:range ?c"),
    _rule(
        "scm-hv",
        "?c1 owl:hasValue ?y . ?c1 owl:onProperty ?p1 . ?c2 owl:hasValue ?y . "
        "?c2 owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2",
        "?c1 rdfs:subClassOf ?c2",
    ),
    *_of_restrictions("svf", "owl:someValuesFrom", narrow="?c1", wide="?c2"),
    *_of_restrictions("avf", "owl:allValuesFrom", narrow="?c2", wide="?c1"),
    _rule("scm-int", "?c owl:intersectionOf ?l . ?d in ?l", "?c rdfs:subClassOf ?d"),
    _rule("scm-uni", "?c owl:unionOf ?l . ?d in ?l", "?d rdfs:subClassOf ?c"),
)

#: Every rule that is used, in the order of the tables; scm-cls and its like conclude several.
RULES: Final = (*_EQUALITY, *_PROPERTIES, *_CLASSES, *_CLASS_AXIOMS, *_SCHEMA)
