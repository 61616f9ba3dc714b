"""What a thing is within: the places, kinds or wholes above it.

In: an IRI. Out: those above it, the widest first. Asked for are edges, which every engine gives
alike; how far each stands above is worked out here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .service import Service

__all__ = ["read_trail"]

_TRAIL = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?below ?above WHERE {{
  {iri} {path}* ?below . ?below {path} ?above . FILTER(ISIRI(?above) && ?above != ?below)
}} ORDER BY ?below ?above"""
_PATHS = ("jsbio:locatedIn", "skos:broader", "rdfs:subClassOf", "jsbio:isComponentOf")


def read_trail(service: "Service", term: str) -> tuple[str, ...]:
    """Return what the thing is within, the widest first; of two of one width, the first."""
    for path in _PATHS:
        above: dict[str, set[str]] = {}
        for row in service.table(_TRAIL.format(iri=term, path=path)).dicts():
            above.setdefault(row["below"].value, set()).add(row["above"].value)
        depths = {each: len(_reached(above, each)) for each in _reached(above, term[1:-1])}
        depths.pop(term[1:-1], None)
        by_depth: dict[int, str] = {}
        for each in sorted(depths):
            by_depth.setdefault(depths[each], each)
        if by_depth:
            return tuple(by_depth[depth] for depth in sorted(by_depth))
    return ()


def _reached(edges: Mapping[str, set[str]], start: str) -> set[str]:
    """Return what the edges lead to from a node, in one step or more."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = edges.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
