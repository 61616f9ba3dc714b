"""The walk of docs/adding-a-document.md, done as it stands there, in a copy of the project."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, RdfFormat, Store

from jsbio_kg.cli import main
from jsbio_kg.vocabulary import PREFIXES, expand

ROOT = Path(__file__).parents[1]
PAGES = ("adding-a-document.md", "adding-a-document.zh.md")
FENCE = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block of the page: what it is, what it is about, what it holds."""

    kind: str
    about: str
    text: str


def blocks(page: str) -> list[Block]:
    text = (ROOT / "docs" / page).read_text("utf-8")
    return [Block(kind, about or "", body) for kind, about, body in FENCE.findall(text)]


def run(command: str) -> Result:
    program, *arguments = shlex.split(command)
    assert program == "jsbio-kg"
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    project = tmp_path / "project"
    for folder in ("data", "ontology", "queries"):
        shutil.copytree(ROOT / folder, project / folder)
    (tmp_path / "documents").mkdir()
    monkeypatch.chdir(project)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield project


def test_the_walk_leads_to_a_green_build(copy: Path) -> None:
    said = ""
    for block in blocks(PAGES[0]):
        if block.kind in ("text", "turtle"):
            (copy / block.about).write_text(block.text, "utf-8")
        elif block.kind == "output":
            for line in block.text.splitlines():
                assert line in said, said
        else:
            assert block.kind == "sh"
            for command in block.text.splitlines():
                result = run(command)
                said = result.output
                assert result.exit_code == (1 if block.about == "fails" else 0), (command, said)
    assert "D3.2 “Huishan Life Science Park lies in Wuxi”" in said
    assert "prp-trp" in said
    store = Store()
    store.bulk_load(path=copy / "build" / "release" / "dataset.nq", format=RdfFormat.N_QUADS)
    statistic = NamedNode(expand("statistic:wuxi-innovation-platforms"))
    bounds = store.quads_for_pattern(statistic, NamedNode(expand("jsbio:minExclusive")), None)
    assert [(quad.object.value, quad.graph_name.value) for quad in bounds] == [
        ("40", PREFIXES["graph"] + "notes-on-wuxi")
    ]


def test_both_languages_walk_the_same_way() -> None:
    english, chinese = map(blocks, PAGES)
    assert english == chinese
    headings = [
        len(re.findall(r"^## ", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE))
        for page in PAGES
    ]
    assert headings[0] == headings[1]
