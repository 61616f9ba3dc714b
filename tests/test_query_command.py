"""Asking from the shell: saved queries and files, as a table, as CSV and as JSON."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jsbio_kg.cli import main
from jsbio_kg.release import Release

PARK = "https://w3id.org/jsbio/id/park/suzhou-industrial-park"


def ask(release: Release, *arguments: str, given: str | None = None) -> Result:
    called = ["query", *arguments, "--release", str(release.root)]
    return CliRunner().invoke(main, called, input=given, env={"LANG": "C.UTF-8"})


def test_a_saved_query_gives_a_table_in_the_language_asked_for(release: Release) -> None:
    table = ask(release, "park-ranks").stdout.splitlines()
    assert table[0].split() == ["Park", "Ranking", "At", "most", "Exactly"]
    (suzhou,) = (line for line in table if line.startswith("Suzhou Industrial Park "))
    assert suzhou.rstrip().endswith(" 20")
    assert "苏州工业园区" in ask(release, "park-ranks", "--lang", "zh").stdout


def test_a_parameter_is_bound_and_rows_are_counted(release: Release) -> None:
    assert ask(release, "park-ranks", "--param", "year=2023").stderr == "Rows: 5.\n"
    assert ask(release, "park-ranks", "--param", "year=2022").stderr == "Rows: 0.\n"
    assert ask(release, "park-ranks", "--limit", "2").stderr == "Rows: 2.\n"


def test_csv_and_json_hold_the_same_rows(release: Release) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(release, "park-ranks", "--format", "csv").stdout)))
    answer = json.loads(ask(release, "park-ranks", "--format", "json").stdout)
    parks = [row["park"]["value"] for row in answer["results"]["bindings"]]
    assert [row["park"] for row in rows] == parks
    assert PARK in parks


def test_a_file_and_standard_input_are_asked_too(release: Release, tmp_path: Path) -> None:
    text = f"ASK {{ <{PARK}> a <https://w3id.org/jsbio/ontology#Park> }}"
    (tmp_path / "is-park.rq").write_text(text, "utf-8")
    assert ask(release, str(tmp_path / "is-park.rq")).stdout == "true\n"
    assert ask(release, "-", given=text).stdout == "true\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["park-rank"], "park-rank: There is no saved query and no file of this name. Perhaps"),
        (["park-ranks", "--param", "yeer=2023"], "yeer: The query park-ranks has no such param"),
        (["park-ranks", "--param", "year=x"], "year: 'x' is not a whole number. Give digits"),
        (["none.rq"], "none.rq: The file cannot be read: No such file or directory."),
        (["-"], "<stdin>:2:8: The query is not SPARQL here: 'WHERE {'."),
        (["-", "--limit", "1"], "-: The file has no header, so it takes no parameter, limit"),
    ],
)
def test_what_cannot_be_asked_gets_one_sentence(
    arguments: list[str], told: str, release: Release
) -> None:
    result = ask(release, *arguments, given="SELECT *\nWHERE {")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1


def test_a_syntax_error_names_the_file_with_line_and_column(
    release: Release, tmp_path: Path
) -> None:
    file = tmp_path / "parks.rq"
    file.write_text("SELECT *\nWHERE { ?park", "utf-8")
    assert ask(release, str(file)).stderr.startswith(f"{file}:2:14: The query is not SPARQL here")
