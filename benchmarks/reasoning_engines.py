"""The engines that the benchmark compares: each reads a file, reasons, and gives its triples."""

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

__all__ = ["ENGINES", "Triple", "triples_of"]

Triple = tuple[Any, Any, Any]


class Ours:
    """Our own."""

    package = "jsbio-kg"

    def read(self, path: Path) -> None:
        """Load the columns of numbers that the engine starts from."""
        from jsbio_kg.reasoning.facts import Facts

        gc.disable()  # as materialise does
        self.facts = Facts(triples_of(path))

    def reason(self) -> None:
        """Everything: the closure and the search for contradictions."""
        from jsbio_kg.reasoning.consistency import contradictions
        from jsbio_kg.reasoning.engine import saturate

        self.schema = saturate(self.facts)
        self.contradictions = list(contradictions(self.facts, self.schema))

    def triples(self) -> Iterable[Triple]:
        """Give what is published."""
        from jsbio_kg.reasoning.closure import Closure

        return Closure(self.facts, self.schema).inferred()


class Owlrl:
    """The reference: brute force over rdflib."""

    package = "owlrl"

    def read(self, path: Path) -> None:
        """Parse into an rdflib graph."""
        import rdflib

        self.graph = rdflib.Graph().parse(path, format="nt")

    def reason(self) -> None:
        """Close the graph, without axiomatic triples."""
        from owlrl import DeductiveClosure, OWLRL_Semantics

        DeductiveClosure(OWLRL_Semantics).expand(self.graph)

    def triples(self) -> Iterable[Triple]:
        """Give the closed graph."""
        return _from_rdflib(self.graph)


class OwlrlTurbo(Owlrl):
    """The same rules, compiled."""

    package = "owlrl-turbo"

    def reason(self) -> None:
        """Close the graph."""
        from owlrl_turbo import expand

        self.graph = expand(self.graph)


class Reasonable:
    """Rust, over a Datalog engine."""

    package = "reasonable"

    def read(self, path: Path) -> None:
        """Read the file."""
        from reasonable import PyReasoner

        self.reasoner = PyReasoner()
        self.reasoner.load_file(str(path.with_suffix(".ttl")))

    def reason(self) -> None:
        """Close the graph."""
        self.found = self.reasoner.reason()

    def triples(self) -> Iterable[Triple]:
        """Give the closed graph."""
        return _from_rdflib(self.found)


class Sparq:
    """Rust, over a dictionary-encoded store."""

    package = "sparq-rdf"

    def read(self, path: Path) -> None:
        """Load the file."""
        from sparq import Graph

        self.graph = Graph.load(str(path), format="ntriples")

    def reason(self) -> None:
        """Close the graph, then look for contradictions."""
        self.graph.reason("owl")
        self.contradictions = self.graph.inconsistencies()

    def triples(self) -> Iterable[Triple]:
        """Give the closed graph."""
        for triple in self.graph.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
            yield tuple(_from_sparq(term) for term in triple)


class Oxilite:
    """Rules in SQL, over SQLite."""

    package = "oxilite"

    def read(self, path: Path) -> None:
        """Load the file."""
        import oxilite

        self.store = oxilite.Store()
        self.store.bulk_load(path=str(path), format=oxilite.RdfFormat.N_TRIPLES)

    def reason(self) -> None:
        """Close the graph."""
        self.store.materialize()

    def triples(self) -> Iterable[Triple]:
        """Give the closed graph."""
        for row in self.store.query("SELECT ?s ?p ?o { ?s ?p ?o }", include_inferred=True):
            yield tuple(_from_text(str(row[name])) for name in "spo")


ENGINES = {
    "ours": Ours,
    "sparq": Sparq,
    "oxilite": Oxilite,
    "reasonable": Reasonable,
    "owlrl-turbo": OwlrlTurbo,
    "owlrl": Owlrl,
}


def triples_of(path: Path) -> Iterator[Triple]:
    """Give the triples of a file."""
    for quad in parse(path=path, format=RdfFormat.N_TRIPLES):
        yield quad.subject, quad.predicate, quad.object


def _from_rdflib(triples: Iterable[Triple]) -> Iterator[Triple]:
    from reasoning_oracle import _from_rdflib as convert

    return (tuple(map(convert, triple)) for triple in triples)


def _from_sparq(term: Any) -> Any:
    if term.kind == "uri":
        return NamedNode(term.value)
    if term.kind != "literal":
        return BlankNode("b")
    if term.language:
        return Literal(term.value, language=term.language)
    return Literal(term.value, datatype=NamedNode(str(term.datatype)))


def _from_text(text: str) -> Any:
    if text[0] == "_":
        return BlankNode("b")
    line = f"<urn:s> <urn:p> {text} .".encode()
    return next(iter(parse(line, RdfFormat.N_TRIPLES))).object
