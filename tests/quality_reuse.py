"""Faults in the use of terms of others, and of terms that are out of use."""

from quality_terms import BELOW_PARK, GONE, TO_CITY, term

#: Faults: the rule, what to change (or to add at the end), and what the finding must say.
REUSE = {
    "a borrowed term of another kind": (
        "borrowed-kind",
        ("skos:broader\n    a owl:ObjectProperty", "skos:broader\n    a owl:AnnotationProperty"),
        r"skos:broader is declared as another kind than it is\. Declare it as owl:ObjectProperty",
    ),
    "a borrowed term that does not exist": (
        "borrowed-unknown",
        term("skos:wider", "owl:ObjectProperty", label="wider"),
        r"skos:wider is not a known term of its vocabulary\. Correct the name",
    ),
    "a borrowed term below one of ours": (
        "borrowed-redefined",
        "\ngeo:Feature rdfs:subClassOf jsbio:Place .\n",
        r"geo:Feature, a term of others, is redefined: rdfs:subClassOf jsbio:Place\. Say it of a",
    ),
    "a borrowed term below one of others": (
        "borrowed-redefined",
        "\ngeo:Feature rdfs:subClassOf schema:Thing .\n",
        r"geo:Feature, a term of others, is redefined: rdfs:subClassOf schema:Thing\.",
    ),
    "borrowed terms that are apart": (
        "borrowed-redefined",
        "\ngeo:Feature owl:disjointWith skos:Concept .\n",
        r"geo:Feature, a term of others, is redefined: owl:disjointWith skos:Concept\.",
    ),
    "borrowed terms in a list of what is apart": (
        "borrowed-redefined",
        "\n[] a owl:AllDisjointClasses ; owl:members ( jsbio:City geo:Feature skos:Concept ) .\n",
        r"geo:Feature, a term of others, is redefined: owl:members skos:Concept\.",
    ),
    "a term that is the same as a borrowed one": (
        "borrowed-redefined",
        term("jsbio:NewTerm", more="    owl:equivalentClass geo:Feature ;\n"),
        r"geo:Feature, a term of others, is redefined: owl:equivalentClass jsbio:NewTerm\.",
    ),
    "a borrowed property that is made functional": (
        "borrowed-redefined",
        "\nskos:inScheme a owl:FunctionalProperty .\n",
        r"skos:inScheme, a term of others, is redefined: rdf:type owl:FunctionalProperty\.",
    ),
    "a borrowed class below a restriction": (
        "borrowed-redefined",
        "\ngeo:Feature rdfs:subClassOf [ a owl:Restriction ; owl:onProperty jsbio:file ;"
        ' owl:hasValue "x" ] .\n',
        r"geo:Feature, a term of others, is redefined: rdfs:subClassOf \[…\]\.",
    ),
    "a deprecated term without a replacement": (
        "deprecated-not-replaced",
        term("jsbio:NewTerm", more=BELOW_PARK + GONE),
        r"jsbio:NewTerm is deprecated and not replaced\. Name the term to use with dcterms:isRep",
    ),
    "a deprecated term replaced by itself": (
        "deprecated-replaced-by-nothing",
        term("jsbio:NewTerm", more=BELOW_PARK + GONE + TO_CITY.replace("City", "NewTerm")),
        r"jsbio:NewTerm is replaced by jsbio:NewTerm, which is no term to use\. Name a term",
    ),
    "a deprecated term replaced by one that is out of use too": (
        "deprecated-replaced-by-nothing",
        term("jsbio:First", more=BELOW_PARK + GONE + TO_CITY)
        + term("jsbio:Second", more=BELOW_PARK + GONE + TO_CITY.replace("City", "First")),
        r"jsbio:Second is replaced by jsbio:First, which is no term to use\.",
    ),
    "a deprecated term replaced by one that nobody declared": (
        "deprecated-replaced-by-nothing",
        term("jsbio:NewTerm", more=BELOW_PARK + GONE + TO_CITY.replace("City", "Town")),
        r"jsbio:NewTerm is replaced by jsbio:Town, which is no term to use\.",
    ),
    "a deprecated term below which another stands": (
        "deprecated-in-axiom",
        term("jsbio:First", more=BELOW_PARK + GONE + TO_CITY)
        + term("jsbio:Second", more="    rdfs:subClassOf jsbio:First ;\n"),
        r"jsbio:Second builds on jsbio:First, which is deprecated\. Use the term that replaces it",
    ),
    "a deprecated term in a restriction": (
        "deprecated-in-axiom",
        term("jsbio:First", more=BELOW_PARK + GONE + TO_CITY)
        + term(
            "jsbio:Second",
            more="    rdfs:subClassOf [ a owl:Restriction ; owl:onProperty jsbio:locatedIn ;"
            " owl:someValuesFrom [ owl:unionOf ( jsbio:Park jsbio:First ) ] ] ;\n",
        ),
        r"jsbio:Second builds on jsbio:First, which is deprecated\.",
    ),
}
