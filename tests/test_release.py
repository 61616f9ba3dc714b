"""What a release holds, under either base, and how a broken one is told."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)
from releasing import GRAPH, OTHER, content, graph_of, released

from jsbio_kg.build.evidence_iri import evidence_iri
from jsbio_kg.build.index import Index, triple_of
from jsbio_kg.build.reading import read_turtle
from jsbio_kg.build.turtle import format_turtle
from jsbio_kg.errors import NotFound, ReleaseError
from jsbio_kg.release import MANIFEST, Release
from jsbio_kg.vocabulary import BASE

Edit = Callable[[str, str, str], None]


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


def test_every_format_of_the_release_is_read_by_its_own_parser(tiny: Path) -> None:
    release = released(tiny, tiny / "build" / "release")
    quads = list(parse(path=release.dataset, format=RdfFormat.N_QUADS))
    assert len(quads) == release.manifest.triples
