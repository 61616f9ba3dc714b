"""The vocabulary: every rule of quality finds its fault, and the real one has none.

The rules are files of SPARQL, ``ontology/quality/*.rq``; ``quality_*.py`` here hold the faults.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib.namespace
from click.testing import CliRunner
from pyoxigraph import Store
from quality_axioms import AXIOMS
from quality_header import HEADER
from quality_reuse import REUSE
from quality_terms import BELOW_PARK, GONE, TO_CITY, term
from quality_words import WORDS

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
#: Every fault by its name: the rule, the change, and what the finding must say.
FAULTS = WORDS | AXIOMS | REUSE | HEADER


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
