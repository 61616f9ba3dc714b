"""Pages of a graph in which there is much of everything: what they ask for stays bounded."""

import re
from collections import Counter
from pathlib import Path

import pytest

from jsbio_kg.queries import serialize_iri
from jsbio_kg.release import Release
from jsbio_kg.service import Plan, Service, Site, links, overview
from jsbio_kg.service.links import ON_PAGE, Links, read_links
from jsbio_kg.store import Answer, Limits, Query
from jsbio_kg.vocabulary import BASE, JSBIO
from jsbio_kg.web.app import create_app

BROWSER = {"Accept": "text/html"}
SECTOR = f"{BASE}id/sector/medical-devices"


class Listening:
    """A store that notes what it was asked."""

    def __init__(self, plan: Plan) -> None:
        self.asked: list[str] = []
        self._store = plan.load()

    def answer(self, query: Query) -> Answer:
        """Answer from the real store."""
        self.asked.append(query.text)
        return self._store.answer(query)

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()


@pytest.fixture(scope="module")
def store(release: Release) -> Listening:
    """The real graph."""
    files = ((str(release.dataset), "nquads", ""),)
    return Listening(Plan(files, release.default_graphs, base=release.manifest.base))


@pytest.fixture
def service(store: Listening, release: Release) -> Service:
    """A service that has answered nothing yet."""
    store.asked.clear()
    return Service(store, Site.from_release(release, Limits()))


def every_page(service: Service, iri: str, predicate: str) -> list[Links]:
    term = serialize_iri(f"<{iri}>", "iri")
    (first,) = read_links(service, term, predicate, 1)
    rest = (read_links(service, term, predicate, n)[0] for n in range(2, first.pages + 1))
    return [first, *rest]


@pytest.mark.parametrize("predicate", ["about", "sector"])
def test_many_links_are_the_same_unsorted_and_what_is_stated_comes_first(
    predicate: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {each.predicate: each.count for each in read_links(service, f"<{SECTOR}>", "", 1)}
    sources = {}
    for most in (0, 10**6):
        monkeypatch.setattr(links, "MOST_SORTED", most)
        pages = every_page(service, SECTOR, JSBIO + predicate)
        assert [len(page.sources) for page in pages[:-1]] == [ON_PAGE] * (len(pages) - 1)
        found = [source for page in pages for source in page.sources]
        assert [source.is_inferred for source in found] == sorted(s.is_inferred for s in found)
        assert len(found) == counts[JSBIO + predicate]
        sources[most] = Counter(found)
    assert sources[0] == sources[10**6]


def test_a_page_asks_for_names_of_the_graphs_it_shows_alone(
    service: Service, store: Listening, release: Release
) -> None:
    page = create_app(service).test_client().get("/page/park/biobay", headers=BROWSER)
    assert page.status_code == 200
    (named,) = [text for text in store.asked if "VALUES ?thing" in text and "rdfs:label" in text]
    graphs = set(re.findall(rf"<({BASE}graph/[^>]+)>", named))
    assert 0 < len(graphs) < len(release.graphs) / 3


def test_the_overview_shows_some_documents_and_leads_to_all(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = create_app(service).test_client().get("/?lang=en", headers=BROWSER).text
    assert "All documents" not in whole
    monkeypatch.setattr(overview, "MOST_DOCUMENTS", 1)
    page = create_app(service).test_client().get("/?lang=en", headers=BROWSER).text
    assert "SHA-256" in page and page.count("SHA-256") == whole.count("SHA-256") - 1
    assert re.search(r'/queries/documents[^"]*">All documents</a><span class="count">2<', page)


def test_a_document_without_a_description_is_shown_all_the_same(
    release: Release, tmp_path: Path
) -> None:
    lines = release.dataset.read_text("utf-8").splitlines(keepends=True)
    about = f"<{BASE}id/document/ftz-plan-summary> <http://purl.org/dc/terms/description>"
    kept = [line for line in lines if not line.startswith(about)]
    assert len(kept) < len(lines)
    (tmp_path / "data.nq").write_text("".join(kept), "utf-8")
    plan = Plan(((str(tmp_path / "data.nq"), "nquads", ""),), release.default_graphs, base=BASE)
    site = Site.from_release(release, Limits())
    page = create_app(Service(plan.load(), site)).test_client().get("/", headers=BROWSER)
    assert page.status_code == 200


def test_of_many_pages_the_nearest_are_linked_to(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "ON_PAGE", 2)
    path = "/page/sector/biopharmaceutical-industry?by=https://w3id.org/jsbio/ontology%23about"
    text = create_app(service).test_client().get(f"{path}&page=20", headers=BROWSER).text
    (shown,) = re.findall(r'<ul class="pages">(.*?)</ul>', text, re.DOTALL)
    items = re.sub(r"<[^>]*>|\s+", " ", shown).split()
    assert items[:9] == ["1", "2", "…", "17", "18", "19", "20", "21", "22"]
    assert re.search(r'page=20[^"]*" aria-current="page"', shown)
    assert "the pages show some" not in text
    monkeypatch.setattr(links, "MOST_PAGES", 3)
    text = create_app(service).test_client().get(f"{path}&page=20", headers=BROWSER).text
    assert re.search(r"\d+ in all; the pages show some\.", text)
    assert re.findall(r'page=(\d+)[^"]*" aria-current="page"', text) == ["3"]


def test_a_path_that_leads_nowhere_is_compared_with_what_is_found_by_its_words(
    service: Service, store: Listening
) -> None:
    page = create_app(service).test_client().get("/page/park/biobey", headers=BROWSER)
    assert (page.status_code, 'href="/page/park/biobay' in page.text) == (404, True)
    assert not [text for text in store.asked if "STRSTARTS" in text]
