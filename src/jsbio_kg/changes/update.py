"""Changes as SPARQL Update.

SPARQL has no name for a blank node that is already there, so a graph whose blank nodes change is
written anew as a whole, together with every graph that shares a blank node with it.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Quad

from .changes import Changes
from .matching import blank_nodes

__all__ = ["data_block", "sparql_update"]


def sparql_update(changes: Changes) -> Iterator[str]:
    """Yield the operations, one request together."""
    yield f"# from {changes.old.sha256}\n# to {changes.new.sha256}\n"
    anew = _written_anew(changes)
    removed = [quad for quad in changes.removed if str(quad.graph_name) not in anew]
    added = [quad for quad in changes.added if str(quad.graph_name) not in anew]
    added += [quad for quad in changes.renamed if str(quad.graph_name) in anew]
    operations = [_clear(quads[0]) for quads in _by_graph(_samples(changes, anew)).values()]
    if removed:
        operations.append("DELETE DATA {\n" + data_block(removed) + "}")
    if added:
        operations.append("INSERT DATA {\n" + data_block(added) + "}")
    yield " ;\n".join(operations) + "\n" if operations else ""


def data_block(quads: Iterable[Quad]) -> str:
    """Return quads as the inside of INSERT DATA or DELETE DATA."""
    parts = []
    for graph, held in _by_graph(quads).items():
        lines = "".join(f"    {q.subject} {q.predicate} {q.object} .\n" for q in held)
        is_default = isinstance(held[0].graph_name, DefaultGraph)
        parts.append(lines if is_default else f"  GRAPH {graph} {{\n{lines}  }}\n")
    return "".join(parts)


def _written_anew(changes: Changes) -> set[str]:
    """Return the graphs that cannot be changed line by line."""
    anew = {
        str(quad.graph_name)
        for quad in (*changes.removed, *changes.added)
        if any(isinstance(term, BlankNode) for term in (quad.subject, quad.object))
    }
    holders: dict[str, set[str]] = {}
    for quad in (*changes.old.quads, *changes.renamed):
        for node in blank_nodes([quad]):
            holders.setdefault(node, set()).add(str(quad.graph_name))
    grows = True
    while grows:
        size = len(anew)
        for graphs in holders.values():
            if not anew.isdisjoint(graphs):
                anew |= graphs
        grows = len(anew) > size
    return anew


def _samples(changes: Changes, graphs: set[str]) -> list[Quad]:
    """Return the old quads of some graphs: those that have to be emptied."""
    return [quad for quad in changes.old.quads if str(quad.graph_name) in graphs]


def _clear(quad: Quad) -> str:
    if isinstance(quad.graph_name, DefaultGraph):
        return "CLEAR DEFAULT"
    return f"CLEAR SILENT GRAPH {quad.graph_name}"


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    held: dict[str, list[Quad]] = {}
    for quad in quads:
        held.setdefault(str(quad.graph_name), []).append(quad)
    return dict(sorted(held.items()))
