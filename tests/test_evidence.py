"""Evidence is checked against the documents, not stamped."""

import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Triple

from jsbio_kg.build.documents import find_documents
from jsbio_kg.build.evidence_iri import evidence_iri
from jsbio_kg.build.project import Project, read_project
from jsbio_kg.build.records import read_evidence
from jsbio_kg.build.verify import RecordCheck, verify
from jsbio_kg.cli import main
from jsbio_kg.vocabulary import PREFIXES, expand

Edit = Callable[[str, str, str], None]
SOURCES = os.environ.get("JSBIO_SOURCES", "")


def read(root: Path) -> Project:
    project, findings = read_project(root)
    assert findings == []
    return project


def findings(root: Path) -> list[str]:
    project = read(root)
    texts, missing = find_documents(project, root / "documents")
    return [str(finding) for finding in [*missing, *verify(project, texts)]]


def test_the_evidence_of_the_small_project_holds(tiny: Path) -> None:
    assert findings(tiny) == []


def change_fact(tiny: Path, old: str, new: str) -> None:
    """Change a fact and its record alike, so that only the document can tell."""
    facts = tiny / "data" / "note" / "facts.ttl"
    facts.write_text(facts.read_text("utf-8").replace(old, new), "utf-8")
    evidence = tiny / "data" / "note" / "evidence.ttl"
    record, changed = (
        "    rdf:predicate {} ;\n    rdf:object {} ;\n".format(*triple.split(" ", 1))
        for triple in (old, new)
    )
    text = evidence.read_text("utf-8")
    assert record in text
    country = f"PREFIX country: <{PREFIXES['country']}>\n"
    evidence.write_text(country + text.replace(record, changed), "utf-8")
    facts.write_text(country + facts.read_text("utf-8"), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("jsbio:exactValue 3", "jsbio:exactValue 4", "The text does not say 4 as jsbio:exactValue"),
        ("jsbio:year 2023", "jsbio:year 2022", "The text does not say 2022 as jsbio:year"),
        (
            "jsbio:minExclusive 200",
            "jsbio:minExclusive 2000",
            "The text does not say 2000 as jsbio:minExclusive",
        ),
        ("jsbio:minExclusive 200", "jsbio:exactValue 200", "not say 200 as jsbio:exactValue"),
        ("jsbio:minExclusive 200", "jsbio:minInclusive 200", "not say 200 as jsbio:minInclusive"),
        ("jsbio:exactValue 3", "jsbio:minExclusive 3", "not say 3 as jsbio:minExclusive"),
        (
            "jsbio:locatedIn city:lianyungang",
            "jsbio:locatedIn country:china",
            "The text does not name country:china ('China', '中国').",
        ),
        (
            'dcterms:title "Parks of Jiangsu"@en',
            'dcterms:title "Parks of China"@en',
            'The text does not say "Parks of China"@en as dcterms:title.',
        ),
        (
            "jsbio:place park:biobay",
            "jsbio:place park:china-pharmaceutical-port",
            "The text does not name park:china-pharmaceutical-port",
        ),
    ],
)
def test_what_the_sentence_does_not_say_is_found(old: str, new: str, told: str, tiny: Path) -> None:
    change_fact(tiny, old, new)
    found = [line for line in findings(tiny) if told in line]
    assert len(found) == 1
    assert found[0].startswith("data/note/evidence.ttl:")
    assert "Cite the passage that says it, or rest the record on a reading" in found[0]


def test_without_its_reading_a_repaired_name_is_not_in_the_text(tiny: Path, edit: Edit) -> None:
    edit("data/readings.ttl", "    jsbio:licenses park:china-pharmaceutical-port ;\n", "")
    found = [line for line in findings(tiny) if "does not name park:china-pharma" in line]
    assert len(found) == 2  # where the park lies, and whose firms are counted


def rate_of_wrong_fact_numbers_found(
    root: Path, sources: Path, tries: int, is_beside: bool = False
) -> float:
    """Point every record at passages it does not cite, one at a time; return the share found.

    :param is_beside: at passages of its own sentence, and not at those of other sentences.
    """
    project = read(root)
    texts, missing = find_documents(project, sources)
    assert missing == []
    evidence = read_evidence(project)
    chance = random.Random(0)
    results: list[bool] = []
    for graph in project.of_role("FactGraph"):
        check = RecordCheck(project, graph, evidence, texts)
        passages = [p for p in evidence.passages.values() if p.document in graph.documents]
        for record in evidence.of(graph):
            own = {s for iri in record.passages for s in evidence.passages[iri].sentences}
            others = [
                passage
                for passage in passages
                if own.isdisjoint(passage.sentences) != is_beside
                and passage.iri not in record.passages
            ]
            for place, right in enumerate(record.passages):
                for wrong in chance.sample(others, min(tries, len(others))):
                    cited = list(record.passages)
                    cited[place] = wrong.iri
                    moved = replace(record, passages=tuple(cited))
                    results.append(any(check.findings(moved)))
                    assert not any(check.findings(record)), right
    return sum(results) / len(results)


def test_a_wrong_fact_number_is_found_in_every_record_of_the_small_project(tiny: Path) -> None:
    assert rate_of_wrong_fact_numbers_found(tiny, tiny / "documents", tries=9) == 1


@pytest.mark.skipif(not SOURCES, reason="JSBIO_SOURCES does not name a folder with the documents")
def test_nearly_every_wrong_fact_number_is_found_in_the_real_data(root: Path) -> None:
    assert rate_of_wrong_fact_numbers_found(root, Path(SOURCES), tries=4) > 0.98


@pytest.mark.skipif(not SOURCES, reason="JSBIO_SOURCES does not name a folder with the documents")
def test_most_wrong_fact_numbers_of_the_same_sentence_are_found(root: Path) -> None:
    rate = rate_of_wrong_fact_numbers_found(root, Path(SOURCES), tries=4, is_beside=True)
    assert rate > 0.8


def test_a_name_in_the_phrase_of_another_fact_of_the_sentence_is_found(
    tiny: Path, edit: Edit
) -> None:
    cited = "jsbio:citesPassage passage:%s ;"
    edit("data/note/evidence.ttl", cited % "D9.4", cited % "D9.5")
    told = "The words stand in the phrase of another fact of the sentence. Cite one of: D9.4."
    assert [line for line in findings(tiny) if told in line]


def test_a_passage_that_adds_nothing_is_found(tiny: Path, edit: Edit) -> None:
    edit(
        "data/note/evidence.ttl",
        "jsbio:citesPassage passage:D9.5 ;",
        "jsbio:citesPassage\n        passage:D9.3 ,\n        passage:D9.5 ;",
    )
    assert any("passage:D9.3 adds nothing to the triple." in line for line in findings(tiny))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("over 200", "over 300", "This is not the text that document:note was taken from."),
        ("", "", "There is no copy of document:note (note.txt)."),
    ],
)
def test_another_text_is_not_taken_for_the_document(
    old: str, new: str, told: str, tiny: Path, edit: Edit
) -> None:
    if old:
        edit("documents/note.txt", old, new)
    else:
        (tiny / "documents" / "note.txt").unlink()
    assert any(told in line for line in findings(tiny))


def test_the_document_is_found_under_any_name(tiny: Path) -> None:
    (tiny / "documents" / "note.txt").rename(tiny / "documents" / "copy-of-a-page")
    assert findings(tiny) == []


def test_a_phrase_that_is_not_at_its_offsets_is_found(tiny: Path, edit: Edit) -> None:
    edit("data/note/evidence.ttl", '"over 200 firms"', '"over 300 firms"')
    found = [line for line in findings(tiny) if "is not at its offsets" in line]
    assert len(found) == 1
    assert "There stands 'over 200 firms'." in found[0]


def test_a_quotation_that_is_not_unique_needs_more_around_it(tiny: Path, edit: Edit) -> None:
    edit("data/note/evidence.ttl", 'oa:exact "over 200 firms"', 'oa:exact "i"')
    told = "The quotation 'i' occurs 5 times in its sentence. Make it unique"
    assert any(told in line for line in findings(tiny))


def test_evidence_of_a_triple_has_an_iri_that_depends_on_its_graph() -> None:
    triple = Triple(NamedNode(expand("park:biobay")), NamedNode(expand("rdfs:label")), Literal("x"))
    one, other = (evidence_iri(triple, NamedNode(expand(f"graph:{name}"))) for name in "ab")
    assert one != other
    assert one.value.startswith(expand("evidence:"))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["evidence", *arguments])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_a_fact_number_shows_its_sentence_and_what_rests_on_it(tiny: Path) -> None:
    shown = run("--project", str(tiny), "--sources", str(tiny / "documents"), "D9.4")
    assert "D9.4  D9 Parks of Jiangsu, section 2, sentence 2.1, characters 109-137" in shown
    assert "[The Port lies in Lianyungang], with over 200 firms." in shown
    assert "park:china-pharmaceutical-port jsbio:locatedIn city:lianyungang" in shown
    assert "reading:the-port (confidence 0.9): 'The Port' read as" in shown
    passage = run("--project", str(tiny), "--sources", str(tiny / "documents"), "passage:D9.4")
    assert passage == shown


def test_an_entity_shows_every_passage_that_speaks_of_it(tiny: Path) -> None:
    by_name = run("--project", str(tiny), "park:china-pharmaceutical-port")
    assert "D9.4 " in by_name and "D9.5 " in by_name and "D9.3 " not in by_name
    assert run("--project", str(tiny), expand("park:china-pharmaceutical-port")) == by_name


def test_what_no_document_states_is_told_in_one_line(tiny: Path) -> None:
    result = CliRunner().invoke(main, ["evidence", "--project", str(tiny), "D9.99"])
    assert result.exit_code == 1
    assert result.stderr.startswith("No document states anything of D9.99.")


def test_the_command_says_what_it_checked(tiny: Path) -> None:
    shown = run("--project", str(tiny), "--sources", str(tiny / "documents"))
    assert "Checked: 23 records, 5 passages, 1 documents." in shown


def test_the_command_fails_when_the_documents_do_not_say_it(tiny: Path) -> None:
    change_fact(tiny, "jsbio:year 2023", "jsbio:year 2022")
    arguments = ["evidence", "--project", str(tiny), "--sources", str(tiny / "documents")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "The text does not say 2022 as jsbio:year" in result.stderr
