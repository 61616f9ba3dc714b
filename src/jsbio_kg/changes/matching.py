"""Which blank node of one version is which of the other.

In: the quads of two versions. Out: the quads of the new one, its blank nodes named as those of the
old one that stand in the same place. Any injective naming leaves the new version what it is, so a
match that is missed makes the changes longer, never wrong.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, Quad

__all__ = ["blank_nodes", "renamed"]

#: The least part of its surroundings by which a blank node is told from others.
NARROW: Final = 1


def blank_nodes(quads: Iterable[Quad]) -> list[str]:
    """Return the names of the blank nodes of some quads, each once."""
    terms = (term for quad in quads for term in (quad.subject, quad.object, quad.graph_name))
    return sorted({term.value for term in terms if isinstance(term, BlankNode)})


def renamed(new: Sequence[Quad], old: Sequence[Quad]) -> list[Quad]:
    """Return the new quads with the names of the old blank nodes where they match."""
    olds, news = blank_nodes(old), blank_nodes(new)
    names: dict[str, str] = {}
    for rounds in (max(len(olds), len(news)), NARROW):
        _match(names, _colours(new, rounds), _colours(old, rounds))
    taken = set(olds)
    number = 0
    for node in news:
        if node not in names:
            while f"n{number}" in taken:
                number += 1
            names[node] = f"n{number}"
            taken.add(f"n{number}")
    return [_named(quad, names) for quad in new]


def _match(names: dict[str, str], new: Mapping[str, str], old: Mapping[str, str]) -> None:
    """Pair the nodes of one colour that have no partner yet."""
    free: dict[str, list[str]] = defaultdict(list)
    taken = set(names.values())
    for node, colour in sorted(old.items(), reverse=True):
        if node not in taken:
            free[colour].append(node)
    for node, colour in sorted(new.items()):
        if node not in names and free[colour]:
            names[node] = free[colour].pop()


def _colours(quads: Iterable[Quad], rounds: int) -> dict[str, str]:
    """Return for each blank node a hash of what surrounds it, some steps far."""
    around: dict[str, list[tuple[str, Quad]]] = defaultdict(list)
    for quad in quads:
        for place in ("subject", "object", "graph_name"):
            term = getattr(quad, place)
            if isinstance(term, BlankNode):
                around[term.value].append((place, quad))
    colours = dict.fromkeys(around, "")
    for _ in range(min(rounds, 32)):
        colours = {
            node: _hash(sorted(place + _seen(quad, node, colours) for place, quad in quads_at))
            for node, quads_at in around.items()
        }
    return colours


def _seen(quad: Quad, node: str, colours: Mapping[str, str]) -> str:
    """Return a quad as a node sees it: itself, other nodes by colour."""
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return " ".join(
        ("_:self" if term.value == node else f"_:{colours[term.value]}")
        if isinstance(term, BlankNode)
        else str(term)
        for term in terms
    )


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]


def _named(quad: Quad, names: Mapping[str, str]) -> Quad:
    subject, value, graph = quad.subject, quad.object, quad.graph_name
    if isinstance(subject, BlankNode):
        subject = BlankNode(names[subject.value])
    if isinstance(value, BlankNode):
        value = BlankNode(names[value.value])
    if isinstance(graph, BlankNode):
        graph = BlankNode(names[graph.value])
    return Quad(subject, quad.predicate, value, graph)
