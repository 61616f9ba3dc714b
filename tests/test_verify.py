"""A release carries its dumps and says what they are; verifying works all of it out again."""

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from jsbio_kg.cli import main
from jsbio_kg.dumps import verify
from jsbio_kg.dumps.dcat import describe
from jsbio_kg.dumps.releasing import RELEASED
from jsbio_kg.release import Manifest, Release


@pytest.fixture
def copy(release: Release, tmp_path: Path) -> Path:
    shutil.copytree(release.root, tmp_path / "release")
    return tmp_path / "release"


def differences(root: Path) -> dict[str, str]:
    return {each.where: str(each.what) for each in verify(root, lambda *_: None)}


def test_a_release_is_what_its_manifest_says(release: Release) -> None:
    assert differences(release.root) == {}


def test_the_manifest_describes_every_dump_and_every_graph(release: Release) -> None:
    files = {dump.file for dump in release.manifest.dumps}
    assert files >= {name for name, _ in RELEASED} | {graph.file for graph in release.graphs}
    assert files <= release.manifest.files.keys()
    for dump in release.manifest.dumps:
        assert dump.media_type and dump.title["en"] and dump.title["zh"]
    whole = {d.canonical_sha256 for d in release.manifest.dumps if d.holds == "dataset"}
    assert whole == {release.version}


def test_no_dump_holds_the_hash_of_itself_or_another(release: Release) -> None:
    text = release.dataset.read_text()
    hashes = {entry.sha256 for entry in release.manifest.files.values()} | {release.version}
    assert not [value for value in hashes if value in text]


def test_the_description_in_dcat_has_a_distribution_a_dump(release: Release) -> None:
    base = "https://example.org/downloads/"
    store = ox.Store()
    store.load(path=str(release.root / "dcat.ttl"), format=ox.RdfFormat.TURTLE, base_iri=base + "x")
    rows = store.query(
        """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?url ?size ?sum { ?dataset a dcat:Dataset ; dcat:distribution ?d .
        ?d dcat:downloadURL ?url ; dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?sum }"""
    )
    found = {r["url"].value: (int(r["size"].value), r["sum"].value) for r in rows}
    files = release.manifest.files
    assert found == {
        base + dump.file: (files[dump.file].bytes, files[dump.file].sha256)
        for dump in release.manifest.dumps
    }


def test_a_changed_a_missing_and_an_added_file_are_named(copy: Path) -> None:
    with (copy / "dumps/facts.csv").open("a") as stream:
        stream.write("one more\r\n")
    (copy / "dumps/jsbio.ttl").unlink()
    (copy / "dumps/surprise.ttl").write_text("")
    found = differences(copy)
    assert "found: " in found["dumps/facts.csv"]
    assert found["dumps/jsbio.ttl"] == "The file is missing."
    assert found["dumps/surprise.ttl"] == "The manifest does not list it."


def restated(copy: Path, name: str) -> None:
    """Make the manifest state the hash of a file as it is now."""
    import hashlib

    manifest = json.loads((copy / "manifest.json").read_text())
    content = (copy / name).read_bytes()
    entry = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest["files"][name] = entry
    (copy / "manifest.json").write_text(json.dumps(manifest))


def test_a_dump_of_another_content_is_named_though_its_checksum_fits(copy: Path) -> None:
    path = copy / "dumps/jsbio.trig"
    path.write_text(path.read_text().replace('"13"^^xsd:integer', '"14"^^xsd:integer', 1))
    restated(copy, "dumps/jsbio.trig")
    found = differences(copy)
    assert found["dumps/jsbio.trig"].startswith("Stated: ")
    assert "dcat.ttl" in found


def test_a_dataset_of_another_content_is_named(copy: Path) -> None:
    path = copy / "dataset.nq"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
    restated(copy, "dataset.nq")
    assert {"dataset_version", "triples"} <= differences(copy).keys()


def test_every_figure_of_the_manifest_is_worked_out_again(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    graph, dump = manifest["graphs"][-1], manifest["dumps"][0]
    for member in ("file", "licence", "evidence", "role"):
        graph[member] += "x"
    graph["title"]["zh"] += "x"
    for member in ("media_type", "encoding", "holds", "canonical_sha256"):
        dump[member] += "x"
    tables = [d for d in manifest["dumps"] if d["holds"] in ("table", "property graph")]
    for each in (dump, *tables):
        each["triples"] += 1
    manifest["dumps"].append({**dump, "file": "dumps/none.ttl", "format": "none"})
    manifest["ontology_version"] += "x"
    manifest["prefixes"].pop("park")
    (copy / "manifest.json").write_text(json.dumps(manifest))
    found = differences(copy).keys()
    iri, file = graph["iri"], dump["file"]
    assert {f"{iri} {m}" for m in ("file", "title", "licence", "evidence", "role")} <= found
    named = ("media_type", "encoding", "holds", "canonical_sha256", "triples")
    assert {f"{file} {member}" for member in named} <= found
    assert {f"{each['file']} triples" for each in tables} <= found
    assert {"ontology_version", "prefixes", "dcat.ttl", "dumps/none.ttl"} <= found


def test_a_manifest_without_a_graph_of_the_dataset_is_named(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    graph = manifest["graphs"].pop()
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert differences(copy)[graph["iri"]] == f"Stated: 0; found: {graph['triples']}."


def test_a_member_that_no_manifest_has_and_a_file_outside_are_named(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["approved"] = True
    manifest["triples"] = str(manifest["triples"])
    manifest["files"]["../outside.txt"] = {"bytes": 0, "sha256": ""}
    (copy / "manifest.json").write_text(json.dumps(manifest))
    found = [(each.where, str(each.what)) for each in verify(copy, lambda *_: None)]
    said = [what for where, what in found if where == "manifest.json"]
    assert [name in what for name, what in zip(("triples", "approved"), said, strict=True)] == [
        True,
        True,
    ]
    assert ("../outside.txt", "It names '../outside.txt', outside itself.") in found


def test_tables_of_another_content_are_named_though_all_that_is_said_of_them_fits(
    copy: Path,
) -> None:
    names = ("facts.csv", "facts.xlsx", "jsbio.kuzu.zip", "jsbio.neo4j.zip", "context.jsonld")
    files = [f"dumps/{name}" for name in names]
    for file in files:
        content = bytearray((copy / file).read_bytes())
        content[len(content) // 2] ^= 1
        (copy / file).write_bytes(content)
        restated(copy, file)
    (copy / "dcat.ttl").write_text(describe(Release.unchecked(copy).manifest))
    restated(copy, "dcat.ttl")
    assert differences(copy) == dict.fromkeys(files, "It does not hold what the dataset gives.")


def test_the_command_says_yes_or_names_what_differs(copy: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(main, ["verify", str(copy)])
    assert (done.exit_code, done.stdout) == (0, "The release is what its manifest says.\n")
    (copy / "dumps/jsbio.rdf").write_text("<rdf:RDF/>")
    done = runner.invoke(main, ["verify", str(copy)])
    assert done.exit_code == 1
    assert "dumps/jsbio.rdf: Stated: " in done.stderr
    assert "1 things differ from the manifest." in done.stderr
    assert runner.invoke(main, ["verify", str(copy.parent)]).exit_code == 1


def test_a_store_that_normalises_literals_keeps_every_quad(release: Release) -> None:
    quads = set(ox.parse(path=str(release.dataset), format=ox.RdfFormat.N_QUADS))
    store = ox.Store()
    store.extend(quads)
    assert quads - set(store) == set()


@pytest.mark.parametrize(
    "member, value", [("triples", 1.0), ("default", 0), ("iri", None), ("title", [])]
)
def test_a_manifest_has_one_way_to_write_a_member(
    release: Release, member: str, value: object
) -> None:
    content = json.loads(release.manifest.to_json())
    assert Manifest.from_json(content) == release.manifest
    content["graphs"][0][member] = value
    with pytest.raises(TypeError, match=member):
        Manifest.from_json(content)
