"""`jsbio-kg check --data FILE`: the shapes of the project on anybody's file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse, serialize

from jsbio_kg.cli import main

FILE = """PREFIX city: <https://w3id.org/jsbio/id/city/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ex: <http://a.example/>
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

ex:park a jsbio:Park ;
    rdfs:label "Park"@en , "园区"@zh ;
    dcterms:description "A park of the tests."@en , "测试用的园区。"@zh ;
    jsbio:locatedIn city:lianyungang .
"""
FAULTY = FILE.replace("city:lianyungang .", '"Lianyungang" .')
FINDING = "http://a.example/park: Something lies in what is no place."


def check(tiny: Path, *files: Path, language: str = "C") -> Result:
    command = ["check", "--project", str(tiny), "--data", *map(str, files)]
    return CliRunner().invoke(main, command, env={"LC_ALL": language})


def test_a_good_file_that_speaks_of_things_of_the_project_has_no_findings(
    tiny: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.ttl").write_text(FILE, "utf-8")
    result = check(tiny, tmp_path / "mine.ttl")
    assert (result.exit_code, result.output.strip()) == (0, "No findings: 1 files.")


def test_a_finding_says_where_what_and_how_to_fix_it_once(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(FAULTY, "utf-8")
    result = check(tiny, tmp_path / "mine.ttl")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith(f"{tmp_path / 'mine.ttl'}:10: {FINDING} Use the IRI of")
    assert lines[1:] == ["Findings: 1."]


def test_a_finding_is_told_in_chinese(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(FAULTY, "utf-8")
    assert (
        "请用 jsbio:Place 的 IRI"
        in check(tiny, tmp_path / "mine.ttl", language="zh_CN.UTF-8").output
    )


@pytest.mark.parametrize(
    "ending, form",
    [
        ("nt", RdfFormat.N_TRIPLES),
        ("nq", RdfFormat.N_QUADS),
        ("trig", RdfFormat.TRIG),
        ("rdf", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_every_format_of_rdf_is_read(
    tiny: Path, tmp_path: Path, ending: str, form: RdfFormat
) -> None:
    triples = [quad.triple for quad in parse(FAULTY, RdfFormat.TURTLE)]
    serialize(triples, str(tmp_path / f"mine.{ending}"), form)
    result = check(tiny, tmp_path / f"mine.{ending}")
    assert result.exit_code == 1
    assert FINDING in result.output


def test_several_files_are_held_against_the_shapes_together(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text(FAULTY, "utf-8")
    (tmp_path / "two.ttl").write_text(FAULTY.replace("ex:park", "ex:second"), "utf-8")
    result = check(tiny, tmp_path / "one.ttl", tmp_path / "two.ttl")
    assert f"{tmp_path / 'one.ttl'}:10: {FINDING}" in result.output
    assert f"{tmp_path / 'two.ttl'}:10: http://a.example/second" in result.output


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("mine.csv", "a,b", "The kind of file is not known by its ending."),
        ("mine.ttl", "ex:a a", "This is not Turtle"),
        ("mine.rdf", "<rdf", "This is not RDF/XML"),
        ("mine.nt", "<a", "This is not N-Triples"),
        ("none.ttl", None, "There is no such file."),
    ],
)
def test_what_is_no_file_of_rdf_is_told(
    tiny: Path, tmp_path: Path, name: str, text: str | None, words: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    result = check(tiny, tmp_path / name)
    assert result.exit_code == 1
    assert str(tmp_path / name) in result.output and words in result.output


def test_files_without_the_option_are_wrong_usage(tiny: Path) -> None:
    result = CliRunner().invoke(main, ["check", "mine.ttl", "--project", str(tiny)])
    assert result.exit_code == 2


@pytest.mark.parametrize("name, text", [("mine.ttl", ""), ("mine.ttl", "# a\n"), ("m.nt", "\n")])
def test_a_file_without_a_triple_is_told(tiny: Path, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    result = check(tiny, tmp_path / name)
    assert result.exit_code == 1
    assert f"{tmp_path / name}: There is nothing in the file." in result.output
