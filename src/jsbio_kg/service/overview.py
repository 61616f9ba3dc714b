"""What the overview shows: the development pattern, counts, sectors, sources.

In: nothing but the graph. Out: an :class:`Overview`, counted anew from the graph each time it is
asked for, so that no number on the page can be out of date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .names import Names, read_names
from .table import Term
from .thing import read_point

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Component", "Overview", "Sector", "SourceDocument", "Spot", "read_overview"]

#: How many documents are shown; a saved query lists them all.
MOST_DOCUMENTS = 12

_PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_COMPONENTS = (
    _PREFIXES
    + """SELECT DISTINCT ?pattern ?component ?filler ?city ?number WHERE {
  ?pattern a jsbio:DevelopmentPattern .
  ?component jsbio:isComponentOf ?pattern ; jsbio:filledBy ?filler .
  OPTIONAL { ?component jsbio:statedIn ?passage . GRAPH ?e {
    ?passage oa:hasSelector ?selector . ?selector oa:start ?number
    FILTER NOT EXISTS { ?selector oa:refinedBy ?quote } } }
  OPTIONAL { ?filler jsbio:locatedIn|(jsbio:hasMember/jsbio:locatedIn) ?city . ?city a jsbio:City }
} ORDER BY ?number ?component ?filler ?city"""
)
_CITIES = (
    _PREFIXES
    + """SELECT ?city ?wkt WHERE { ?city a jsbio:City ; geo:hasGeometry/geo:asWKT ?wkt }
ORDER BY ?city ?wkt"""
)
_COUNTS = (
    _PREFIXES
    + """SELECT ?what (COUNT(DISTINCT ?counted) AS ?count) WHERE {
  { ?counted a jsbio:Park BIND("parks" AS ?what) }
  UNION { ?counted a jsbio:Sector BIND("sectors" AS ?what) }
  UNION { ?counted a jsbio:Organisation BIND("organisations" AS ?what) }
  UNION { ?counted a jsbio:PlanProvision BIND("provisions" AS ?what) }
  UNION { GRAPH ?e { ?counted a jsbio:Passage } BIND("passages" AS ?what) }
  UNION { GRAPH ?e { ?counted a rdf:Statement ; jsbio:citesPassage ?passage }
    BIND("records" AS ?what) }
  UNION { GRAPH ?e { ?counted a jsbio:Document } BIND("documents" AS ?what) }
  UNION { GRAPH ?e { ?counted a jsbio:ReferenceSource } BIND("references" AS ?what) }
} GROUP BY ?what"""
)
_SECTORS = (
    _PREFIXES
    + """SELECT ?sector ?above (COUNT(DISTINCT ?statement) AS ?count) WHERE {
  ?sector a jsbio:Sector ; skos:broader ?above .
  OPTIONAL { ?statement ?any ?sector . ?statement a jsbio:Articulation }
} GROUP BY ?sector ?above ORDER BY DESC(?count) ?sector"""
)
_DOCUMENTS = (
    _PREFIXES
    + """SELECT ?document ?number ?hash (COUNT(DISTINCT ?passage) AS ?passages) WHERE {
  GRAPH ?sources { ?document a jsbio:Document ; dcterms:identifier ?number ; jsbio:sha256 ?hash }
  OPTIONAL { GRAPH ?evidence { ?passage a jsbio:Passage ; oa:hasSource ?document } }
} GROUP BY ?document ?number ?hash ORDER BY ?number"""
)
_DESCRIPTIONS = """PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?thing ?text WHERE {{ VALUES ?thing {{ {things} }}
  GRAPH ?graph {{ ?thing dcterms:description ?text }} }}"""


@dataclass(frozen=True)
class Component:
    """One role of the development pattern: who fills it, in which cities."""

    iri: str
    filler: str
    cities: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """A city with its point."""

    city: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Sector:
    """A sector with how many articulations concern it, and the sectors within it."""

    iri: str
    count: int
    within: tuple["Sector", ...] = ()


@dataclass(frozen=True)
class SourceDocument:
    """A document that the graph was made from."""

    iri: str
    number: str
    sha256: str
    passages: int


@dataclass(frozen=True)
class Overview:
    """Everything the overview shows."""

    pattern: str
    components: tuple[Component, ...]
    spots: tuple[Spot, ...]
    counts: Mapping[str, int]
    sectors: tuple[Sector, ...]
    documents: tuple[SourceDocument, ...]
    names: Names
    descriptions: Mapping[str, Mapping[str, str]]


def read_overview(service: "Service") -> Overview:
    """Return what the overview shows."""
    rows = service.table(_COMPONENTS).dicts()
    components = _components(rows)
    spots = tuple(
        Spot(row["city"].value, *read_point(row["wkt"].value))
        for row in service.table(_CITIES).dicts()
    )
    sectors = _sectors(service.table(_SECTORS).dicts())
    documents = tuple(
        SourceDocument(
            row["document"].value,
            row["number"].value,
            row["hash"].value,
            int(row["passages"].value),
        )
        for row in service.table(_DOCUMENTS, MOST_DOCUMENTS).dicts()
        if "document" in row
    )
    pattern = rows[0]["pattern"].value if rows else ""
    described = [*(each.iri for each in documents), *([pattern] if pattern else [])]
    mentioned = {
        *described,
        *(iri for each in components for iri in (each.iri, each.filler, *each.cities)),
        *(spot.city for spot in spots),
        *(inner.iri for each in sectors for inner in (each, *each.within)),
    }
    return Overview(
        pattern=pattern,
        components=components,
        spots=spots,
        counts={
            row["what"].value: int(row["count"].value)
            for row in service.table(_COUNTS).dicts()
            if "what" in row
        },
        sectors=sectors,
        documents=documents,
        names=read_names(service, sorted(mentioned)),
        descriptions=_describe(service, described),
    )


def _components(rows: list[dict[str, Term]]) -> tuple[Component, ...]:
    found: dict[str, Component] = {}
    for row in rows:
        iri, filler = row["component"].value, row["filler"].value
        known = found.get(iri, Component(iri, filler, ()))
        city = (row["city"].value,) if "city" in row else ()
        cities = tuple(dict.fromkeys((*known.cities, *city)))
        found[iri] = Component(iri, known.filler, cities)
    return tuple(found.values())


def _sectors(rows: list[dict[str, Term]]) -> tuple[Sector, ...]:
    """Return the sectors right below the whole industry, each with those within it."""
    above = {row["sector"].value: row["above"].value for row in rows if "sector" in row}
    counts = {row["sector"].value: int(row["count"].value) for row in rows if "sector" in row}
    roots = {iri for iri in above.values() if iri not in above}
    return tuple(
        Sector(
            iri,
            counts[iri],
            tuple(Sector(each, counts[each]) for each, held in above.items() if held == iri),
        )
        for iri, held in above.items()
        if held in roots
    )


def _describe(service: "Service", iris: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    if iris:
        things = " ".join(f"<{iri}>" for iri in iris)
        for row in service.table(_DESCRIPTIONS.format(things=things)).dicts():
            language = row["text"].language.split("-")[0]
            found.setdefault(row["thing"].value, {})[language] = row["text"].value
    return found
