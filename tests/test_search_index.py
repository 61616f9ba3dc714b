"""The index of the search: made anew where it is missing, damaged or of another release."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from jsbio_kg.release import Release
from jsbio_kg.search import Search, open_search

Anew = Callable[[str], Search]


@pytest.fixture
def anew(release: Release, tmp_path: Path) -> Iterator[Anew]:
    """A function that copies the release and opens its search, which is then made."""
    with ExitStack() as stack:

        def copy(name: str) -> Search:
            shutil.copytree(release.root, tmp_path / name, ignore=shutil.ignore_patterns("search"))
            return stack.enter_context(closing(open_search(Release.open(tmp_path / name))))

        yield copy


def test_an_index_made_anew_answers_the_same(anew: Anew) -> None:
    first, second = anew("one"), anew("two")
    assert first.index.path.read_bytes() == second.index.path.read_bytes()
    for typed in ("park", "苏州", "gongye", "suzhuo", "江苏的园区"):
        assert first.find(typed, limit=200) == second.find(typed, limit=200)


def test_an_index_of_another_dataset_is_made_anew(anew: Anew, tmp_path: Path) -> None:
    anew("copy")
    index = tmp_path / "copy" / "search" / "names.sqlite"
    index.write_bytes(b"not SQLite")
    with closing(open_search(Release.open(tmp_path / "copy"))) as search:
        assert search.find("Suzhou").hits


def test_a_folder_that_cannot_be_written_to_is_searched_too(
    release: Release, tmp_path: Path
) -> None:
    shutil.copytree(release.root, tmp_path / "copy", ignore=shutil.ignore_patterns("search"))
    (tmp_path / "copy" / "search").write_text("a file in the way")
    with closing(open_search(Release.open(tmp_path / "copy"))) as search:
        assert search.find("Suzhou").hits


def test_a_large_index_is_made_in_a_process_of_its_own(
    anew: Anew, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jsbio_kg.search.opening._LARGE", 0)
    assert anew("copy").find("Suzhou").hits
    assert (tmp_path / "copy" / "search" / "names.sqlite").is_file()


def test_a_release_that_another_takes_the_place_of_meanwhile_is_searched(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jsbio_kg.search.opening._LARGE", 0)
    shutil.copytree(release.root, tmp_path / "copy", ignore=shutil.ignore_patterns("search"))
    opened = Release.open(tmp_path / "copy")
    manifest = tmp_path / "copy" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(release.version, "0" * 64))
    with closing(open_search(opened)) as search:
        assert search.find("Suzhou").hits
