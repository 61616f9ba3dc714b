"""The rules of OWL 2 RL in words: what each says, in one sentence, for proofs that people read.

The names are those of OWL 2 Profiles, section 4.3, tables 4 to 9. Rules that only find
contradictions give no triple, so no proof names them.
"""

from typing import Final

from ..i18n import Message, message

__all__ = ["RULES", "SPECIFICATION", "rule_sentence"]

SPECIFICATION: Final = (
    "https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules"
)

_SAME = message("What is said of a thing holds under each of its names.")
_NARROWER_END = message("The domain or range of a property holds for narrower properties too.")
_WIDER_END = message("What has a class as its domain or range has every wider class as one too.")
_RESTRICTIONS = message("Restrictions with a narrower filler or property are narrower classes.")
_EQUAL_CLASSES = message("Classes are equivalent when each is within the other.")
_EQUAL_PROPERTIES = message("Properties are equivalent when each is a case of the other.")
_PARTS = message("An intersection is within its parts, and a union holds its parts.")
_PROPERTY_SELF = message("Each property is a case of itself, and equivalent to itself.")
_EQUIVALENT = message("What is a member of a class is a member of each equivalent class.")
_EQUIVALENT_PROPERTY = message("What a property joins, each equivalent property joins.")
_INVERSE = message("What a property joins, its inverse joins the other way round.")
_AT_MOST_ONE = message("Two values where there can be at most one are the same thing.")
_SOME = message("What has a value of the kind that a restriction asks for is a member of it.")
_VALUE = message(
    "A restriction to one value gives its members that value, and the other way round."
)
_DATATYPE = message("Literals are of their datatypes, and equal ones are the same.")

#: What each rule says; rules that say the same in words share them.
RULES: Final[dict[str, Message]] = {
    "eq-ref": message("Each thing is the same as itself."),
    "eq-sym": message("When one thing is the same as another, so is the other as the one."),
    "eq-trans": message("Things that are the same as a third are the same as each other."),
    "eq-rep-s": _SAME,
    "eq-rep-p": _SAME,
    "eq-rep-o": _SAME,
    "prp-ap": message("The annotation properties of OWL are annotation properties."),
    "prp-dom": message("What has a property is of the class that is the domain of the property."),
    "prp-rng": message("What is the value of a property is of the class that is its range."),
    "prp-fp": message("A functional property has one value, so two values are the same thing."),
    "prp-ifp": message("An inverse functional property has one holder, so two are the same thing."),
    "prp-symp": message("A symmetric property holds in both directions."),
    "prp-trp": message("A transitive property joins the ends of a path of its links."),
    "prp-spo1": message("What a property joins, each wider property joins."),
    "prp-spo2": message("A property joins the ends of a chain of the properties it is made of."),
    "prp-eqp1": _EQUIVALENT_PROPERTY,
    "prp-eqp2": _EQUIVALENT_PROPERTY,
    "prp-inv1": _INVERSE,
    "prp-inv2": _INVERSE,
    "prp-key": message("Members of a class that agree in every part of its key are the same."),
    "cls-thing": message("owl:Thing is a class."),
    "cls-nothing1": message("owl:Nothing is a class."),
    "cls-int1": message("What is a member of every part is a member of the intersection."),
    "cls-int2": message("What is a member of an intersection is a member of each part."),
    "cls-uni": message("What is a member of a part is a member of the union."),
    "cls-svf1": _SOME,
    "cls-svf2": _SOME,
    "cls-avf": message("The values of the members of a restriction are all of the kind it names."),
    "cls-hv1": _VALUE,
    "cls-hv2": _VALUE,
    "cls-maxc2": _AT_MOST_ONE,
    "cls-maxqc3": _AT_MOST_ONE,
    "cls-maxqc4": _AT_MOST_ONE,
    "cls-oo": message("What a class lists is a member of it."),
    "cax-sco": message("What is a member of a class is a member of each wider class."),
    "cax-eqc1": _EQUIVALENT,
    "cax-eqc2": _EQUIVALENT,
    "dt-type1": _DATATYPE,
    "dt-type2": _DATATYPE,
    "dt-eq": _DATATYPE,
    "dt-diff": message("Literals of different values are different things."),
    "scm-cls": message(
        "Each class is within itself, equivalent to itself and within owl:Thing, and owl:Nothing "
        "is within it."
    ),
    "scm-op": _PROPERTY_SELF,
    "scm-dp": _PROPERTY_SELF,
    "scm-sco": message("A class within a second is within every class that the second is within."),
    "scm-spo": message("A property that is a case of a second is one of what that is a case of."),
    "scm-eqc1": _EQUAL_CLASSES,
    "scm-eqc2": _EQUAL_CLASSES,
    "scm-eqp1": _EQUAL_PROPERTIES,
    "scm-eqp2": _EQUAL_PROPERTIES,
    "scm-dom1": _WIDER_END,
    "scm-dom2": _NARROWER_END,
    "scm-rng1": _WIDER_END,
    "scm-rng2": _NARROWER_END,
    "scm-hv": _RESTRICTIONS,
    "scm-svf1": _RESTRICTIONS,
    "scm-svf2": _RESTRICTIONS,
    "scm-avf1": _RESTRICTIONS,
    "scm-avf2": _RESTRICTIONS,
    "scm-int": _PARTS,
    "scm-uni": _PARTS,
}


def rule_sentence(rule: str, language: str) -> str:
    """Return what a rule says, or its name when it is not one of those.

    >>> rule_sentence("prp-symp", "en")
    'A symmetric property holds in both directions.'
    """
    return RULES[rule].in_language(language) if rule in RULES else rule
