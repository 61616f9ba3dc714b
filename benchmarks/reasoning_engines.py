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


class Purrdf:
    """Rust, all rules of the tables; needs a newer Python than the others."""

    package = "purrdf"
    python = "3.13"

    def read(self, path: Path) -> None:
        """Read the text; it is parsed when it is closed."""
        self.text = path.read_text("utf-8")

    def reason(self) -> None:
        """Parse and close the graph; its limits are set out of the way."""
        from purrdf import entail

        limits = {"max_stored_facts": 1 << 40, "max_join_steps": 1 << 60}
        self.closed, _ = entail.materialize_nt(self.text, "owl-rl", "", [], [], **limits)

    def triples(self) -> Iterable[Triple]:
        """Give the closed graph."""
        for quad in parse(self.closed.encode(), RdfFormat.N_QUADS):
            yield quad.subject, quad.predicate, quad.object


class Updates:
    """One INSERT of SPARQL a rule, over and over until nothing is new, in Oxigraph."""

    package = "pyoxigraph"

    def read(self, path: Path) -> None:
        """Load the file."""
        from pyoxigraph import Store
        from reasoning_rules import sparql_updates

        self.store = Store()
        self.store.bulk_load(path=str(path), format=RdfFormat.N_TRIPLES)
        self.updates = sparql_updates(self._chains())

    def _chains(self) -> Iterator[int]:
        """Give the lengths of the property chains."""
        from jsbio_kg.vocabulary import expand

        chain, rest, nil = (
            NamedNode(expand(name)) for name in ("owl:propertyChainAxiom", "rdf:rest", "rdf:nil")
        )
        for quad in self.store.quads_for_pattern(None, chain, None):
            length, cell = 0, quad.object
            while cell != nil:
                length += 1
                cell = next(self.store.quads_for_pattern(cell, rest, None)).object
            yield length

    def reason(self) -> None:
        """Run the updates to their fixpoint."""
        before = -1
        while before != len(self.store):
            before = len(self.store)
            for update in self.updates:
                self.store.update(update)

    def triples(self) -> Iterable[Triple]:
        """Give the closed graph."""
        for quad in self.store:
            yield quad.subject, quad.predicate, quad.object


class Nemo:
    """Rust, a Datalog engine; the rules are given to it as a program."""

    package = "pyrumo"

    def read(self, path: Path) -> None:
        """Take the file: the engine reads it when it runs."""
        from pyrumo import Rumo
        from reasoning_rules import nemo_program

        self.engine = Rumo(rules=nemo_program("graph.nt"), data_file=str(path), resource="graph.nt")

    def reason(self) -> None:
        """Read and close the graph."""
        self.found = self.engine.run()

    def triples(self) -> Iterable[Triple]:
        """Give the closed graph; the engine keeps no datatype, so a whole number is xsd:integer."""
        for row in self.found.rows("triple"):
            yield tuple(map(_from_nemo, row))


ENGINES = {
    "ours": Ours,
    "sparq": Sparq,
    "purrdf": Purrdf,
    "updates": Updates,
    "nemo": Nemo,
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


def _from_nemo(value: Any) -> Any:
    if not isinstance(value, str):
        return Literal(value)
    if value.startswith("_:"):
        return BlankNode("b")
    if value.startswith('"'):
        text, _, language = value[1:].rpartition('"@')
        return Literal(text, language=language)
    return NamedNode(value) if "://" in value else Literal(value)


def _from_text(text: str) -> Any:
    if text[0] == "_":
        return BlankNode("b")
    line = f"<urn:s> <urn:p> {text} .".encode()
    return next(iter(parse(line, RdfFormat.N_TRIPLES))).object
