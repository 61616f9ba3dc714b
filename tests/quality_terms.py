"""Terms as the small vocabularies of the tests write them, whole or with a fault."""

NEED = "Something that tests need."
BELOW_PARK = "    rdfs:subClassOf jsbio:Park ;\n"
NO_DOMAIN = "    rdfs:range jsbio:Park ;\n"
NO_RANGE = "    rdfs:domain jsbio:Park ;\n"
GONE = "    owl:deprecated true ;\n"
TO_CITY = "    dcterms:isReplacedBy jsbio:City ;\n"


def term(name: str, kind: str = "owl:Class", more: str = "", label: str = "New Term") -> str:
    """Return the block of a term that has everything, with something more."""
    return (
        f'\n{name}\n    a {kind} ;\n    rdfs:label "{label}"@en , "{name}词"@zh ;\n'
        f'    skos:definition\n        "{NEED.replace("tests", name)}"@en ,\n'
        f'        "测试{name}所需之物。"@zh ;\n{more}'
        "    rdfs:isDefinedBy <https://w3id.org/jsbio/ontology> ;\n.\n"
    )


def defined(name: str, words: str, more: str = "", label: str = "") -> str:
    """Return the block of a class with an English definition."""
    return term(name, more=more or BELOW_PARK, label=label or f"{name[6:]} Term").replace(
        NEED.replace("tests", name), words
    )
