"""What lies between two versions, applied to the old one, gives the new one exactly."""

import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from jsbio_kg.build.building import build
from jsbio_kg.changes import (
    Version,
    apply_patch,
    changes_between,
    rdf_patch,
    sparql_update,
    tell,
)
from jsbio_kg.cli import main
from jsbio_kg.dumps.canonical import canonical_lines, canonical_sha256
from jsbio_kg.errors import SourceError
from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent
GRAPH = "https://w3id.org/jsbio/graph/entities-places"


def version(quads: list[ox.Quad]) -> Version:
    """Make a version as a release holds it: canonical N-Quads."""
    lines = canonical_lines(quads)
    held = tuple(ox.parse("".join(lines), ox.RdfFormat.N_QUADS))
    return Version("test", canonical_sha256(quads), held, frozenset({"http://a.example/g1"}))


IRIS = st.sampled_from([ox.NamedNode(f"http://a.example/{name}") for name in "pqr"])
BLANKS = st.sampled_from([ox.BlankNode(name) for name in ("a", "b", "c", "n0", "c14n0")])
LITERALS = st.builds(ox.Literal, st.text(max_size=3), language=st.sampled_from(["en", "zh"]))
NAMES = st.sampled_from([ox.NamedNode(f"http://a.example/g{n}") for n in (1, 2)])
GRAPHS = NAMES | st.just(ox.DefaultGraph())
QUADS = st.builds(ox.Quad, IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS, GRAPHS)
DATASETS = st.lists(QUADS, max_size=9)


@given(DATASETS, DATASETS, DATASETS)
@settings(max_examples=200, deadline=None)
def test_a_patch_applied_to_the_old_version_gives_the_new_one(
    common: list[ox.Quad], before: list[ox.Quad], after: list[ox.Quad]
) -> None:
    old, new = version(common + before), version(common + after)
    changes = changes_between(old, new)
    assert canonical_sha256(apply_patch(old.quads, "".join(rdf_patch(changes)))) == new.sha256
    assert bool(changes) == (old.sha256 != new.sha256)


@given(DATASETS, DATASETS, DATASETS)
@settings(max_examples=200, deadline=None)
def test_an_update_applied_to_the_old_version_gives_the_new_one(
    common: list[ox.Quad], before: list[ox.Quad], after: list[ox.Quad]
) -> None:
    old, new = version(common + before), version(common + after)
    store = ox.Store()
    store.extend(old.quads)
    store.update("".join(sparql_update(changes_between(old, new))))
    assert canonical_sha256(store) == new.sha256


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0b", "\x1d", "\r", "\n"])
def test_whatever_ends_a_line_elsewhere_may_stand_in_a_text(mark: str) -> None:
    triple = ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(f"a{mark}b")
    old, new = version([]), version([ox.Quad(*triple)])
    for one, other in ((old, new), (new, old)):
        patch = "".join(rdf_patch(changes_between(one, other)))
        assert apply_patch(one.quads, patch) == set(other.quads)


def test_a_patch_is_not_applied_to_another_version() -> None:
    old, new = version([]), version([ox.Quad(*[ox.NamedNode("http://a.example/a")] * 3)])
    with pytest.raises(SourceError, match=r"patch:4: The line 'D <http://a\.example/a>"):
        apply_patch(old.quads, "".join(rdf_patch(changes_between(new, old))))


@pytest.fixture(scope="module")
def releases(release: Release, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The release of the real files, and one with a park renamed."""
    folder = tmp_path_factory.mktemp("new")
    for part in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / part, folder / part)
    places = folder / "data/entities/places.ttl"
    places.write_text(places.read_text().replace('"苏州生物医药产业园"@zh', '"生物湾"@zh'))
    built = build(folder, folder / "release", lambda *_: None)
    assert built.release is not None, [str(finding) for finding in built.findings]
    return release.root, built.release.root


def run(*arguments: object) -> str:
    done = CliRunner().invoke(main, ["diff", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def quads_of(folder: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(folder / "dataset.nq"), format=ox.RdfFormat.N_QUADS))


def test_the_real_releases_differ_in_what_was_edited(releases: tuple[Path, Path]) -> None:
    content = json.loads(run(*releases, "--format", "json"))
    park = "https://w3id.org/jsbio/id/park/biobay"
    assert [thing["iri"] for thing in content["things"]["changed"]] == [park]
    assert content["things"]["changed"][0]["label"]["zh"] == "生物湾"
    english, chinese = run(*releases, "--lang", "en"), run(*releases, "--lang", "zh")
    assert "Things changed: 1.\n  ~ BioBAY (park:biobay)\n" in english
    assert "  ~ 生物湾 (park:biobay)\n" in chinese and "变更事物" in chinese


def test_patch_and_update_of_the_real_releases_are_exact(releases: tuple[Path, Path]) -> None:
    old, new = releases
    target = canonical_sha256(quads_of(new))
    assert canonical_sha256(
        apply_patch(quads_of(old), run(*releases, "--format", "rdf-patch"))
    ) == (target)
    store = ox.Store()
    store.extend(quads_of(old))
    store.update(run(*releases, "--format", "sparql-update"))
    assert canonical_sha256(store) == target


def test_a_release_equals_itself(releases: tuple[Path, Path]) -> None:
    assert "0 triples added, 0 removed." in run(releases[0], releases[0], "--lang", "en")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(releases: tuple[Path, Path]) -> Iterator[str]:
    handler = partial(Quiet, directory=str(releases[1]))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_release_that_is_served_can_be_compared(
    releases: tuple[Path, Path], address: str
) -> None:
    assert "park:biobay" in run(releases[0], address)
    done = CliRunner().invoke(main, ["diff", str(releases[0]), f"{address}none"])
    assert done.exit_code == 1
    assert "The release cannot be fetched (File not found)." in done.stderr


def test_a_revision_of_the_files_can_be_compared(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
        subprocess.run(
            ["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True
        )

    for part in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / part, tmp_path / part)
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    places = tmp_path / "data/entities/places.ttl"
    places.write_text(places.read_text().replace('"苏州生物医药产业园"@zh', '"生物湾"@zh'))
    git("commit", "-q", "-a", "-m", "second")
    text = run("HEAD~1", "HEAD", "--project", tmp_path, "--lang", "en")
    assert text.startswith("HEAD~1 (") and "~ BioBAY (park:biobay)" in text
    assert not list(tmp_path.glob(".git/worktrees"))
    done = CliRunner().invoke(main, ["diff", "nothing", "HEAD", "--project", str(tmp_path)])
    assert "nothing: This is no release, no address and no revision of the files." in done.stderr


def test_people_are_told_what_was_added_and_removed() -> None:
    def thing(name: str) -> ox.Quad:
        node = ox.NamedNode(f"http://a.example/{name}")
        label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
        return ox.Quad(
            node, label, ox.Literal(name, language="en"), ox.NamedNode("http://a.example/g1")
        )

    told = list(tell(changes_between(version([thing("one")]), version([thing("two")])), "en"))
    assert told[2:] == [
        "Things added: 1.",
        "  + two (http://a.example/two)",
        "",
        "Things removed: 1.",
        "  - one (http://a.example/one)",
    ]
