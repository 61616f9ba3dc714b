"""The generator: a larger project of the same kind, the same bytes for the same numbers."""

import hashlib
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from jsbio_kg.build.check import check_project
from jsbio_kg.build.documents import find_documents
from jsbio_kg.build.project import read_project
from jsbio_kg.build.verify import verify
from jsbio_kg.cli import main
from jsbio_kg.errors import SourceError
from jsbio_kg.generate import generate_project

TRIPLES = 25_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(__file__).parent.parent
    folder = tmp_path_factory.mktemp("generated") / "project"
    generated = generate_project(root, folder, TRIPLES, seed=7)
    assert TRIPLES <= generated.triples < TRIPLES + 200
    assert generated.documents == 2
    return folder


def digest(folder: Path) -> str:
    """Return one hash of all that was made up."""
    whole = hashlib.sha256()
    for path in sorted([*folder.glob("documents/*"), *folder.glob("data/yearbook-*/*")]):
        whole.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def test_a_generated_project_has_no_findings(made: Path) -> None:
    _, findings = check_project(made, lambda *_: None)
    assert list(map(str, findings)) == []


def test_every_fact_is_said_by_the_text_that_it_cites(made: Path) -> None:
    project, _ = read_project(made)
    texts, missing = find_documents(project, made / "documents")
    assert len(texts) == 2
    assert len(missing) == 2, "only the real documents are not there"
    assert list(map(str, verify(project, texts))) == []


def test_the_same_numbers_give_the_same_bytes(made: Path, tmp_path: Path, root: Path) -> None:
    generate_project(root, tmp_path / "again", TRIPLES, seed=7)
    assert digest(tmp_path / "again") == digest(made)
    assert (tmp_path / "again/data/sources.ttl").read_bytes() == (
        made / "data/sources.ttl"
    ).read_bytes()


def test_another_seed_gives_another_graph(made: Path, tmp_path: Path, root: Path) -> None:
    generate_project(root, tmp_path / "other", TRIPLES, seed=8)
    assert digest(tmp_path / "other") != digest(made)


def test_a_larger_graph_begins_with_the_documents_of_a_smaller_one(
    made: Path, tmp_path: Path, root: Path
) -> None:
    generate_project(root, tmp_path / "larger", TRIPLES + 20_000, seed=7)
    for name in ("facts", "evidence", "names"):
        first = Path("data/yearbook-1") / f"{name}.ttl"
        assert (tmp_path / "larger" / first).read_bytes() == (made / first).read_bytes()


def test_the_real_files_stay_as_they_are(made: Path, root: Path) -> None:
    for path in (root / "data").rglob("*.ttl"):
        name = path.relative_to(root)
        if name != Path("data/sources.ttl"):
            assert (made / name).read_bytes() == path.read_bytes()


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, root: Path) -> None:
    (tmp_path / "note").write_text("mine")
    with pytest.raises(SourceError, match="not empty"):
        generate_project(root, tmp_path, 1000, seed=1)


def test_the_command_says_what_it_made(tmp_path: Path, root: Path) -> None:
    output = tmp_path / "made"
    arguments = ["generate", "--triples", "1500", "--project", str(root), "--output", str(output)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "triples more, in 1 documents" in result.output
    shutil.rmtree(output)
