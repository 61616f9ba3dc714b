"""The vocabulary: every rule of quality finds its fault, and the real one has none.

The rules are files of SPARQL, ``ontology/quality/*.rq``; here stand faults for each of them.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib.namespace
from click.testing import CliRunner
from pyoxigraph import Store

from jsbio_kg.build.check import CHECKS, check_project
from jsbio_kg.build.project import read_project
from jsbio_kg.build.quality import check_vocabulary, rule_files
from jsbio_kg.cli import main
from jsbio_kg.i18n import LANGUAGES
from jsbio_kg.vocabulary import PREFIXES, shrink

Edit = Callable[[str, str, str], None]

ROOT = Path(__file__).parents[1]
ONTOLOGY = "ontology/jsbio.ttl"
NAMESPACES = {
    name: getattr(rdflib.namespace, name.upper())
    for name in ("dcat", "dcterms", "foaf", "geo", "org", "prov", "skos", "vann", "void")
}
FILES = {path.stem: path for path in rule_files(ROOT)}
#: What the views give the rules to ask.
GIVES = {"declaredAs": "view-borrowed", "joins": "view-joins", "mentions": "view-mentions"}
VIEWS = set(GIVES.values())

NEED = "Something that tests need."


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


BELOW_PARK = "    rdfs:subClassOf jsbio:Park ;\n"
NO_DOMAIN = "    rdfs:range jsbio:Park ;\n"
NO_RANGE = "    rdfs:domain jsbio:Park ;\n"
GONE = "    owl:deprecated true ;\n"
TO_CITY = "    dcterms:isReplacedBy jsbio:City ;\n"
HEADER = '    owl:versionInfo "0.1.0" ;'

#: Faults: the rule, what to change (or to add at the end), and what the finding must say.
FAULTS = {
    "a definition that repeats its English label": (
        "definition-repeats-label",
        ('"Is kept in the project under a path."@en', '"Is the file of the project."@en'),
        r"The definition of jsbio:file repeats its label @en\. Say in other words",
    ),
    "a definition that repeats its Chinese label": (
        "definition-repeats-label",
        ('"在项目中以某路径保存。"@zh', '"项目的文件路径。"@zh'),
        r"The definition of jsbio:file repeats its label @zh\.",
    ),
    "two terms that define each other": (
        "definitions-in-a-circle",
        defined("jsbio:First", "A second term.") + defined("jsbio:Second", "Some first terms."),
        r"The definition of jsbio:First leads back to itself @en, by way of Second\. Define one",
    ),
    "three terms that define each other in a circle": (
        "definitions-in-a-circle",
        defined("jsbio:First", "A second term.")
        + defined("jsbio:Second", "A third term.")
        + defined("jsbio:Third", "A first term."),
        r"The definition of jsbio:First leads back to itself @en, by way of Second, Third\.",
    ),
    "a circle in Chinese alone": (
        "definitions-in-a-circle",
        defined("jsbio:A", "One.").replace("测试jsbio:A所需之物", "含jsbio:B词者")
        + defined("jsbio:B", "Two.").replace("测试jsbio:B所需之物", "含jsbio:A词者"),
        r"The definition of jsbio:A leads back to itself @zh, by way of B\.",
    ),
    "two terms under one label": (
        "label-shared",
        term("jsbio:NewTerm", more=BELOW_PARK, label="Park"),
        r"jsbio:NewTerm and jsbio:Park have one label @en\. Say how they differ",
    ),
    "two terms with one definition": (
        "definition-shared",
        defined("jsbio:First", "The same.") + defined("jsbio:Second", "The same."),
        r"jsbio:First and jsbio:Second have one definition @en\.",
    ),
    "a class in lower case": (
        "label-case-of-class",
        ('"Free Trade Zone"@en', '"Free trade Zone"@en'),
        r"The label of jsbio:FreeTradeZone is not in title case: Free trade Zone\. Write the label",
    ),
    "a class that begins with a small word": (
        "label-case-of-class",
        ('"Free Trade Zone"@en', '"the Free Trade Zone"@en'),
        r"The label of jsbio:FreeTradeZone is not in title case: the Free Trade Zone\.",
    ),
    "a property in title case": (
        "label-case-of-property",
        ('"file name"@en', '"file Name"@en'),
        r"The label of jsbio:fileName is not in lower case: file Name\. Write the label of a prop",
    ),
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
    "an import": (
        "imports",
        (
            "    a owl:Ontology ;\n",
            "    a owl:Ontology ;\n    owl:imports <https://a.example/> ;\n",
        ),
        r"The ontology imports https://a\.example/\. Import nothing",
    ),
    "a class with a small name": (
        "name-case",
        term("jsbio:newterm", more=BELOW_PARK),
        r"The name of jsbio:newterm is not written as such names are\. Write a class as Upper",
    ),
    "a property with underscores": (
        "name-case",
        term("jsbio:new_term", "owl:ObjectProperty", NO_DOMAIN + NO_RANGE, "new term"),
        r"The name of jsbio:new_term is not written as such names are\.",
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
            HEADER,
            f"    owl:priorVersion <https://w3id.org/jsbio/ontology/0.0.9> ;\n{HEADER}",
        ),
        r"Version 0\.1\.0 names a version before it that is none\. Correct or remove",
    ),
    "a version that comes before itself": (
        "prior-version-wrong",
        (
            HEADER,
            "    owl:priorVersion <https://w3id.org/jsbio/ontology/0.1.0> ;\n"
            '    owl:versionInfo "0.2.0" ;',
        ),
        r"Version 0\.2\.0 names a version before it that is none\.",
    ),
    "a second version with none before it": (
        "prior-version-missing",
        (HEADER, '    owl:versionInfo "0.2.0" ;'),
        r"Version 0\.2\.0 does not name the one before it\. Add owl:priorVersion",
    ),
    "no header": (
        "header",
        ("    a owl:Ontology ;\n", ""),
        r"The file describes 0 ontologies\. Describe one with owl:Ontology",
    ),
}


def add(project: Path, text: str) -> None:
    with (project / ONTOLOGY).open("a", encoding="utf-8") as stream:
        stream.write(text)


def keep_only(project: Path, rule: str) -> None:
    """Leave a project one rule of quality, and the views that it asks."""
    text = FILES[rule].read_text("utf-8")
    asked = {view for name, view in GIVES.items() if f"quality:{name}" in text}
    for path in rule_files(project):
        if path.stem not in (rule, *asked):
            path.unlink()


def found(project: Path, language: str = "en") -> list[str]:
    findings = check_vocabulary(read_project(project)[0])
    return [finding.in_language(language) for finding in findings]


@pytest.fixture
def own(tiny: Path, edit: Edit) -> Path:
    """Return the small project with its vocabulary as its own, not taken from elsewhere."""
    edit("data/sources.ttl", "    dcterms:source <https://w3id.org/jsbio/ontology/0.1.0> ;\n", "")
    return tiny


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """Return a copy of the real project."""
    for folder in ("data", "ontology", "queries"):
        shutil.copytree(ROOT / folder, tmp_path / "project" / folder)
    return tmp_path / "project"


def test_the_real_vocabulary_has_no_findings(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_vocabulary_is_found_where_it_is(name: str, tiny: Path, edit: Edit) -> None:
    rule, change, expected = FAULTS[name]
    keep_only(tiny, rule)
    assert found(tiny) == []
    if isinstance(change, str):
        add(tiny, change)
    else:
        edit(ONTOLOGY, *change)
    lines = found(tiny)
    assert any(re.match(rf"ontology/jsbio\.ttl(:\d+)?: {expected}", line) for line in lines), lines
    assert all("。" in line and "{?" not in line for line in found(tiny, "zh"))


def test_every_rule_has_a_fault_here_and_is_no_longer_than_a_page() -> None:
    uses = {"deprecated-in-use", "unasked", "unused"}
    assert {rule for rule, *_ in FAULTS.values()} | uses == FILES.keys() - VIEWS
    assert all(len(FILES[name].read_text("utf-8").splitlines()) < 80 for name in FILES)


def test_a_finding_is_at_the_line_of_the_fault(tiny: Path) -> None:
    add(tiny, "\ngeo:Feature rdfs:subClassOf schema:Thing .\n")
    keep_only(tiny, "borrowed-redefined")
    line = (tiny / ONTOLOGY).read_text("utf-8").count("\n")
    assert found(tiny)[0].startswith("ontology/jsbio.ttl:") and line > 3000


def test_the_rules_of_quality_are_among_the_checks() -> None:
    assert check_vocabulary in [check for _, _, check in CHECKS]


def test_a_term_that_no_question_needs_is_found(own: Path) -> None:
    keep_only(own, "unasked")
    lines = found(own)
    assert any("No saved query asks with jsbio:Ranking. Ask a question" in line for line in lines)
    assert not any("jsbio:Park." in line for line in lines)


def test_a_term_that_is_only_mentioned_in_a_comment_is_not_asked_with(
    own: Path, edit: Edit
) -> None:
    keep_only(own, "unasked")
    edit("queries/parks-of-a-province.rq", "SELECT ?park", "# jsbio:Ranking\nSELECT ?park")
    assert any("jsbio:Ranking" in line for line in found(own))


def test_a_term_that_nothing_uses_is_found(own: Path) -> None:
    keep_only(own, "unused")
    add(own, term("jsbio:NewTerm", more=BELOW_PARK))
    assert any(
        re.fullmatch(
            r"ontology/jsbio\.ttl:\d+: No data and no query use jsbio:NewTerm\. "
            r"Remove it, or ask a question that needs it\.",
            line,
        )
        for line in found(own)
    )


def test_a_vocabulary_that_is_taken_from_elsewhere_is_not_for_its_user_to_prune(
    tiny: Path,
) -> None:
    assert found(tiny) == []


def test_check_tells_of_a_term_of_the_real_vocabulary_that_no_question_needs(
    project_copy: Path,
) -> None:
    add(project_copy, term("jsbio:NewTerm", more=BELOW_PARK))
    result = CliRunner().invoke(main, ["check", "--project", str(project_copy)])
    assert result.exit_code == 1
    assert "No saved query asks with jsbio:NewTerm." in result.stderr
    assert "No data and no query use jsbio:NewTerm." in result.stderr


def test_a_term_that_is_replaced_as_advised_has_no_findings(tiny: Path) -> None:
    add(tiny, term("jsbio:NewTerm", more=BELOW_PARK + TO_CITY + GONE))
    CliRunner().invoke(main, ["fmt", "--project", str(tiny)])
    _, findings = check_project(tiny, lambda *_: None)
    assert list(map(str, findings)) == []


def test_a_deprecated_term_that_data_or_a_query_still_use_is_found_there(tiny: Path) -> None:
    keep_only(tiny, "deprecated-in-use")
    text = (tiny / ONTOLOGY).read_text("utf-8")
    park = "\njsbio:Park\n    a owl:Class ;\n"
    (tiny / ONTOLOGY).write_text(text.replace(park, park + TO_CITY + GONE), "utf-8")
    lines = found(tiny)
    said = "jsbio:Park is deprecated, and is still used. Use the term that replaces it."
    assert any(re.fullmatch(rf"data/entities\.ttl:\d+: {said}", line) for line in lines), lines
    assert f"queries/parks-of-a-province.rq:12: {said}" in lines
    assert all(re.match(r"(data|ontology|queries)/", line) for line in lines)


@pytest.mark.parametrize(
    "change, expected",
    [
        (("SELECT", "SELEKT"), r"ontology/quality/licence\.rq:\d+:\d+: The query is not SPARQL"),
        (("{?licence}", "{?license}"), "licence.rq:1: The sentences name ?license, which is not"),
        (("#+ what_zh", "#+ what_fr"), "The rule does not say 'what' in both languages."),
        (("#+ what: ", "#+ what "), "The header is not YAML"),
        (("SELECT ?term (dcterms:license AS ?at) ?licence", "ASK"), "neither a rule nor a view"),
    ],
)
def test_a_rule_that_is_wrong_itself_is_a_finding(
    tiny: Path, edit: Edit, change: tuple[str, str], expected: str
) -> None:
    text = (tiny / "ontology/quality/licence.rq").read_text("utf-8")
    text = text.replace(" ORDER BY ?term", "") if change[1] == "ASK" else text
    text = text.replace("} ORDER BY ?term", "}").replace(*change)
    (tiny / "ontology/quality/licence.rq").write_text(text, "utf-8")
    lines = found(tiny)
    assert any(re.search(expected.replace("?l", r"\?l"), line) for line in lines), lines


def declared_by_others() -> dict[str, str]:
    """Return the kind of each term in the table of borrowed terms."""
    store = Store()
    rows = store.query(FILES["view-borrowed"].read_text("utf-8"))
    return {shrink(term.value): shrink(kind.value) for term, _, kind in rows}


def test_every_term_of_the_table_exists_in_its_vocabulary() -> None:
    table = declared_by_others()
    assert len(table) > 100
    for name in table:
        prefix, _, local = name.partition(":")
        if prefix in NAMESPACES:
            assert local in NAMESPACES[prefix], name
            assert str(NAMESPACES[prefix][local]) == PREFIXES[prefix] + local


def test_the_rules_are_published_with_the_release(release: object) -> None:
    files = {name for name in release.manifest.files if name.startswith("quality/")}  # type: ignore[attr-defined]
    assert files == {f"quality/{name}.rq" for name in FILES}


def test_every_rule_says_what_is_wrong_and_how_to_mend_it_in_both_languages() -> None:
    assert LANGUAGES == ("en", "zh")
    for name in FILES.keys() - VIEWS:
        text = FILES[name].read_text("utf-8")
        for key in ("what", "what_zh", "fix", "fix_zh"):
            assert re.search(rf"^#\+ {key}: .+[.。]['\"]?$", text, re.MULTILINE), (name, key)
