"""A release: the same bytes for the same files, whole or not at all."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from jsbio_kg.build.building import Built, build
from jsbio_kg.build.evidence_iri import evidence_iri
from jsbio_kg.build.index import Index, triple_of
from jsbio_kg.build.reading import read_turtle
from jsbio_kg.build.turtle import format_turtle
from jsbio_kg.cli import main
from jsbio_kg.cli.graph import find_release
from jsbio_kg.errors import NotFound, ReleaseError, SourceError
from jsbio_kg.release import MANIFEST, Release
from jsbio_kg.settings import Location, locate
from jsbio_kg.vocabulary import BASE

Edit = Callable[[str, str, str], None]
GRAPH = BASE + "graph/"


def quiet(*step: object) -> None:
    assert len(step) == 3


def built(project: Path, output: Path, **options: object) -> Built:
    return build(project, output, quiet, **options)  # type: ignore[arg-type]


def released(project: Path, output: Path, **options: object) -> Release:
    release = built(project, output, **options).release
    assert release is not None
    return release


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".found-whole")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def graph_of(release: Release, name: str) -> list[Triple]:
    return read_turtle((release.root / release.graph(GRAPH + name).file).read_text("utf-8"))


def test_two_builds_in_other_folders_under_other_hash_seeds_are_equal_byte_by_byte(
    tiny: Path, tmp_path: Path
) -> None:
    outputs = []
    for seed in ("1", "2"):
        project = tmp_path / f"project-{seed}"
        shutil.copytree(tiny, project)
        outputs.append(tmp_path / f"folder-{seed}" / f"release-{seed}")
        command = [sys.executable, "-m", "jsbio_kg.cli", "build", "--project", str(project)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        subprocess.run(
            [*command, "--output", str(outputs[-1])],
            env=environment,
            check=True,
            capture_output=True,
        )
    first, second = map(content, outputs)
    assert first == second
    assert str(tmp_path).encode() not in b"".join(first.values())


def test_a_release_is_not_built_again_while_nothing_has_changed(tiny: Path, edit: Edit) -> None:
    output = tiny / "build" / "release"
    released(tiny, output)
    written = (output / MANIFEST).stat().st_mtime_ns
    started = time.perf_counter()
    assert built(tiny, output).is_new is False
    assert time.perf_counter() - started < 2
    assert (output / MANIFEST).stat().st_mtime_ns == written
    assert built(tiny, output, force=True).is_new is True
    edit("data/entities.ttl", "A park for young firms.", "A park for new firms.")
    assert built(tiny, output).is_new is True


@pytest.mark.parametrize("damage", ["removed", "changed"])
def test_a_damaged_release_is_built_again(damage: str, tiny: Path) -> None:
    output = tiny / "build" / "release"
    dataset = released(tiny, output).dataset
    whole = dataset.read_bytes()
    dataset.unlink() if damage == "removed" else dataset.write_bytes(whole[:-1] + b" ")
    assert built(tiny, output).is_new is True
    assert dataset.read_bytes() == whole


def test_a_failed_build_leaves_the_earlier_release_as_it_was(tiny: Path, edit: Edit) -> None:
    output = tiny / "build" / "release"
    released(tiny, output)
    before = content(output)
    edit("data/entities.ttl", "    a jsbio:Park ;\n", "")
    failed = built(tiny, output)
    assert failed.release is None and failed.findings
    assert content(output) == before
    assert [path.name for path in output.parent.iterdir()] == ["release"]


def test_a_folder_of_something_else_is_not_replaced(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(ReleaseError, match="This is no release, and is not replaced"):
        built(tiny, tmp_path / "thesis")
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"


def test_a_manifest_tells_what_the_release_holds(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release")
    manifest = release.manifest
    roles = {graph.iri.removeprefix(GRAPH): graph.role for graph in release.graphs}
    assert roles["note"] == "FactGraph" and roles["inferred"] == "InferredGraph"
    assert {iri.removeprefix(GRAPH) for iri in release.default_graphs} == {
        "entities", "inferred", "note", "note-names", "ontology", "readings", "reference",
    }  # fmt: skip
    assert release.graph(GRAPH + "note").title == {"en": "Facts", "zh": "事实"}
    assert release.graph(GRAPH + "note").evidence == GRAPH + "note-evidence"
    assert manifest.triples == sum(graph.triples for graph in release.graphs)
    assert manifest.dataset_version == hashlib.sha256(release.dataset.read_bytes()).hexdigest()
    assert manifest.base == BASE and release.prefixes["park"] == BASE + "id/park/"
    assert "evidence" in manifest.checks and "consistency" in manifest.checks
    assert [path.name for path in release.queries()] == ["parks-of-a-province.rq"]
    files = content(release.root).keys() - {MANIFEST, ".made-from"}
    assert manifest.files.keys() == files


def test_every_file_holds_the_same_dataset(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release")
    quads = [
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph.iri))
        for graph in release.graphs
        for triple in read_turtle((release.root / graph.file).read_text("utf-8"))
    ]
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = release.dataset.read_text("utf-8").splitlines(keepends=True)
    assert sorted(f"{quad} .\n" for quad in dataset) == lines == sorted(lines)
    for graph in release.graphs:
        text = (release.root / graph.file).read_text("utf-8")
        assert format_turtle(text) == text


def test_published_literals_keep_their_lexical_form(tiny: Path, edit: Edit) -> None:
    edit("data/readings.ttl", "jsbio:confidence 0.9 ;", 'jsbio:confidence "0.90"^^xsd:decimal ;')
    edit(
        "data/readings.ttl",
        "PREFIX skos:",
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nPREFIX skos:",
    )
    path = tiny / "data" / "readings.ttl"
    path.write_text(format_turtle(path.read_text("utf-8")), "utf-8")
    release = released(tiny, tiny / "build" / "release")
    assert '"0.90"^^<http://www.w3.org/2001/XMLSchema#decimal>' in release.dataset.read_text()


def test_inferred_triples_follow_and_are_asserted_nowhere(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release")
    inferred = {str(triple) for triple in graph_of(release, "inferred")}
    things = f"<{BASE}id/"
    port, china = f"{things}park/china-pharmaceutical-port>", f"{things}country/china>"
    assert f"{port} <{BASE}ontology#locatedIn> {china}" in inferred
    asserted = {
        str(triple)
        for graph in release.graphs
        if graph.default and graph.role != "InferredGraph"
        for triple in read_turtle((release.root / graph.file).read_text("utf-8"))
    }
    assert inferred and inferred.isdisjoint(asserted)
    assert not any("owl#Thing" in triple or "_:" in triple for triple in inferred)


def test_the_catalogue_holds_each_query_as_it_runs(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release")
    index = Index(graph_of(release, "queries"))
    query = NamedNode(BASE + "queries/parks-of-a-province")
    assert index.text(query, "sh:select") == (
        tiny / "queries" / "parks-of-a-province.rq"
    ).read_text("utf-8")
    assert {literal.language for literal in index.literals(query, "rdfs:label")} == {"en", "zh"}
    assert index.iris(NamedNode(query.value + "#province"), "sh:class") == [
        BASE + "ontology#Province"
    ]


def test_the_description_counts_what_is_there(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release")
    index = Index(graph_of(release, "description"))
    for graph in release.graphs:
        if graph.iri != GRAPH + "description":
            part = NamedNode(f"{GRAPH}description#{graph.iri.removeprefix(GRAPH)}")
            assert index.number(part, "void:triples") == graph.triples
    whole = NamedNode(GRAPH + "description#dataset")
    of_itself = ("CatalogueGraph", "DescriptionGraph")
    described = sum(graph.triples for graph in release.graphs if graph.role in of_itself)
    assert index.number(whole, "void:triples") == release.manifest.triples - described


OTHER = "https://kg.example.org/jiangsu/"


def test_another_base_moves_the_things_and_not_the_vocabulary(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release", base=OTHER)
    text = b"".join(content(release.root).values()).decode(errors="replace")
    for part in ("id/", "graph/", "queries/"):
        assert BASE + part not in text
        assert OTHER + part in text
    assert BASE + "ontology#Park" in text and OTHER + "ontology" not in text
    assert release.prefixes["park"] == OTHER + "id/park/"
    assert release.prefixes["jsbio"] == BASE + "ontology#"
    assert f"PREFIX province: <{OTHER}id/province/>" in release.queries()[0].read_text("utf-8")


def test_another_base_gives_each_record_the_iri_of_its_new_triple(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release", base=OTHER)
    file = release.root / release.graph(OTHER + "graph/note-evidence").file
    index = Index(read_turtle(file.read_text("utf-8")))
    records = index.of_type("rdf:Statement")
    for record in records:
        names = ("rdf:subject", "rdf:predicate", "rdf:object", "jsbio:inGraph")
        *terms, graph = (index.values(record, name)[0] for name in names)
        assert isinstance(graph, NamedNode)
        assert evidence_iri(triple_of(*terms), graph, OTHER) == record
    assert len(records) == release.graph(OTHER + "graph/note").triples


@pytest.mark.parametrize("base", ["kg.example.org/", "https://kg.example.org", "https://k/#", ""])
def test_a_base_that_is_none_is_refused(base: str, tiny: Path) -> None:
    with pytest.raises(SourceError, match="A base IRI is an http address that ends with a slash"):
        built(tiny, tiny / "build" / "release", base=base)


def test_opening_nothing_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r'There is no release here.+"jsbio-kg build"'):
        Release.open(tmp_path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: m.update(format="other 7"), "This is not a 'jsbio-kg release 1' but 'other 7'"),
        (lambda m: m.pop("graphs"), "The manifest lacks or misspells a member"),
        (lambda m: m["files"].update({"../x": {"bytes": 1, "sha256": ""}}), "outside itself"),
        (
            lambda m: m["files"].update(x={"bytes": 1, "sha256": ""}),
            "A file of the release is miss",
        ),
        (lambda m: m["files"]["dataset.nq"].update(bytes=1), "not the one that was released"),
        (lambda m: m["files"]["dataset.nq"].update(sha256="0"), "not the one that was released"),
    ],
)
def test_a_broken_release_is_told_apart_from_a_whole_one(
    change: Callable[[dict[str, object]], None], told: str, tiny: Path
) -> None:
    release = released(tiny, tiny / "build" / "release")
    manifest = json.loads((release.root / MANIFEST).read_bytes())
    change(manifest)
    (release.root / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(ReleaseError, match=told):
        Release.open(release.root)


def test_a_manifest_that_is_not_json_is_broken(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(ReleaseError, match="The manifest cannot be read"):
        Release.open(tmp_path)


def test_a_graph_that_is_not_there_is_not_found(tiny: Path) -> None:
    with pytest.raises(NotFound, match="There is no graph"):
        released(tiny, tiny / "build" / "release").graph(GRAPH + "nothing")


def test_a_stale_release_is_made_anew_when_it_is_needed(tiny: Path, edit: Edit) -> None:
    first = Release.open(find_release(None, tiny)).version
    edit("data/entities.ttl", "A park for young firms.", "A park for new firms.")
    assert Release.open(find_release(None, tiny)).version != first
    edit("data/entities.ttl", "    a jsbio:Park ;\n", "")
    with pytest.raises(SystemExit):
        find_release(None, tiny)


def test_a_release_stays_under_its_address_when_it_is_made_anew(tiny: Path, edit: Edit) -> None:
    released(tiny, tiny / "build" / "release", base=OTHER)
    edit("data/entities.ttl", "A park for young firms.", "A park for new firms.")
    assert Release.open(find_release(None, tiny)).manifest.base == OTHER


def test_the_command_builds_and_says_what_it_built(tiny: Path) -> None:
    arguments = ["build", "--project", str(tiny)]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 0, first.stderr
    assert first.stdout.startswith(f"Built {tiny / 'build' / 'release'}: ")
    assert "[0/" in first.stderr and "shapes" in first.stderr
    assert CliRunner().invoke(main, arguments).stdout.startswith("Unchanged ")


def test_the_command_names_the_findings_and_builds_nothing(tiny: Path, edit: Edit) -> None:
    edit("data/entities.ttl", "    a jsbio:Park ;\n", "")
    result = CliRunner().invoke(main, ["build", "--project", str(tiny)])
    assert result.exit_code == 1
    assert "park:biobay has no type" in result.stderr
    assert not (tiny / "build").exists()


def test_a_project_is_found_from_any_folder_inside_it(tiny: Path, root: Path) -> None:
    assert locate(start=tiny / "data" / "note") == Location(tiny, tiny / "build")
    assert locate(start=root / "src") == Location(root, root / "build")


def test_every_format_of_the_release_is_read_by_its_own_parser(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release")
    quads = list(parse(path=release.dataset, format=RdfFormat.N_QUADS))
    assert len(quads) == release.manifest.triples
