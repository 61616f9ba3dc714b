"""Faults in the axioms of a vocabulary: kinds, hierarchies, domains and ranges, orphans."""

from quality_terms import BELOW_PARK, NO_DOMAIN, NO_RANGE, term

#: Faults: the rule, what to change (or to add at the end), and what the finding must say.
AXIOMS = {
    "a class equivalent to itself": (
        "hierarchy-cycle",
        term("jsbio:NewTerm", more=f"{BELOW_PARK}    owl:equivalentClass jsbio:NewTerm ;\n"),
        r"jsbio:NewTerm stands above itself\. Cut the cycle of owl:equivalentClass",
    ),
    "a property that is a class as well": (
        "two-kinds",
        "\njsbio:locatedIn a owl:Class .\n",
        r"jsbio:locatedIn is declared both as owl:Class and as owl:ObjectProperty\. Keep one",
    ),
    "a property of things with numbers as values": (
        "range-of-another-kind",
        term("jsbio:newTerm", "owl:ObjectProperty", "    rdfs:range xsd:integer ;\n", "new term"),
        r"jsbio:newTerm is owl:ObjectProperty, and its range is xsd:integer\. Declare it as",
    ),
    "a property of values with things as values": (
        "range-of-another-kind",
        term("jsbio:newTerm", "owl:DatatypeProperty", NO_DOMAIN, "new term"),
        r"jsbio:newTerm is owl:DatatypeProperty, and its range is jsbio:Park\.",
    ),
    "a class that can have no members": (
        "unsatisfiable",
        term("jsbio:NewTerm", more="    rdfs:subClassOf jsbio:Park , jsbio:City ;\n"),
        r"Nothing can be a member of jsbio:NewTerm: it is below jsbio:City and jsbio:Park, which",
    ),
    "a class that can have no members because of a superclass": (
        "unsatisfiable",
        term("jsbio:NewTerm", more=f"{BELOW_PARK}    rdfs:subClassOf geo:Geometry ;\n"),
        r"Nothing can be a member of jsbio:NewTerm: it is below jsbio:Place and geo:Geometry, wh",
    ),
    "a class of RDFS alone": (
        "untyped",
        term("jsbio:NewTerm", "rdfs:Class", BELOW_PARK),
        r"jsbio:NewTerm has no type that OWL knows\. Declare it as a class",
    ),
    "a term without a type": (
        "untyped",
        ("jsbio:fileName\n    a owl:DatatypeProperty ;\n", "jsbio:fileName\n"),
        r"jsbio:fileName has no type that OWL knows\. Declare it",
    ),
    "a term of no ontology": (
        "not-defined-by",
        term("jsbio:NewTerm", more=BELOW_PARK).replace("rdfs:isDefinedBy", "rdfs:seeAlso"),
        r"jsbio:NewTerm does not say which ontology defines it\. Add rdfs:isDefinedBy",
    ),
    "a property without a domain": (
        "domain-and-range",
        term("jsbio:newTerm", "owl:ObjectProperty", NO_DOMAIN, "new term"),
        r"jsbio:newTerm has no rdfs:domain\. Add it, or say with jsbio:leavesOpen",
    ),
    "a property without a range": (
        "domain-and-range",
        term("jsbio:newTerm", "owl:DatatypeProperty", NO_RANGE, "new term"),
        r"jsbio:newTerm has no rdfs:range\. Add it",
    ),
    "an exception that is none": (
        "left-open-for-no-reason",
        term("jsbio:NewTerm", more=BELOW_PARK + "    jsbio:leavesOpen rdfs:domain ;\n"),
        r"jsbio:NewTerm leaves rdfs:domain open for no reason\. Remove its jsbio:leavesOpen",
    ),
    "an exception without a reason": (
        "left-open-unexplained",
        term(
            "jsbio:newTerm",
            "owl:ObjectProperty",
            NO_DOMAIN + "    jsbio:leavesOpen rdfs:domain ;\n",
            "new term",
        ),
        r"jsbio:newTerm does not say why it is left open\. Add a skos:scopeNote",
    ),
    "a class above itself": (
        "hierarchy-cycle",
        term("jsbio:NewTerm", more="    rdfs:subClassOf jsbio:NewTerm ;\n"),
        r"jsbio:NewTerm stands above itself\. Cut the cycle of rdfs:subClassOf",
    ),
    "two properties above each other": (
        "hierarchy-cycle",
        (
            "jsbio:concernsSector\n    a owl:ObjectProperty ;\n",
            "jsbio:concernsSector\n    a owl:ObjectProperty ;\n"
            "    rdfs:subPropertyOf jsbio:focusSector ;\n",
        ),
        r"jsbio:focusSector stands above itself\. Cut the cycle of rdfs:subPropertyOf",
    ),
    "an orphan": (
        "orphan",
        term("jsbio:NewTerm"),
        r"Nothing joins jsbio:NewTerm to the rest of the vocabulary\. Give it a superclass",
    ),
    "two classes joined to each other alone": (
        "orphan",
        term("jsbio:First") + term("jsbio:Second", more="    rdfs:subClassOf jsbio:First ;\n"),
        r"Nothing joins jsbio:First to the rest of the vocabulary\.",
    ),
    "a class and a property joined to each other alone": (
        "orphan",
        term("jsbio:First")
        + term(
            "jsbio:newTerm",
            "owl:ObjectProperty",
            "    rdfs:domain jsbio:First ;\n    rdfs:range jsbio:First ;\n",
        ),
        r"Nothing joins jsbio:newTerm to the rest of the vocabulary\.",
    ),
    "a class that a number and being apart join to the others": (
        "orphan",
        term("jsbio:First", more="    owl:disjointWith jsbio:Park ;\n")
        + term(
            "jsbio:newTerm",
            "owl:DatatypeProperty",
            "    rdfs:domain jsbio:First ;\n    rdfs:range xsd:integer ;\n",
        )
        + "\n[] a owl:AllDisjointClasses ; owl:members ( jsbio:First jsbio:City ) .\n",
        r"Nothing joins jsbio:First to the rest of the vocabulary\.",
    ),
}
