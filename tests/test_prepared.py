"""Answers worked out with the release: the same, without the store."""

from pathlib import Path

import pytest

from jsbio_kg.errors import StoreError
from jsbio_kg.i18n import message
from jsbio_kg.release import Release
from jsbio_kg.service import Plan, Service, Site
from jsbio_kg.service.prepared import Prepared, Recorder, write_prepared
from jsbio_kg.store import Answer, Dataset, Limits, Query, Store
from jsbio_kg.web import visiting
from jsbio_kg.web.app import create_app
from jsbio_kg.web.visiting import visit

BROWSER = {"Accept": "text/html, */*;q=0.5"}
ASKED = (
    "/?lang=zh",
    "/ontology",
    "/queries/parks",
    "/queries/statistics.json",
    "/page/ontology/Park",
    "/page/province/jiangsu",
)


class Down:
    """A store that answers nothing."""

    def answer(self, query: Query) -> Answer:
        """Refuse."""
        raise StoreError(message("The worker ended."))

    def close(self) -> None:
        """Do nothing."""


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: Store) -> None:
        self.asked = 0
        self._store = store

    def answer(self, query: Query) -> Answer:
        """Answer."""
        self.asked += 1
        return self._store.answer(query)

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()


@pytest.fixture(scope="module")
def visited(release: Release, tmp_path_factory: pytest.TempPathFactory) -> tuple[Service, Path]:
    """A service that everybody has visited, and the file of its answers."""
    files = ((str(release.dataset), "nquads", ""),)
    plan = Plan(files, release.default_graphs, base=release.manifest.base)
    recorder = Recorder(plan.load(), long=0.0)
    service = Service(recorder, Site.from_release(release, Limits()))
    with pytest.MonkeyPatch.context() as patch:
        # To a province of this small graph a hundred triples lead, in a large one many thousands.
        patch.setattr(visiting, "_HUBS", visiting._HUBS.replace("1000", "100"))
        visit(service)
    path = tmp_path_factory.mktemp("answers") / "answers.sqlite"
    write_prepared(path, recorder.kept)
    return service, path


def test_every_visit_is_answered(
    visited: tuple[Service, Path], caplog: pytest.LogCaptureFixture
) -> None:
    visit(visited[0])
    assert caplog.records == []


def test_pages_are_drawn_from_what_was_prepared(
    visited: tuple[Service, Path], release: Release
) -> None:
    service, path = visited
    prepared = Service(Down(), service.site, prepared=Prepared.open(path))
    for address in ASKED:
        ours = create_app(prepared).test_client().get(address, headers=BROWSER)
        assert ours.status_code == 200
        theirs = create_app(service).test_client().get(address, headers=BROWSER)
        assert ours.data == theirs.data
    prepared.close()


def test_only_the_very_same_query_of_ours_has_an_answer(visited: tuple[Service, Path]) -> None:
    service, path = visited
    text = service.site.queries["parks"].text
    prepared = Prepared.open(path)
    assert prepared is not None and len(prepared) > 100
    found = prepared.get(Query(text))
    assert found == service.answer(Query(text))
    assert prepared.get(Query(text + " ")) is None
    assert prepared.get(Query(text, dataset=Dataset(("urn:x",)))) is None
    assert prepared.get(Query(text, is_foreign=True)) is None
    prepared.close()


def test_a_file_that_is_none_is_passed_over(tmp_path: Path) -> None:
    assert Prepared.open(tmp_path / "none.sqlite") is None
    (tmp_path / "broken.sqlite").write_bytes(b"no database")
    assert Prepared.open(tmp_path / "broken.sqlite") is None


@pytest.mark.parametrize(("long", "asked"), [(0.0, 1), (3600.0, 2)])
def test_a_long_answer_is_worked_out_once(
    long: float, asked: int, visited: tuple[Service, Path]
) -> None:
    counting = Counting(visited[0].store)
    recorder = Recorder(counting, long)
    query = Query(visited[0].site.queries["parks"].text)
    assert recorder.answer(query) == recorder.answer(query)
    assert counting.asked == asked
