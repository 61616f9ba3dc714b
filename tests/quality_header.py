"""Faults in the header of the ontology: what it says of itself and of its versions."""

VERSION = '    owl:versionInfo "0.1.0" ;'
#: Faults: the rule, what to change (or to add at the end), and what the finding must say.
HEADER = {
    "an import": (
        "imports",
        (
            "    a owl:Ontology ;\n",
            "    a owl:Ontology ;\n    owl:imports <https://a.example/> ;\n",
        ),
        r"The ontology imports https://a\.example/\. Import nothing",
    ),
    "no licence": (
        "metadata",
        ("    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;\n", ""),
        r"The ontology has no dcterms:license\. Add it to the header",
    ),
    "no creator": (
        "metadata",
        ('    dcterms:creator "jsbio-kg contributors" ;\n', ""),
        r"The ontology has no dcterms:creator\.",
    ),
    "no preferred prefix": (
        "metadata",
        ('    vann:preferredNamespacePrefix "jsbio" ;\n', ""),
        r"The ontology has no vann:preferredNamespacePrefix\.",
    ),
    "a licence in words": (
        "licence",
        ("dcterms:license <https://creativecommons.org/licenses/by/4.0/>", 'dcterms:license "BY"'),
        r"The licence of the ontology is no IRI: BY\. Name the licence by its IRI",
    ),
    "another namespace": (
        "namespace",
        (
            'vann:preferredNamespaceUri "https://w3id.org/jsbio/ontology#"',
            'vann:preferredNamespaceUri "https://w3id.org/jsbio/vocabulary#"',
        ),
        r"The preferred namespace is not the one in use\. Make it https://w3id\.org/jsbio/onto",
    ),
    "another IRI of the ontology": (
        "ontology-iri",
        (
            "<https://w3id.org/jsbio/ontology>\n    a owl:Ontology",
            "<https://w3id.org/jsbio/terms>\n    a owl:Ontology",
        ),
        r"The IRI of the ontology is not the address of its terms\. Make it <https://w3id\.org/js",
    ),
    "a version IRI of another version": (
        "version-iri",
        ("ontology/0.1.0> ;", "ontology/0.0.9> ;"),
        r"The version IRI is not that of version 0\.1\.0\. Make it <https://w3id\.org/jsbio/ont",
    ),
    "a citation of another version": (
        "citation",
        ("industry ontology, version 0.1.0.", "industry ontology, version 0.0.9."),
        r"The citation is not that of version 0\.1\.0\. Name the version in it",
    ),
    "a first version with one before it": (
        "prior-version-wrong",
        (
            VERSION,
            f"    owl:priorVersion <https://w3id.org/jsbio/ontology/0.0.9> ;\n{VERSION}",
        ),
        r"Version 0\.1\.0 names a version before it that is none\. Correct or remove",
    ),
    "a version that comes before itself": (
        "prior-version-wrong",
        (
            VERSION,
            "    owl:priorVersion <https://w3id.org/jsbio/ontology/0.1.0> ;\n"
            '    owl:versionInfo "0.2.0" ;',
        ),
        r"Version 0\.2\.0 names a version before it that is none\.",
    ),
    "a second version with none before it": (
        "prior-version-missing",
        (VERSION, '    owl:versionInfo "0.2.0" ;'),
        r"Version 0\.2\.0 does not name the one before it\. Add owl:priorVersion",
    ),
    "no header": (
        "header",
        ("    a owl:Ontology ;\n", ""),
        r"The file describes 0 ontologies\. Describe one with owl:Ontology",
    ),
}
