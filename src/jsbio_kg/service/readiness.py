"""Whether a store that is elsewhere holds the release that is served.

In: what asks it, and the graphs that the release states. Out: nothing, or the error that says which
graph is another.
"""

from collections.abc import Callable, Sequence

from ..errors import StoreError
from ..i18n import message
from ..release import ReleaseGraph
from .table import Table

__all__ = ["check_default", "check_graphs"]

#: Larger graphs of a store are not counted each time somebody asks whether it is ready.
_MOST_COUNTED = 10_000

_COUNTS = """SELECT ?g (COUNT(*) AS ?n) WHERE {{
  VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }}
}} GROUP BY ?g ORDER BY ?g"""
_IN_DEFAULT = """SELECT ?g (COUNT(*) AS ?n) WHERE {{
  VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} FILTER EXISTS {{ ?s ?p ?o }}
}} GROUP BY ?g ORDER BY ?g"""

#: Answers a SELECT, with so many rows at most.
_Ask = Callable[[str, int], Table]


def check_graphs(ask: _Ask, graphs: Sequence[ReleaseGraph]) -> None:
    """Count every graph that is small enough.

    :raises StoreError: when one of them is another.
    """
    counted = _small(graphs)
    found = _count(ask, _COUNTS, counted)
    for graph in counted:
        if found.get(graph.iri, 0) != graph.triples:
            raise StoreError(
                message(
                    "The store holds another dataset: %(found)d triples in %(graph)s,"
                    " %(stated)d in the release.",
                    found=found.get(graph.iri, 0),
                    graph=graph.iri,
                    stated=graph.triples,
                ),
                fix=message('Load the release into it with "jsbio-kg load".'),
            )


def check_default(ask: _Ask, graphs: Sequence[ReleaseGraph]) -> None:
    """Look whether a store's own default graph holds a graph that it should, and no other graph.

    The smallest of both kinds tell. Blank nodes, which the ontology has, are others in each graph.

    :raises StoreError: when it does not.
    """
    told = [graph for graph in _small(graphs) if graph.role != "OntologyGraph"]
    kinds = ([g for g in told if g.default], [g for g in told if not g.default])
    chosen = [min(kind, key=lambda graph: graph.triples) for kind in kinds if kind]
    found = _count(ask, _IN_DEFAULT, chosen)
    for graph in chosen:
        seen = found.get(graph.iri, 0)
        if graph.default != (seen == graph.triples):
            raise StoreError(
                message(
                    "The default graph of the store is another: it has %(found)d of the"
                    " %(stated)d triples of %(graph)s.",
                    found=seen,
                    stated=graph.triples,
                    graph=graph.iri,
                ),
                fix=message(
                    "Load the default graph of the release into it, or leave out"
                    " --store-graphs own."
                ),
            )


def _small(graphs: Sequence[ReleaseGraph]) -> list[ReleaseGraph]:
    return [graph for graph in graphs if 0 < graph.triples <= _MOST_COUNTED]


def _count(ask: _Ask, query: str, graphs: Sequence[ReleaseGraph]) -> dict[str, int]:
    if not graphs:
        return {}
    named = " ".join(f"<{graph.iri}>" for graph in graphs)
    rows = ask(query.format(graphs=named), len(graphs)).dicts()
    return {row["g"].value: int(row["n"].value) for row in rows if "g" in row}
