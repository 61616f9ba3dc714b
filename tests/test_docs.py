"""README and guides say what is so: the example is run, commands exist, both languages agree."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from jsbio_kg.cli import main
from jsbio_kg.dumps import FORMATS
from jsbio_kg.vocabulary import shrink

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [body for kind, body in FENCE.findall(text) if kind == language]


def rows_of_table(name: str, heading: str) -> list[list[str]]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    start = lines.index(heading) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def as_written(term: object) -> str:
    if isinstance(term, NamedNode):
        return shrink(term.value)
    return term.value if isinstance(term, Literal) else ""


@pytest.mark.parametrize("name", READMES)
def test_the_example_answers_as_printed(
    name: str, dataset: Store, default_graph: list[NamedNode]
) -> None:
    (query,) = blocks(name, "sparql")
    answer = dataset.query(query, default_graph=default_graph)
    assert isinstance(answer, QuerySolutions)
    header = "| " + " | ".join(v.value for v in answer.variables) + " |"
    assert [[as_written(term) for term in row] for row in answer] == rows_of_table(name, header)


@pytest.mark.parametrize("name", READMES)
def test_every_command_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"`jsbio-kg (\w+)", text))
    assert named
    for command in sorted(named):
        result = CliRunner().invoke(main, [command, "--help"])
        assert result.exit_code == 0, f"{name} names {command!r}: {result.output}"


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_named_exists(name: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake (\w+)", "\n".join(blocks(name, "sh"))))
    assert named and named <= targets


def test_the_two_readmes_are_equals() -> None:
    english, chinese = (
        (ROOT / name).read_text(encoding="utf-8").replace(".zh.", ".") for name in READMES
    )
    for mark in (r"^## ", r"^\|", r"^\d+\. ", r"^- ", r"^```"):
        count = [len(re.findall(mark, text, re.MULTILINE)) for text in (english, chinese)]
        assert count[0] == count[1], mark
    links = [set(re.findall(r"\]\(([^)]+)\)", text)) for text in (english, chinese)]
    assert links[0] == links[1]


@pytest.mark.parametrize("name", READMES)
def test_every_file_linked_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^):]+)\)", text):
        assert (ROOT / target).is_file(), target


def test_the_docs_name_every_format_and_no_other_command() -> None:
    text = (ROOT / "docs/loading.md").read_text()
    assert [name for name in FORMATS if name not in text] == []
    for command in set(re.findall(r"jsbio-kg (\w+)", text)):
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0, command
    for command, option in re.findall(r"jsbio-kg (\w+)[^`\n]*? (--[a-z-]+)", text):
        shown = CliRunner().invoke(main, [command, "--help"]).output
        assert option in shown, f"{command} {option}"


@pytest.mark.parametrize("name", ["loading", "scaling", "deployment"])
def test_a_guide_says_the_same_in_both_languages(name: str) -> None:
    english, chinese = (
        (ROOT / f"docs/{name}{ending}").read_text("utf-8") for ending in (".md", ".zh.md")
    )
    fenced = re.compile(r"```\w+\n.*?```", re.DOTALL)
    assert fenced.findall(english) == fenced.findall(chinese)
    for mark in (r"^#+ ", r"^\|", r"^- "):
        counts = [len(re.findall(mark, text, re.MULTILINE)) for text in (english, chinese)]
        assert counts[0] == counts[1], mark
    codes = [set(re.findall(r"`([^`\n]+)`", fenced.sub("", text))) for text in (english, chinese)]
    assert codes[0] == {code.replace(".zh.", ".") for code in codes[1]}
