"""Older releases stay reachable by version: pages, data, queries, files, and what changed."""

import gzip
import hashlib
import json
import os
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from serving import make_release, serving, wait_until_ready

from jsbio_kg.build.building import build
from jsbio_kg.changes import apply_patch
from jsbio_kg.cli import main
from jsbio_kg.dumps.canonical import canonical_sha256
from jsbio_kg.errors import NotFound
from jsbio_kg.release import Release, keep, released_at
from jsbio_kg.service import Lanes, Source, open_service
from jsbio_kg.store import Query

PARK = "https://w3id.org/jsbio/id/park/biobay"
MORE = """PREFIX graph: <https://w3id.org/jsbio/graph/>
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX park: <https://w3id.org/jsbio/id/park/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
graph:entities { park:new%(n)d a jsbio:Park ; rdfs:label "Park %(n)d"@en , "%(n)d 号园区"@zh . }
graph:facts {
  park:biobay jsbio:rank %(n)d .
  park:new%(n)d jsbio:rank 9 ; jsbio:locatedIn <https://w3id.org/jsbio/id/city/suzhou> .
}
"""


def dated(folder: Path, moment: str) -> Path:
    (folder / ".released").write_text(f"{moment}\n")
    return folder


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that is served, and two older ones where they are kept."""
    folder = tmp_path_factory.mktemp("shelf")
    dated(make_release(folder / "release", MORE % {"n": 3}), "2026-03-01T00:00:00+00:00")
    dated(make_release(folder / "releases" / "b", MORE % {"n": 2}), "2026-02-01T00:00:00+00:00")
    dated(make_release(folder / "releases" / "a"), "2026-01-01T00:00:00+00:00")
    (folder / "releases" / "no-release").mkdir()
    return folder


@pytest.fixture(scope="module")
def names(shelf: Path) -> dict[str, str]:
    roots = {"old": "releases/a", "middle": "releases/b", "now": "release"}
    return {name: Release.unchecked(shelf / root).version[:12] for name, root in roots.items()}


@pytest.fixture(scope="module")
def address(shelf: Path) -> Iterator[str]:
    with serving("--release", str(shelf / "release"), "--workers", "1") as (found, _):
        yield found


def get(address: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def page(address: str, language: str = "en") -> str:
    status, headers, body = get(address, Accept="text/html", Accept_Language=language)
    assert status == 200, body
    assert headers["Content-Type"].startswith("text/html")
    return body.decode()


def test_the_list_tells_of_each_release_in_both_languages(
    address: str, names: dict[str, str]
) -> None:
    english, chinese = page(f"{address}/releases/"), page(f"{address}/releases/", "zh")
    for name in names.values():
        assert f'href="/releases/{name}/"' in english and name in chinese
    assert (
        english.index(names["now"]) < english.index(names["middle"]) < english.index("2026-01-01")
    )
    assert "<h1>Releases</h1>" in english and "<h1>发布包</h1>" in chinese
    assert 'href="/releases/"' in page(f"{address}/downloads/")
    listed = json.loads(get(f"{address}/releases/", Accept="application/json")[2])
    assert [each["isCurrent"] for each in listed] == [True, False, False]
    assert [each["released"][:7] for each in listed] == ["2026-03", "2026-02", "2026-01"]


def test_the_files_of_a_release_never_change(
    address: str, names: dict[str, str], shelf: Path
) -> None:
    base = f"{address}/releases/{names['old']}/downloads/"
    stated = Release.unchecked(shelf / "releases/a").manifest.files
    status, headers, body = get(base + "dataset.nq")
    assert (status, hashlib.sha256(body).hexdigest()) == (200, stated["dataset.nq"].sha256)
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    status, _, some = get(base + "dataset.nq", Range="bytes=10-19")
    assert (status, some) == (206, body[10:20])
    assert get(base + "dataset.nq", If_None_Match=headers["ETag"])[0] == 304
    packed = get(base + "dataset.nq", Accept_Encoding="gzip")[2]
    assert gzip.decompress(packed) == body
    assert get(base + "../../manifest.json")[0] == 404
    assert get(base + "nothing.nq")[0] == 404
    assert json.loads(get(base + "manifest.json")[2])["dataset_version"].startswith(names["old"])


def test_pages_data_queries_and_the_endpoint_say_what_was_said_then(
    address: str, names: dict[str, str]
) -> None:
    old = f"{address}/releases/{names['old']}"
    text = page(f"{old}/page/park/biobay")
    assert f"This is release {names['old']} of 2026-01-01, as it was." in text
    assert f'href="/releases/{names["old"]}/page/city/suzhou"' in text
    assert 'href="/page/park/biobay?lang=en"' in text
    assert "这是 2026-01-01 的发布包" in page(f"{old}/page/park/biobay", "zh")
    assert get(f"{old}/page/park/new3", Accept="text/html")[0] == 404
    assert page(f"{address}/page/park/new3")
    data = get(f"{old}/data/park/biobay.nt")[2].decode()
    assert f"<{PARK}>" in data and '"3"^^' not in data
    count = "SELECT (COUNT(*) AS ?n) { ?s <https://w3id.org/jsbio/ontology#rank> ?o }"
    asked = urllib.parse.urlencode({"query": count})
    rows = [
        json.loads(get(f"{where}/sparql?{asked}")[2])["results"]["bindings"][0]["n"]["value"]
        for where in (old, f"{address}/releases/{names['middle']}", address)
    ]
    assert rows == ["2", "4", "4"]
    assert get(f"{old}/queries/parks.csv")[2].count(b"\r\n") == 3
    assert get(f"{address}/queries/parks.csv")[2].count(b"\r\n") == 4


def test_an_iri_leads_to_the_page_of_the_same_release(address: str, names: dict[str, str]) -> None:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object, **__: object) -> None:
            return None

    opener = urllib.request.build_opener(Stay)
    prefix = f"/releases/{names['old']}"
    for path, location in (
        (f"{prefix}/id/park/biobay", f"{prefix}/page/park/biobay"),
        (f"{prefix}", f"{prefix}/"),
        (
            f"/releases/{names['old'][:8]}/page/park/biobay?lang=zh",
            f"{prefix}/page/park/biobay?lang=zh",
        ),
    ):
        request = urllib.request.Request(address + path, headers={"Accept": "text/html"})
        with pytest.raises(urllib.error.HTTPError) as raised:
            opener.open(request, timeout=30)
        with raised.value as error:
            assert error.headers["Location"] == location, path


def test_the_release_that_is_served_has_an_address_that_lasts(
    address: str, names: dict[str, str]
) -> None:
    text = page(f"{address}/releases/{names['now']}/page/park/biobay")
    assert f"This address names release {names['now']}" in text
    headers = get(f"{address}/releases/{names['now']}/", Accept="text/html")[1]
    assert headers["X-Robots-Tag"] == "noindex"


def test_what_changed_is_told_and_can_be_taken_away(
    address: str, names: dict[str, str], shelf: Path
) -> None:
    where = f"{address}/changes/{names['old']}/{names['now']}"
    text = page(where)
    assert "<h1>What changed</h1>" in text and "Park 3" in text and "BioBAY" in text
    assert "<ins>" in text and f'href="/releases/{names["now"]}/page/park/new3"' in text
    chinese = page(where, "zh")
    assert "<h1>变更内容</h1>" in chinese and "3 号园区" in chinese and "名次" in chinese
    _, headers, patch = get(f"{where}.rdfp", Accept_Encoding="identity")
    assert headers["Content-Type"] == "application/rdf-patch"
    assert "immutable" in headers["Cache-Control"]
    old = list(ox.parse(path=str(shelf / "releases/a/dataset.nq"), format=ox.RdfFormat.N_QUADS))
    new = list(ox.parse(path=str(shelf / "release/dataset.nq"), format=ox.RdfFormat.N_QUADS))
    assert canonical_sha256(apply_patch(old, patch.decode())) == canonical_sha256(new)
    store = ox.Store()
    store.extend(old)
    store.update(get(f"{where}.ru")[2].decode())
    assert canonical_sha256(store) == canonical_sha256(new)
    told = json.loads(get(f"{where}.json")[2])
    assert told["counts"]["things"] == {"added": 1, "removed": 0, "changed": 1}
    assert told["from"]["name"] == names["old"] and str(shelf) not in json.dumps(told)
    assert get(f"{where}.xyz")[0] == 404


def test_changes_are_told_from_the_earlier_to_the_later(
    address: str, names: dict[str, str]
) -> None:
    chosen = f"{address}/changes/?from={names['now']}&to={names['middle']}"
    with urllib.request.urlopen(chosen, timeout=30) as answer:
        assert answer.url == f"{address}/changes/{names['middle']}/{names['now']}"


@pytest.mark.parametrize(
    "path", ["/releases/0123456789ab/", "/releases/xyz/", "/changes/00000000/1"]
)
def test_a_release_that_is_not_kept_is_not_found(path: str, address: str) -> None:
    status, _, body = get(address + path)
    assert status == 404
    assert "/releases/" in json.loads(body)["fix"]


def test_releases_can_be_compared_by_their_addresses(address: str, names: dict[str, str]) -> None:
    old = f"{address}/releases/{names['old']}/downloads/"
    done = CliRunner().invoke(main, ["diff", old, f"{address}/downloads/", "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "+ Park 3 (park:new3)" in done.stdout


def test_older_releases_are_named_on_the_command_line_too(shelf: Path, tmp_path: Path) -> None:
    shutil.copytree(shelf / "release", tmp_path / "release")
    older = ("--older", str(shelf / "releases/a"), "--older", str(shelf / "releases"))
    with serving("--release", str(tmp_path / "release"), *older) as (address, _):
        assert len(json.loads(get(f"{address}/releases/?format=json")[2])) == 3


def test_a_damaged_copy_is_not_served(shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    shutil.copytree(shelf, folder, ignore=shutil.ignore_patterns("store", "search", "changes"))
    broken = folder / "releases/a/dataset.nq"
    broken.write_bytes(broken.read_bytes().replace(b'"1"', b'"7"'))
    name = Release.unchecked(folder / "releases/a").version[:12]
    with serving("--release", str(folder / "release")) as (address, _):
        status, _, body = get(f"{address}/releases/{name}/downloads/dataset.nq")
        assert (status, "is damaged" in json.loads(body)["detail"]) == (404, True)
        assert get(f"{address}/releases/{name}/")[0] == 404
        assert page(f"{address}/")


def test_serving_goes_on_where_nothing_may_be_written(shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    shutil.copytree(shelf, folder, ignore=shutil.ignore_patterns("store", "search", "changes"))
    (folder / "changes").write_text("in the way")
    with serving("--release", str(folder / "release")) as (address, process):
        rows = json.loads(get(f"{address}/releases/?format=json")[2])
        assert page(f"{address}{rows[0]['changes'].removesuffix('.json')}")
        wait_until_ready(address, process)


def test_only_so_many_older_releases_are_open(shelf: Path) -> None:
    lanes = Lanes(fast=1, slow=1)
    service = open_service(Source(release=shelf / "release", lanes=lanes))
    try:
        history = service.history
        assert history is not None and len(history.editions) == 3
        opened = [history.service_of(edition) for edition in history.editions[1:]]
        assert all(each.answer(Query("ASK {}")).body for each in opened)
        assert history.service_of(history.editions[0]) is service
        assert all(each.history is None for each in opened)
        with pytest.raises(NotFound, match="No release"):
            history.find(history.editions[0].name[:7])
    finally:
        service.close()


def test_a_release_is_kept_with_its_date(shelf: Path, tmp_path: Path) -> None:
    folder = make_release(tmp_path / "release")
    os.utime(folder / "manifest.json", (86_400, 86_400))
    version = Release.unchecked(folder).version
    kept = keep(folder, tmp_path / "releases")
    assert kept == tmp_path / "releases" / version[:12] and not folder.exists()
    os.utime(kept / "manifest.json")
    assert released_at(kept) == "1970-01-02T00:00:00+00:00"
    assert keep(make_release(folder), tmp_path / "releases") is None


def test_a_build_keeps_the_release_it_replaces(
    release: Release, root: Path, tmp_path: Path
) -> None:
    for part in ("ontology", "data", "queries"):
        shutil.copytree(root / part, tmp_path / "project" / part)
    shutil.copytree(release.root, tmp_path / "release")
    places = tmp_path / "project/data/entities/places.ttl"
    places.write_text(places.read_text().replace('"苏州生物医药产业园"@zh', '"生物湾"@zh'))
    built = build(tmp_path / "project", tmp_path / "release", lambda *_: None, is_kept=True)
    assert built.release is not None and built.release.version != release.version
    kept = tmp_path / "releases" / release.version[:12]
    assert Release.open(kept).version == release.version
    assert CliRunner().invoke(main, ["verify", str(kept)]).exit_code == 0
