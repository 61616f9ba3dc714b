"""Turtle and TriG, written in a stream.

In: triples in the order of their lines. Out: one block a subject. TriG is written without the
keyword GRAPH, which widespread readers of the earlier grammar refuse. Prefixes come in
alphabetical order, all of them, since a stream does not know which it will need.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from .content import Content, Node, nodes_of

__all__ = ["Names", "trig", "turtle"]

#: Local names that every reader of Turtle takes without an escape.
LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


class Names:
    """Writes terms by prefix.

    >>> Names({"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}).iri(TYPE)
    'rdf:type'
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = dict(sorted(prefixes.items()))
        self._by_space = {space: name for name, space in self._prefixes.items()}
        self._known: dict[str, str] = {}

    def heading(self) -> str:
        """Return the declarations, in the form that Turtle 1.0 readers know too."""
        return "".join(f"@prefix {name}: <{space}> .\n" for name, space in self._prefixes.items())

    def iri(self, iri: str) -> str:
        """Return an IRI by prefix, or in angle brackets."""
        if iri not in self._known:
            self._known[iri] = self._compact(iri)
        return self._known[iri]

    def term(self, term: Node) -> str:
        """Return any term."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if isinstance(term, Literal) and not term.language and term.datatype.value != STRING:
            return f"{Literal(term.value)}^^{self.iri(term.datatype.value)}"
        return str(term)

    def _compact(self, iri: str) -> str:
        for cut in (iri.rfind("#"), iri.rfind("/"), iri.rfind("_")):
            name = self._by_space.get(iri[: cut + 1])
            if name is not None and LOCAL.match(iri[cut + 1 :]):
                return f"{name}:{iri[cut + 1 :]}"
        return str(NamedNode(iri))


def turtle(content: Content, graph: str = "") -> Iterator[str]:
    """Yield one graph, or the union of all that were taken, as Turtle."""
    names = Names(content.prefixes)
    yield names.heading()
    triples = content.triples(graph) if graph else content.union()
    for block in _blocks(triples, names, ""):
        yield f"\n{block}"


def trig(content: Content) -> Iterator[str]:
    """Yield the graphs as TriG."""
    names = Names(content.prefixes)
    yield names.heading()
    for graph in content.graphs:
        yield f"\n{names.iri(graph.iri)} {{\n"
        yield from _blocks(content.triples(graph.iri), names, "    ")
        yield "}\n"


def _blocks(triples: Iterable[Triple], names: Names, indent: str) -> Iterator[str]:
    terms = map(nodes_of, triples)
    for subject, group in groupby(terms, key=itemgetter(0)):
        lines = [f"{indent}{names.term(subject)}"]
        for predicate, rest in groupby(group, key=itemgetter(1)):
            verb = "a" if predicate.value == TYPE else names.term(predicate)
            values = " , ".join(names.term(value) for _, _, value in rest)
            lines.append(f"{indent}    {verb} {values} ;")
        lines.append(f"{indent}.")
        yield "".join(f"{line}\n" for line in lines)
