"""What every engine should answer to the saved queries, and where one is known not to."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from terms import graph_of, rows_of

from jsbio_kg.queries import load_queries
from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent.parent
QUERIES = load_queries(ROOT / "queries")
NAMES = sorted(QUERIES)
#: What DESCRIBE gives is each engine's own choice (SPARQL 1.1, 16.4).
DESCRIBES = {name for name in NAMES if QUERIES[name].kind == "DESCRIBE"}
TRIPLES = {name for name in NAMES if QUERIES[name].kind in ("CONSTRUCT", "DESCRIBE")}

#: Where an engine is known to answer otherwise, and why. Asserted: a change is noticed.
_GEOMETRY = "stores geo:wktLiteral as a datatype of its own, with coordinates as doubles"
KNOWN: dict[tuple[str, str], str] = {
    ("virtuoso", "cities"): _GEOMETRY,
    ("virtuoso", "single-source-values"): _GEOMETRY,
}


class Reference:
    """The answers of the embedded engine on the release."""

    def __init__(self, release: Release) -> None:
        self.store = ox.Store()
        self.store.bulk_load(path=str(release.dataset), format=ox.RdfFormat.N_QUADS)
        self.default = [ox.NamedNode(iri) for iri in release.default_graphs]

    @cache  # noqa: B019
    def answer(self, name: str) -> Counter[Any]:
        result = self.store.query(QUERIES[name].text, default_graph=self.default)
        if name in TRIPLES:
            return graph_of(result)
        return rows_of(json.loads(result.serialize(format=ox.QueryResultsFormat.JSON)))


def check(engine: str, name: str, reference: Reference, found: Counter[Any]) -> None:
    expected = reference.answer(name)
    if name in DESCRIBES:
        assert expected & found, "it describes nothing of what the reference does"
        return
    if (engine, name) in KNOWN:
        assert found != expected, f"{engine} answers {name} alike now: take it off KNOWN"
        return
    missing, more = list((expected - found).items()), list((found - expected).items())
    assert found == expected, f"missing {missing[:3]}, more {more[:3]}"
