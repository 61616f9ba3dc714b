"""The vocabulary: every rule of quality finds its fault, and the real one has none."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib.namespace

from jsbio_kg.build.borrowed import KINDS_OF_TERMS
from jsbio_kg.build.check import CHECKS
from jsbio_kg.build.project import read_project
from jsbio_kg.build.quality import check_vocabulary
from jsbio_kg.build.usage import check_questions, check_usage
from jsbio_kg.vocabulary import PREFIXES

Edit = Callable[[str, str, str], None]

ONTOLOGY = "ontology/jsbio.ttl"
NAMESPACES = {
    name: getattr(rdflib.namespace, name.upper())
    for name in ("dcat", "dcterms", "foaf", "geo", "org", "prov", "skos", "vann", "void")
}


NEED = "Something that tests need."


def term(name: str, kind: str = "owl:Class", more: str = "", label: str = "New Term") -> str:
    """Return the block of a term that has everything, with something more."""
    return (
        f'\n{name}\n    a {kind} ;\n    rdfs:label\n        "{label}"@en ,\n        "新词"@zh ;\n'
        f'    skos:definition\n        "{NEED}"@en ,\n'
        f'        "测试所需之物。"@zh ;\n{more}'
        "    rdfs:isDefinedBy <https://w3id.org/jsbio/ontology> ;\n.\n"
    )


BELOW_PARK = "    rdfs:subClassOf jsbio:Park ;\n"
NO_DOMAIN = "    rdfs:range jsbio:Park ;\n"
NO_RANGE = "    rdfs:domain jsbio:Park ;\n"

#: Each rule: what to change (or to add at the end), and what the finding must say.
FAULTS = {
    "a definition that repeats its English label": (
        ('"Is kept in the project under a path."@en', '"Is the file of the project."@en'),
        r"The definition of jsbio:file repeats its label @en\. Say in other words",
    ),
    "a definition that repeats its Chinese label": (
        ('"在项目中以某路径保存。"@zh', '"项目的文件路径。"@zh'),
        r"The definition of jsbio:file repeats its label @zh\.",
    ),
    "two terms that define each other": (
        term("jsbio:First", more=BELOW_PARK, label="First Term").replace(NEED, "A second term.")
        + term("jsbio:Second", more=BELOW_PARK, label="Second Term").replace(NEED, "A first term."),
        r"jsbio:First and jsbio:Second define each other @en\. Define one",
    ),
    "a class in lower case": (
        ('"Free Trade Zone"@en', '"Free trade Zone"@en'),
        r"The label of jsbio:FreeTradeZone writes 'trade'\. Write the label of a class in title",
    ),
    "a property in title case": (
        ('"file name"@en', '"file Name"@en'),
        r"The label of jsbio:fileName writes 'Name'\. Write the label of a property in lower",
    ),
    "a property without a domain": (
        term("jsbio:newTerm", "owl:ObjectProperty", NO_DOMAIN, "new term"),
        r"jsbio:newTerm has no rdfs:domain\. Add it, or say with jsbio:leavesOpen",
    ),
    "a property without a range": (
        term("jsbio:newTerm", "owl:DatatypeProperty", NO_RANGE, "new term"),
        r"jsbio:newTerm has no rdfs:range\. Add it",
    ),
    "an exception that is none": (
        term("jsbio:newTerm", more=BELOW_PARK + "    jsbio:leavesOpen rdfs:domain ;\n"),
        r"jsbio:newTerm leaves rdfs:domain open for no reason\. Remove its jsbio:leavesOpen",
    ),
    "an exception without a reason": (
        term(
            "jsbio:newTerm",
            "owl:ObjectProperty",
            NO_DOMAIN + "    jsbio:leavesOpen rdfs:domain ;\n",
            "new term",
        ),
        r"jsbio:newTerm does not say why it is left open\. Add a skos:scopeNote",
    ),
    "a class above itself": (
        term("jsbio:NewTerm", more="    rdfs:subClassOf jsbio:NewTerm ;\n"),
        r"jsbio:NewTerm stands above itself\. Cut the cycle of rdfs:subClassOf",
    ),
    "two properties above each other": (
        (
            "jsbio:concernsSector\n    a owl:ObjectProperty ;\n",
            "jsbio:concernsSector\n    a owl:ObjectProperty ;\n"
            "    rdfs:subPropertyOf jsbio:focusSector ;\n",
        ),
        r"jsbio:focusSector stands above itself\. Cut the cycle of rdfs:subPropertyOf",
    ),
    "an orphan": (
        term("jsbio:NewTerm"),
        r"Nothing joins jsbio:NewTerm to the other terms\. Give it a superclass",
    ),
    "a borrowed term of another kind": (
        ("skos:broader\n    a owl:ObjectProperty", "skos:broader\n    a owl:AnnotationProperty"),
        r"skos:broader is declared as another kind than it is\. Declare it as owl:ObjectProperty",
    ),
    "a borrowed term that does not exist": (
        term("skos:wider", "owl:ObjectProperty", label="wider"),
        r"skos:wider is not a known term of its vocabulary\. Correct the name",
    ),
    "a borrowed term redefined": (
        (
            "geo:Feature\n    a owl:Class ;",
            "geo:Feature\n    a owl:Class ;\n    rdfs:subClassOf jsbio:Place ;",
        ),
        r"geo:Feature, a term of others, is redefined by ours\. Say it of a term of ours",
    ),
    "a deprecated term without a replacement": (
        term("jsbio:NewTerm", more=BELOW_PARK + "    owl:deprecated true ;\n"),
        r"jsbio:NewTerm is deprecated and not replaced\. Name the term to use",
    ),
    "no licence": (
        ("    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;\n", ""),
        r"The ontology has no dcterms:license\. Add it to the header",
    ),
    "no creator": (
        ('    dcterms:creator "jsbio-kg contributors" ;\n', ""),
        r"The ontology has no dcterms:creator\.",
    ),
    "no preferred prefix": (
        ('    vann:preferredNamespacePrefix "jsbio" ;\n', ""),
        r"The ontology has no vann:preferredNamespacePrefix\.",
    ),
    "another namespace": (
        (
            'vann:preferredNamespaceUri "https://w3id.org/jsbio/ontology#"',
            'vann:preferredNamespaceUri "https://w3id.org/jsbio/vocabulary#"',
        ),
        r"The preferred namespace is not the one in use\. Make it https://w3id\.org/jsbio/onto",
    ),
    "a version IRI of another version": (
        ("ontology/0.1.0> ;", "ontology/0.0.9> ;"),
        r"The version IRI is not that of version 0\.1\.0\. Make it <https://w3id\.org/jsbio/ont",
    ),
    "a citation of another version": (
        ("industry ontology, version 0.1.0.", "industry ontology, version 0.0.9."),
        r"The citation is not that of version 0\.1\.0\. Name the version in it",
    ),
    "a first version with one before it": (
        (
            '    owl:versionInfo "0.1.0" ;',
            "    owl:priorVersion <https://w3id.org/jsbio/ontology/0.0.9> ;\n"
            '    owl:versionInfo "0.1.0" ;',
        ),
        r"Version 0\.1\.0 names a version before it that is none\. Correct or remove",
    ),
    "a second version with none before it": (
        ('    owl:versionInfo "0.1.0" ;', '    owl:versionInfo "0.2.0" ;'),
        r"Version 0\.2\.0 does not name the one before it\. Add owl:priorVersion",
    ),
    "no header": (
        ("    a owl:Ontology ;\n", ""),
        r"The file describes 0 ontologies\. Describe one with owl:Ontology",
    ),
}


def test_the_real_vocabulary_has_no_findings(root: Path) -> None:
    project, _ = read_project(root)
    assert list(map(str, check_vocabulary(project))) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_vocabulary_is_found_where_it_is(name: str, tiny: Path, edit: Edit) -> None:
    change, expected = FAULTS[name]
    if isinstance(change, str):
        with (tiny / ONTOLOGY).open("a", encoding="utf-8") as stream:
            stream.write(change)
    else:
        edit(ONTOLOGY, *change)
    found = list(map(str, check_vocabulary(read_project(tiny)[0])))
    assert any(re.match(rf"ontology/jsbio\.ttl(:\d+)?: {expected}", line) for line in found), found


def test_the_rules_of_quality_are_among_the_checks() -> None:
    assert check_vocabulary in [check for _, _, check in CHECKS]


def test_data_or_a_query_uses_every_term(root: Path) -> None:
    project, _ = read_project(root)
    assert list(map(str, check_usage(project))) == []


def test_a_saved_query_asks_with_every_class_and_property(root: Path) -> None:
    project, _ = read_project(root)
    assert list(map(str, check_questions(project))) == []


def test_a_term_that_no_question_needs_is_found(tiny: Path) -> None:
    found = list(map(str, check_questions(read_project(tiny)[0])))
    assert any("No saved query asks with jsbio:Ranking." in line for line in found)
    assert not any("jsbio:Park." in line for line in found)


def test_a_term_that_nothing_uses_is_found(tiny: Path) -> None:
    with (tiny / ONTOLOGY).open("a", encoding="utf-8") as stream:
        stream.write(term("jsbio:NewTerm", more=BELOW_PARK))
    found = list(map(str, check_usage(read_project(tiny)[0])))
    assert any(
        re.fullmatch(
            r"ontology/jsbio\.ttl:\d+: No data and no query use jsbio:NewTerm\. "
            r"Remove it, or ask a question that needs it\.",
            line,
        )
        for line in found
    )


@pytest.mark.parametrize("kind", KINDS_OF_TERMS)
def test_every_term_of_the_table_exists_in_its_vocabulary(kind: str) -> None:
    for name in KINDS_OF_TERMS[kind].split():
        prefix, _, local = name.partition(":")
        if prefix in NAMESPACES:
            assert local in NAMESPACES[prefix], name
            assert str(NAMESPACES[prefix][local]) == PREFIXES[prefix] + local
