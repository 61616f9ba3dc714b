"""Dumps: every form holds the same dataset, and the same dataset gives the same bytes."""

import csv
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from jsbio_kg.build.building import build
from jsbio_kg.build.moving import moved
from jsbio_kg.dumps import FORMATS, Content, export, format_of, tables
from jsbio_kg.dumps import framed as framing
from jsbio_kg.dumps.reified import reified, restored
from jsbio_kg.dumps.turtle import Names
from jsbio_kg.errors import ReleaseError
from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def content(release: Release) -> Content:
    return Content.of(release.dataset, release.manifest)


def canonical(quads: Iterable[ox.Quad]) -> str:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("".join(sorted(f"{q} .\n" for q in dataset)).encode()).hexdigest()


def written(content: Content, name: str, folder: Path) -> Path:
    form = format_of(name)
    path = folder / f"dump{form.suffix}"
    export(content, form, path)
    return path


SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
READABLE = [form for form in FORMATS.values() if form.syntax]


@pytest.mark.parametrize("form", READABLE, ids=lambda form: form.name)
def test_every_rdf_form_reads_back_as_the_same_graph(
    form, content: Content, release: Release, tmp_path: Path
) -> None:
    path = written(content, form.name, tmp_path)
    quads = restored(ox.parse(path=str(path), format=SYNTAXES[form.syntax]))
    union = canonical(ox.Quad(t.subject, t.predicate, t.object) for t in content.union())
    assert canonical(quads) == (release.version if form.holds == "dataset" else union)


@pytest.mark.parametrize("name", FORMATS)
def test_a_form_gives_the_same_bytes_twice(name: str, content: Content, tmp_path: Path) -> None:
    form = format_of(name)
    for turn in ("first", "second"):
        export(content, form, tmp_path / turn)
    assert bytes_of(tmp_path / "first") == bytes_of(tmp_path / "second")


def bytes_of(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


def test_one_turtle_file_a_graph_holds_the_dataset(
    content: Content, release: Release, tmp_path: Path
) -> None:
    written(content, "turtle-graphs", tmp_path)
    quads = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph.iri))
        for graph in release.graphs
        for q in ox.parse(
            path=str(tmp_path / "dump" / f"{graph.iri.rpartition('/')[2]}.ttl"),
            format=ox.RdfFormat.TURTLE,
        )
    ]
    assert canonical(quads) == release.version


def test_trig_is_written_without_the_keyword_graph(content: Content, tmp_path: Path) -> None:
    text = written(content, "trig", tmp_path).read_text()
    assert not [line for line in text.splitlines() if line.startswith("GRAPH ")]
    assert "\ngraph:jiangsu-introduction {\n" in text


def test_the_rdf12_form_holds_each_record_once_as_a_triple_term(
    content: Content, tmp_path: Path
) -> None:
    text = written(content, "rdf12", tmp_path).read_text()
    records = (
        written(content, "nquads", tmp_path)
        .read_text()
        .count("#type> <http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement> <")
    )
    assert text.count("#reifies> <<( ") == records > 1000


def test_a_statement_that_reifies_no_triple_stays_as_it_is() -> None:
    line = "<http://a.example/r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    line += "<http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement> <http://a.example/g> .\n"
    quads = list(ox.parse(line, ox.RdfFormat.N_QUADS))
    assert list(reified(quads)) == quads


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compression_follows_the_suffix_and_has_no_time(
    suffix: str, content: Content, tmp_path: Path
) -> None:
    form = format_of("nquads")
    path = tmp_path / f"dump.nq{suffix}"
    export(content, form, path)
    unpack: Callable[[bytes], bytes] = (
        gzip.decompress
        if suffix == ".gz"
        else lambda packed: zstandard.ZstdDecompressor().decompressobj().decompress(packed)
    )
    packed = path.read_bytes()
    assert unpack(packed) == content.path.read_bytes()
    assert suffix != ".gz" or packed[3:8] == bytes(5)  # no name, no time (RFC 1952, 2.3)


def test_some_graphs_are_taken_by_name_by_iri_and_by_default(content: Content) -> None:
    one = content.narrowed(["ontology"])
    assert one.graphs == content.narrowed([one.graphs[0].iri]).graphs
    assert len(list(one.quads())) == one.size == one.graphs[0].triples
    default = content.narrowed(["default"])
    assert {g.iri for g in default.graphs} == set(content.manifest.default_graphs)


def test_another_base_gives_what_a_build_under_it_gives(release: Release, tmp_path: Path) -> None:
    base = "https://example.org/kg/"
    built = build(ROOT, tmp_path / "release", lambda *_: None, base)
    assert built.release is not None
    content = moved(release, base, tmp_path)
    assert content.path.read_bytes() == built.release.dataset.read_bytes()
    assert content.manifest.graphs == built.release.manifest.graphs
    with pytest.raises(ReleaseError, match="stands under"):
        moved(built.release, "https://example.org/other/", tmp_path)


def test_the_framed_form_speaks_plain_names(content: Content, tmp_path: Path) -> None:
    document = json.loads(written(content, "jsonld-framed", tmp_path).read_text())
    assert document["@context"] == json.loads(framing.context(content))["@context"]
    nodes = {node["id"]: node for node in document["@graph"]}
    park = nodes["https://w3id.org/jsbio/id/park/biobay"]
    assert "Park" in park["type"] and park["label"]["en"] and park["label"]["zh"]
    passage = nodes["https://w3id.org/jsbio/id/passage/D1.67"]
    assert any("refinedBy" in selector for selector in passage["hasSelector"])


def test_framing_says_its_limit(
    content: Content, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(framing, "LIMIT", 10)
    with pytest.raises(ReleaseError, match="stops at 10 triples"):
        written(content, "jsonld-framed", tmp_path)
    assert not list(tmp_path.iterdir())


def facts(content: Content, tmp_path: Path) -> list[dict[str, str]]:
    path = written(content, "facts-csv", tmp_path)
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_table_has_one_row_a_fact(content: Content, tmp_path: Path) -> None:
    found = facts(content, tmp_path)
    stated = sum(
        1
        for graph in content.of_role("FactGraph", "ReferenceGraph", "MappingGraph")
        for triple in content.triples(graph.iri)
        if not triple.predicate.value.endswith("#statedIn")
    )
    assert len(found) == stated
    assert all(row["evidence"] for row in found)
    assert all(row["phrase"] and row["section"] for row in found if row["document"])


def test_a_row_says_the_value_its_qualifiers_and_where_it_stands(
    content: Content, tmp_path: Path
) -> None:
    rows = facts(content, tmp_path)
    row = next(r for r in rows if r["fact_number"] == "D1.67" and "exactValue" in r["property"])
    assert row["value"] == "13"
    assert "Jiangsu" in row["qualifiers_en"] and "江苏" in row["qualifiers_zh"]
    assert row["phrase"].startswith("13 parks")


def test_workbook_and_parquet_hold_the_same_rows(content: Content, tmp_path: Path) -> None:
    from pyarrow import parquet

    rows = facts(content, tmp_path)
    sheet = openpyxl.load_workbook(written(content, "facts-xlsx", tmp_path)).active
    read = [["" if cell is None else cell for cell in row] for row in sheet.values]
    assert [dict(zip(read[0], row, strict=True)) for row in read[1:]] == rows
    table = parquet.read_table(written(content, "facts-parquet", tmp_path))
    assert table.to_pylist() == rows
    assert parquet.read_table(written(content, "parquet", tmp_path)).num_rows == content.size


def test_xlsx_says_its_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tables, "XLSX_ROWS", 1)
    with (tmp_path / "x").open("wb") as out, pytest.raises(ReleaseError, match="holds 1 rows"):
        tables.write_xlsx(["a"], [["1"], ["2"]], "facts", out)


def test_property_graphs_have_unique_edges_that_join_nodes(
    content: Content, tmp_path: Path
) -> None:
    folder = written(content, "neo4j", tmp_path)
    with (folder / "nodes.csv").open(newline="") as stream:
        nodes = {row["iri:ID"]: row for row in csv.DictReader(stream)}
    with (folder / "edges.csv").open(newline="") as stream:
        edges = list(csv.DictReader(stream))
    assert len({edge["id:string"] for edge in edges}) == len(edges)
    assert {e[":START_ID"] for e in edges} | {e[":END_ID"] for e in edges} <= nodes.keys()
    park = nodes["https://w3id.org/jsbio/id/park/biobay"]
    assert "Park" in park[":LABEL"].split("|")
    assert park["label_en:string"] and park["label_zh:string"]
    assert any(edge["evidence:string[]"] for edge in edges)


LOCALS = st.text(alphabet="aZ0_.-~:/#é中 ", max_size=6)


@given(LOCALS)
@settings(max_examples=300, deadline=None)
def test_names_are_shortened_only_where_turtle_lets_them(local: str) -> None:
    iri = "http://a.example/ns#" + local.replace("#", "%23").replace(" ", "%20")
    names = Names({"ns": "http://a.example/ns#", "a": "http://a.example/"})
    text = f"{names.heading()} {names.iri(iri)} a {names.iri(iri)} ."
    (quad,) = ox.parse(text, ox.RdfFormat.TURTLE)
    assert quad.subject == ox.NamedNode(iri)
