"""Registering a document and citing it: what is written, and what is refused."""

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode

from jsbio_kg.build.check import CHECKS, run_checks
from jsbio_kg.build.project import Project, read_project
from jsbio_kg.build.records import read_evidence
from jsbio_kg.build.sentences import split_text
from jsbio_kg.cli import main
from jsbio_kg.vocabulary import expand

TEXT = """Notes

Wuxi has parks and Wuxi has ports. It has parks, too.

无锡有40个园区。
"""
ENTRY = ("--language", "en", "--title", "Notes", "--title-zh", "札记")
ABOUT = ("--about", "A text of the tests.", "--about-zh", "供测试用的文本。")
STATED = "city:lianyungang skos:altLabel 'Wuxi'@en"
FACT = """PREFIX city: <https://w3id.org/jsbio/id/city/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

city:lianyungang
    skos:altLabel "Wuxi"@en ;
.
"""


def run(tiny: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--project", str(tiny)])


@pytest.fixture
def text(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text(TEXT, "utf-8")
    return folder / "notes.txt"


@pytest.fixture
def registered(tiny: Path, text: Path) -> Path:
    result = run(tiny, "source", "add", str(text), *ENTRY, *ABOUT)
    assert result.exit_code == 0, result.output
    return tiny


def project_of(folder: Path) -> Project:
    project, findings = read_project(folder)
    assert not findings
    return project


def cite(folder: Path, text: Path, *arguments: str) -> Result:
    return run(folder, "cite", *arguments, "--sources", str(text.parent))


def state(folder: Path) -> None:
    (folder / "data" / "notes" / "facts.ttl").write_text(FACT, "utf-8")


def test_a_registered_document_has_no_findings_yet(registered: Path) -> None:
    assert run_checks(project_of(registered), CHECKS, lambda *_: None) == []


def test_the_entry_holds_hash_length_language_and_the_next_number(
    registered: Path, text: Path
) -> None:
    index = project_of(registered).index
    document = NamedNode(expand("document:notes"))
    assert index.text(document, "dcterms:identifier") == "D10"
    assert index.text(document, "dcterms:language") == "en"
    assert index.text(document, "jsbio:sha256") == hashlib.sha256(text.read_bytes()).hexdigest()
    assert index.number(document, "jsbio:characters") == len(TEXT)
    assert index.text(document, "jsbio:fileName") == "notes.txt"


def test_the_sentences_are_indexed_with_their_offsets(registered: Path) -> None:
    index = project_of(registered).index
    held = {}
    for node in index.of_type("jsbio:Sentence"):
        if node.value.startswith(expand("sentence:D10.")):
            start, end = index.number(node, "oa:start"), index.number(node, "oa:end")
            held[index.text(node, "jsbio:sentenceNumber")] = TEXT[start:end]
    assert held == {
        "T": "Notes",
        "1.1": "Wuxi has parks and Wuxi has ports.",
        "1.2": "It has parks, too.",
        "2.1": "无锡有40个园区。",
    }


def test_the_text_is_not_copied(registered: Path) -> None:
    for path in (registered / "data" / "notes").iterdir():
        assert "Wuxi has parks" not in path.read_text("utf-8")


def test_what_is_left_out_is_told_by_check(tiny: Path, text: Path) -> None:
    assert run(tiny, "source", "add", str(text), *ENTRY[:4]).exit_code == 0
    result = run(tiny, "check")
    assert result.exit_code == 1
    assert "document:notes has no label @zh. Add it." in result.output
    assert "document:notes has no description @en. Add it." in result.output


@pytest.mark.parametrize(
    "arguments, words",
    [
        (ENTRY, "D10 is registered already."),
        ((*ENTRY, "--slug", "No Slug"), "'No Slug' cannot be part of an IRI."),
        (("--language", "zh", "--title", "札记"), "There is no English title"),
    ],
)
def test_what_cannot_be_registered_is_refused_and_changes_nothing(
    registered: Path, text: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = (registered / "data" / "sources.ttl").read_text("utf-8")
    result = run(registered, "source", "add", str(text), *arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert (registered / "data" / "sources.ttl").read_text("utf-8") == before


def test_a_folder_that_is_there_is_not_written_into(tiny: Path, text: Path) -> None:
    result = run(tiny, "source", "add", str(text), *ENTRY, "--slug", "note")
    assert result.exit_code == 1
    assert "registered already" in result.output
    (tiny / "data" / "other").mkdir()
    result = run(tiny, "source", "add", str(text), *ENTRY, "--slug", "other")
    assert "There is a folder of this name already." in result.output


def test_a_phrase_becomes_a_passage_and_a_record(registered: Path, text: Path) -> None:
    state(registered)
    result = cite(registered, text, STATED, "--phrase", "Wuxi has ports")
    assert result.exit_code == 0, result.output
    assert "D10.1 now bears 1 triples" in result.output
    evidence = read_evidence(project_of(registered))
    passage = evidence.passages[NamedNode(expand("passage:D10.1"))]
    assert (passage.exact, passage.section, passage.prefix) == ("Wuxi has ports", "1", "")
    assert passage.phrase is not None
    assert TEXT[passage.phrase.start : passage.phrase.end] == "Wuxi has ports"
    assert run_checks(project_of(registered), CHECKS, lambda *_: None) == []


def test_a_phrase_that_is_not_unique_in_its_sentence_is_quoted_with_what_surrounds_it(
    registered: Path, text: Path
) -> None:
    state(registered)
    refused = cite(registered, text, STATED, "--phrase", "Wuxi has")
    assert "The phrase stands 2 times in its sentence." in refused.output
    result = cite(registered, text, STATED, "--phrase", "Wuxi has", "--occurrence", "2")
    assert result.exit_code == 0, result.output
    passage = read_evidence(project_of(registered)).passages[NamedNode(expand("passage:D10.1"))]
    sentence = "Wuxi has parks and Wuxi has ports."
    assert sentence.count(passage.prefix + passage.exact + passage.suffix) == 1


@pytest.mark.parametrize(
    "phrase, words",
    [
        ("has parks", "several sentences: 1.1, 1.2."),
        ("Wuxi has harbours", "does not hold the phrase 'Wuxi has harbours'"),
        ("ports. It has", "goes beyond one sentence"),
        ("one two three four five six seven eight nine", "one to 8 words"),
        ("", "one to 8 words"),
    ],
)
def test_a_phrase_that_has_no_one_place_is_refused(
    registered: Path, text: Path, phrase: str, words: str
) -> None:
    state(registered)
    result = cite(registered, text, STATED, "--phrase", phrase)
    assert result.exit_code == 1
    assert words in result.output


def test_a_sentence_can_be_named(registered: Path, text: Path) -> None:
    state(registered)
    result = cite(registered, text, STATED, "--phrase", "has parks", "--sentence", "1.2")
    # The record is written, and the sentence is found not to name the city.
    assert result.exit_code == 1
    assert "The text does not say" in result.output


def test_a_triple_that_no_document_states_is_refused(registered: Path, text: Path) -> None:
    result = cite(registered, text, STATED, "--phrase", "Wuxi has ports")
    assert result.exit_code == 1
    assert "No document graph states city:lianyungang skos:altLabel" in result.output


def test_a_passage_that_is_there_is_cited_without_its_phrase(registered: Path, text: Path) -> None:
    state(registered)
    assert cite(registered, text, STATED, "--phrase", "Wuxi has ports").exit_code == 0
    more = FACT.replace('"Wuxi"@en ;', '"Wuxi"@en , "ports"@en ;')
    (registered / "data" / "notes" / "facts.ttl").write_text(more, "utf-8")
    assert cite(registered, text, "city:lianyungang", "--fact", "D10.1").exit_code == 0
    other = cite(registered, text, STATED, "--fact", "D10.1", "--phrase", "has parks, too")
    assert "D10.1 has another phrase: 'Wuxi has ports'." in other.output


def test_nothing_open_and_no_triple_are_told(registered: Path, text: Path) -> None:
    result = cite(registered, text, "city:lianyungang", "--phrase", "Wuxi")
    assert "Nothing that is stated of city:lianyungang lacks evidence." in result.output
    result = cite(registered, text, "city:lianyungang skos:altLabel", "--phrase", "Wuxi")
    assert "is no triple and no thing" in result.output


@pytest.mark.parametrize(
    "text, sentences",
    [
        ("A note\n\nDr. Li spoke (e.g. twice). Next?", ["Dr. Li spoke (e.g. twice).", "Next?"]),
        ("A note\n\nBy 2030 [1][2]. 0.5% did.", ["By 2030 [1][2].", "0.5% did."]),
        ("A note\n\nIt said “Go.” Then it went.", ["It said “Go.”", "Then it went."]),
        ("A note\n\nParks etc. This led on.", ["Parks etc.", "This led on."]),
        ("概况\n\n共有3个。其中“甲。”在无锡！", ["共有3个。", "其中“甲。”", "在无锡！"]),
        ("A note\n\nThey lead in\n\nnationwide, too.", ["They lead in\n\nnationwide, too."]),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    found = [text[each.start : each.end] for each in split_text(text)]
    assert found[1:] == sentences


def test_sections_are_counted_by_headings() -> None:
    text = "Title\n\nBefore.\n\n1. Parks\n\nOne. Two.\n\nThree.\n\n2. Plans\n\nFour."
    numbers = [each.number for each in split_text(text)]
    assert numbers == ["T", "1.1", "H1", "2.1", "2.2", "2.3", "H2", "3.1"]


@pytest.mark.parametrize("content", ["", " \n\n\t\n"])
def test_a_file_without_text_is_not_registered(tiny: Path, text: Path, content: str) -> None:
    text.write_text(content, "utf-8")
    before = (tiny / "data" / "sources.ttl").read_bytes()
    result = run(tiny, "source", "add", str(text), *ENTRY, *ABOUT)
    assert result.exit_code == 1
    assert f"{text}: There is no text in the file." in result.output
    assert (tiny / "data" / "sources.ttl").read_bytes() == before
