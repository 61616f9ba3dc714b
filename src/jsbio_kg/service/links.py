"""What links to a thing: counted by property, and read page by page.

In: an IRI. Out: :class:`Links`, one for each property. The bookkeeping of evidence (which record
speaks of the thing) is left out: its place is beside the facts.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..queries import serialize_iri
from ..vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from .service import Service

__all__ = ["ON_FIRST_PAGE", "ON_PAGE", "Links", "Source", "read_links"]

#: How many links of each property a thing shows at first, and on the pages of one property.
ON_FIRST_PAGE = 8
ON_PAGE = 50
#: How many pages there are at most: the engine counts its way to a page, so that a far one is slow.
MOST_PAGES = 200
#: So many links of one property are sorted: what somebody states first, passages last, by IRI. More
#: come in the order of the store, what somebody states first.
MOST_SORTED = 2000

#: The vocabularies of counts and of shapes, which speak of terms and not of the world.
_BOOKKEEPING = (PREFIXES["void"], PREFIXES["sh"])

_COUNTS = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?p (COUNT(DISTINCT ?s) AS ?count) WHERE {{
  {{ ?s ?p {iri} }} UNION {{ GRAPH ?g {{ ?s ?p {iri} }} }}
  FILTER(ISIRI(?s) && ?p NOT IN (rdf:subject, rdf:predicate, rdf:object))
}} GROUP BY ?p ORDER BY ?p"""
_LINKS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?p ?s ?inferred WHERE {{ {branches} }}"""
_SORTED = """{{ SELECT ?p ?s ?inferred WHERE {{
  {{ SELECT DISTINCT ?s WHERE {{
    {{ ?s {property} {iri} }} UNION {{ GRAPH ?g {{ ?s {property} {iri} }} }} FILTER(ISIRI(?s))
  }} }}
  BIND({property} AS ?p)
  BIND(EXISTS {{ GRAPH <{inferred}> {{ ?s {property} {iri} }} }} AS ?inferred)
}} ORDER BY ?inferred IF(CONTAINS(STR(?s), "/passage/"), STRLEN(STR(?s)), 0) ?s
  LIMIT {limit} OFFSET {offset} }}"""
#: The engine stops when it has as many as it needs.
_UNSORTED = """{{ SELECT ?p ?s ?inferred WHERE {{
  {{ SELECT DISTINCT ?s WHERE {{
    {{ GRAPH ?g {{ ?s {property} {iri} }} FILTER(?g != <{inferred}>) }}
    UNION {{ ?s {property} {iri} }} FILTER(ISIRI(?s))
  }} LIMIT {limit} OFFSET {offset} }}
  BIND({property} AS ?p)
  BIND(EXISTS {{ GRAPH <{inferred}> {{ ?s {property} {iri} }} }} AS ?inferred)
}} }}"""


@dataclass(frozen=True)
class Source:
    """A thing that links here."""

    iri: str
    is_inferred: bool


@dataclass(frozen=True)
class Links:
    """What links here by one property.

    :param page: the page shown, from 1; 0: the first few only.
    """

    predicate: str
    count: int
    sources: tuple[Source, ...]
    page: int = 0

    @property
    def is_inferred(self) -> bool:
        """Tell whether nobody states any of those shown."""
        return all(source.is_inferred for source in self.sources)

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return _pages(self.count)

    @property
    def is_cut(self) -> bool:
        """Tell whether there are more than the pages show."""
        return self.count > MOST_PAGES * ON_PAGE

    @property
    def is_whole(self) -> bool:
        """Tell whether all are shown."""
        return self.count == len(self.sources)


def read_links(service: "Service", term: str, chosen: str, page: int) -> tuple[Links, ...]:
    """Return the links to a thing by property.

    :param term: the thing, as SPARQL writes it.
    :param chosen: the property to show alone and in pages; empty for the first few of each.
    """
    counts = {
        row["p"].value: int(row["count"].value)
        for row in service.table(_COUNTS.format(iri=term)).dicts()
        if "p" in row
    }
    if chosen:
        counts = {chosen: counts[chosen]} if chosen in counts else {}
        page = max(1, min(page, _pages(counts.get(chosen, 0))))
    if not counts:
        return ()
    inferred = next(
        (graph.iri for graph in service.site.graphs if graph.role == "InferredGraph"),
        BASE + "graph/inferred",
    )
    branches = (
        (_SORTED if count <= MOST_SORTED else _UNSORTED).format(
            iri=term,
            property=serialize_iri(f"<{each}>", "iri"),
            inferred=inferred,
            limit=ON_PAGE if chosen else ON_FIRST_PAGE,
            offset=(page - 1) * ON_PAGE if chosen else 0,
        )
        for each, count in counts.items()
    )
    found: dict[str, list[Source]] = {}
    for row in service.table(_LINKS.format(branches=" UNION ".join(branches)), 20_000).dicts():
        source = Source(row["s"].value, row["inferred"].value in ("true", "1"))
        found.setdefault(row["p"].value, []).append(source)
    links = [
        Links(name, count, tuple(found.get(name, ())), page if chosen else 0)
        for name, count in counts.items()
    ]
    return tuple(sorted(links, key=_order))


def _pages(count: int) -> int:
    return min(-(-count // ON_PAGE), MOST_PAGES)


def _order(links: Links) -> tuple[bool, bool]:
    """Put what somebody states before what only follows, and what counts and checks after both."""
    return links.predicate.startswith(_BOOKKEEPING), links.is_inferred
