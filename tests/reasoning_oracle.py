"""The reference: owlrl, with its deviations from the specification corrected one by one.

owlrl 7.6 states the rules in plain Python over rdflib. Where it does not do what OWL 2 Profiles
says, its source is corrected here, line by line. Each correction names the table, and comes with a
graph on which the line makes a difference, so that a test tells when it is no longer needed.
"""

import inspect
import types
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from owlrl import OWLRL
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

CASES = Path(__file__).parent / "reasoning"
PREFIXES = """
PREFIX : <http://example.org/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@dataclass(frozen=True)
class Correction:
    """A line of owlrl that is not what the specification says."""

    rule: str
    why: str
    wrong: str
    right: str
    shows: str  # a graph on which the line makes a difference


CORRECTIONS = [
    Correction(
        "prp-key",
        "table 5: all properties of the key must agree, owlrl does not look at the last",
        "for i in range(0, len(pis) - 1):\n                                    if (y, pis[i]",
        "for i in range(0, len(pis)):\n                                    if (y, pis[i]",
        ":C owl:hasKey ( :p ) . :a a :C ; :p 1 . :b a :C ; :p 2 .",
    ),
    Correction(
        "eq-diff2",
        "table 4: for each 1 <= i < j <= n, owlrl leaves out j = n (also in eq-diff3)",
        "for j in range(i + 1, len(zis) - 1)",
        "for j in range(i + 1, len(zis))",
        "[] a owl:AllDifferent ; owl:members ( :a :b ) . :a owl:sameAs :b .",
    ),
    Correction(
        "eq-diff2",
        "table 4: two members may be one name, which is the same as itself (eq-ref)",
        ") and zi != zj:",
        "):",
        "[] a owl:AllDifferent ; owl:members ( :a :a :b ) .",
    ),
    Correction(
        "prp-adp",
        "table 5: for each 1 <= i < j <= n, owlrl leaves out j = n",
        "for j in range(i + 1, len(pis) - 1)",
        "for j in range(i + 1, len(pis))",
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q ) . :a :p :b ; :q :b .",
    ),
    Correction(
        "scm-op",
        "table 9: of object and datatype properties; owlrl adds rdf:Property",
        "or o == OWL.DatatypeProperty or o == RDF.Property\n",
        "or o == OWL.DatatypeProperty\n",
        ":p a rdf:Property . rdfs:subPropertyOf rdfs:subPropertyOf :below .",
    ),
    Correction(
        "scm-sco",
        "table 9: two classes below each other are below themselves, owlrl skips it",
        "if c1 != c3:",
        "if True:",
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A . rdfs:subClassOf rdfs:subPropertyOf :u .",
    ),
    Correction(
        "scm-spo",
        "table 9: two properties below each other are below themselves, owlrl skips it",
        "if p1 != p3:",
        "if True:",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p . "
        "rdfs:subPropertyOf rdfs:subPropertyOf :u .",
    ),
    Correction(
        "scm-eqc1",
        "table 9: a class equivalent to itself is below itself, owlrl skips it",
        "elif p == OWL.equivalentClass and s != o:",
        "elif p == OWL.equivalentClass:",
        ":A owl:equivalentClass :A . rdfs:subClassOf rdfs:subPropertyOf :u .",
    ),
    Correction(
        "scm-eqp1",
        "table 9: a property equivalent to itself is below itself, owlrl skips it",
        "elif p == OWL.equivalentProperty and s != o:",
        "elif p == OWL.equivalentProperty:",
        ":p owl:equivalentProperty :p . rdfs:subPropertyOf rdfs:subPropertyOf :u .",
    ),
    Correction(
        "scm-eqp2",
        "table 9: a property below itself is equivalent to itself, owlrl skips it",
        "elif p == RDFS.subPropertyOf and s != o:",
        "elif p == RDFS.subPropertyOf:",
        ":p rdfs:subPropertyOf :p . owl:equivalentProperty rdfs:subPropertyOf :u .",
    ),
]


@cache
def _corrected(corrections: tuple[Correction, ...]) -> type[OWLRL.OWLRL_Semantics]:
    source = inspect.getsource(OWLRL)
    for correction in corrections:
        assert source.count(correction.wrong) == 1, f"owlrl changed at {correction.rule}"
        source = source.replace(correction.wrong, correction.right)
    module = types.ModuleType("owlrl.corrected")
    module.__package__ = "owlrl"
    exec(compile(source, "owlrl.corrected", "exec"), module.__dict__)
    return module.OWLRL_Semantics


def reference(
    triples: Iterable[tuple], corrections: Iterable[Correction] = CORRECTIONS
) -> tuple[set[tuple], list[str]]:
    """Return all that owlrl says of a graph, and its contradictions.

    Neither datatype rules nor axiomatic triples: those are what the engine leaves out too.
    """
    graph = rdflib.Graph()
    for triple in triples:
        graph.add(tuple(map(_to_rdflib, triple)))
    semantics = _corrected(tuple(corrections))(graph, axioms=False, daxioms=False)
    semantics.one_time_rules = lambda: None
    semantics.post_process = lambda: None  # it would drop what blank nodes as predicates give
    semantics.closure()
    return {tuple(map(_from_rdflib, triple)) for triple in graph}, semantics.error_messages


def _to_rdflib(term):
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _from_rdflib(term):
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype else None)


def _vocabulary(name: str) -> str:
    return str({"rdf": rdflib.RDF, "rdfs": rdflib.RDFS, "owl": rdflib.OWL, "xsd": rdflib.XSD}[name])


_RESERVED = tuple(_vocabulary(name) for name in ("rdf", "rdfs", "owl", "xsd"))
_ABOUT_THINGS = {str(p) for p in (rdflib.RDF.type, rdflib.OWL.sameAs, rdflib.OWL.differentFrom)} | {
    str(p) for p in (rdflib.RDFS.label, rdflib.RDFS.comment, rdflib.RDFS.seeAlso)
}

_KINDS = {
    NamedNode(_RESERVED[0] + name)
    for name in "HTML JSON List PlainLiteral Property XMLLiteral langString".split()
}


def published(triples: Iterable[tuple], given: Iterable[tuple]) -> set[tuple]:
    """Return what is to be published of a closure: what is new, and about things."""
    given = set(given)
    return {
        (s, p, o)
        for s, p, o in triples
        if (s, p, o) not in given
        and isinstance(s, NamedNode)
        and not s.value.startswith(_RESERVED)
        and isinstance(p, NamedNode)
        and (not p.value.startswith(_RESERVED) or p.value in _ABOUT_THINGS)
        and not isinstance(o, BlankNode)
        and not (p.value == str(rdflib.OWL.sameAs) and s == o)
        and not (
            p.value == str(rdflib.RDF.type)
            and isinstance(o, NamedNode)
            and (o.value.startswith(_RESERVED[1:]) or o in _KINDS)
        )
    }


def turtle(text: str) -> list[tuple]:
    """Return the triples of Turtle without its prefixes."""
    return [
        (quad.subject, quad.predicate, quad.object)
        for quad in parse((PREFIXES + text).encode(), RdfFormat.TURTLE)
    ]


def cases() -> dict[str, tuple[list[tuple], set[tuple] | None]]:
    """Return the cases by rule: what is given, and what it gives (None: a contradiction)."""
    given: dict[str, list[tuple]] = {}
    gives: dict[str, set[tuple]] = {}
    for path in sorted(CASES.glob("*.trig")):
        for quad in parse(path=path, format=RdfFormat.TRIG):
            kind, _, rule = quad.graph_name.value.removeprefix("urn:").partition(":")
            triple = quad.subject, quad.predicate, quad.object
            if kind == "given":
                given.setdefault(rule, []).append(triple)
            else:
                gives.setdefault(rule, set()).add(triple)
    return {rule: (triples, gives.get(rule)) for rule, triples in given.items()}
