"""What keeps a build near-linear gives the same release as what is plain and slow."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from jsbio_kg.build.dataset import assemble, canonical_lines
from jsbio_kg.build.project import read_project
from jsbio_kg.build.rebase import Rebase
from jsbio_kg.build.writing import write_release
from jsbio_kg.dumps.canonical import canonical_lines as canonical_as_a_whole
from jsbio_kg.dumps.canonical import canonical_sha256, graph_hashes, of_triples
from jsbio_kg.dumps.content import Content
from jsbio_kg.release import PROOFS, Proofs, Release

#: Every kind of character that N-Triples may have to escape.
ODD = "".join(map(chr, (*range(1, 256), 0x2028, 0xFEFF, 0xFFFD, 0x1F9EC))) + " .\n_: <x> .\n"


@pytest.fixture
def bare(tiny: Path, tmp_path: Path) -> Release:
    """A release that is too large to carry its other forms, by its own measure."""
    project, findings = read_project(tiny)
    assert not findings
    folder = tmp_path / "bare"
    write_release(folder, project, assemble(project, Rebase()), Rebase(), (), carried=10)
    return Release.open(folder)


def test_canonicalising_what_has_blank_nodes_is_canonicalising_all(root: Path) -> None:
    graphs = assemble(read_project(root)[0], Rebase())
    quads = [Quad(t.subject, t.predicate, t.object, g.iri) for g in graphs for t in g.triples]
    assert any(isinstance(quad.subject, BlankNode) for quad in quads)
    plain = [line.encode() for line in canonical_as_a_whole(quads)]
    assert canonical_lines(graphs) == plain


def test_a_line_of_a_dump_is_written_as_the_canonical_form_has_it() -> None:
    subject, predicate = NamedNode("https://a.example/苏"), NamedNode("https://a.example/p")
    triple = Triple(subject, predicate, Literal(ODD))
    written = serialize([triple], format=RdfFormat.N_TRIPLES)
    assert written == f"{triple} .\n".encode()
    assert written.count(b"\n") == 1
    assert [quad.triple for quad in parse(written, RdfFormat.N_TRIPLES)] == [triple]


def test_one_reading_gives_the_hash_of_every_graph(bare: Release) -> None:
    content = Content.of(bare.dataset, bare.manifest)
    hashes = graph_hashes(content)
    assert set(hashes) == {graph.iri for graph in bare.graphs}
    for graph in bare.graphs:
        alone = canonical_sha256(of_triples(content.triples(graph.iri)))
        assert hashes[graph.iri] == alone, graph.iri


@pytest.mark.parametrize("carried, is_proved", [(10, False), (200, True)])
def test_a_large_release_carries_its_proofs_while_they_are_few(
    tiny: Path, tmp_path: Path, carried: int, is_proved: bool
) -> None:
    project, _ = read_project(tiny)
    graphs = assemble(project, Rebase())
    inferred = next(g for g in graphs if g.source.role == "InferredGraph").triples
    write_release(tmp_path / "large", project, graphs, Rebase(), (), carried=carried)
    release = Release.open(tmp_path / "large")
    assert release.manifest.triples > carried and 5 < len(inferred) <= 100
    steps = Proofs.read(release.root / PROOFS).last
    assert all((tuple(map(str, triple)) in steps) == is_proved for triple in inferred)


def test_a_large_release_is_its_own_dump(bare: Release) -> None:
    whole = [dump for dump in bare.manifest.dumps if dump.holds == "dataset"]
    assert [dump.file for dump in whole] == ["dataset.nq"]
    assert whole[0].canonical_sha256 == bare.version
    assert whole[0].triples == len(bare.dataset.read_bytes().splitlines())
