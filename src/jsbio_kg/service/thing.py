"""What a page about one thing shows: its facts with their grounds, and what links to it.

In: an IRI. Out: a :class:`Thing`. Everything is asked of the graph by SPARQL, in a handful of
queries whatever the thing is: a park, a term of the vocabulary, a passage, a graph.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import NotFound
from ..i18n import message
from ..queries import serialize_iri
from ..vocabulary import JSBIO, PREFIXES
from .grounds import (
    Ground,
    Passage,
    Record,
    number_grounds,
    read_passages,
    read_records,
    read_sentence,
)
from .links import Links, read_links
from .names import Names, read_names
from .table import Term
from .trail import read_trail

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Fact", "Point", "Thing", "Value", "read_thing", "unknown_thing"]

#: How many values of a thing are read.
MOST_VALUES = 5000
#: The kinds of graphs that say what a thing is called, not what holds of it.
NAMING = ("EntityGraph", "OntologyGraph", "DescriptionGraph", "CatalogueGraph")
TYPE = PREFIXES["rdf"] + "type"
LABEL = PREFIXES["rdfs"] + "label"
#: Shown at the head of the page, not among the facts.
DESCRIPTIONS = (PREFIXES["dcterms"] + "description", PREFIXES["skos"] + "definition")
_HEAD = (LABEL, PREFIXES["skos"] + "prefLabel", *DESCRIPTIONS)

_OUTGOING = """SELECT DISTINCT ?g ?p ?o WHERE {{
  {{ {iri} ?p ?o }} UNION {{ GRAPH ?g {{ {iri} ?p ?o }} }}
}} ORDER BY ?p ?o ?g"""
_USES = """SELECT (COUNT(*) AS ?count) WHERE {{ {{ SELECT DISTINCT ?s ?o WHERE {{
  {{ ?s {iri} ?o }} UNION {{ GRAPH ?g {{ ?s {iri} ?o }} }} }} }} }}"""
_POINTS = """PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
SELECT DISTINCT ?place ?wkt ?steps WHERE {{
  {{ {iri} geo:hasGeometry/geo:asWKT ?wkt . BIND({iri} AS ?place) BIND(0 AS ?steps) }}
  UNION {{ {iri} jsbio:locatedIn|jsbio:basedIn ?place . ?place geo:hasGeometry/geo:asWKT ?wkt ;
    a ?class . FILTER(?class IN (jsbio:City, jsbio:District, jsbio:Park)) BIND(1 AS ?steps) }}
  UNION {{ {iri} jsbio:filledBy|jsbio:hasMember|jsbio:rankedThing ?other .
    ?other jsbio:locatedIn|(jsbio:hasMember/jsbio:locatedIn) ?place . ?place a jsbio:City ;
    geo:hasGeometry/geo:asWKT ?wkt . BIND(2 AS ?steps) }}
}} ORDER BY ?steps ?place ?wkt"""


@dataclass(frozen=True)
class Value:
    """One value of a fact: who asserts it, and the numbers of its grounds.

    :param record: the evidence record of this very triple, where there is one.
    """

    term: Term
    graphs: tuple[str, ...] = ()
    grounds: tuple[int, ...] = ()
    is_inferred: bool = False
    record: str = ""


@dataclass(frozen=True)
class Fact:
    """A property of a thing with its values."""

    predicate: str
    values: tuple[Value, ...]

    @property
    def is_inferred(self) -> bool:
        """Tell whether no document, reference or editor says any of it."""
        return all(value.is_inferred for value in self.values)


@dataclass(frozen=True)
class Point:
    """A place on the map that a thing is, or is in."""

    place: str
    longitude: float
    latitude: float
    is_own: bool


@dataclass(frozen=True)
class Thing:
    """Everything a page about one thing shows.

    :param uses: of how many triples it is the property.
    """

    iri: str
    names: Names
    types: tuple[str, ...]
    descriptions: Mapping[str, str]
    facts: tuple[Fact, ...]
    links: tuple[Links, ...]
    grounds: tuple[Ground, ...]
    trail: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    passage: Passage | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    uses: int = 0

    @property
    def stated(self) -> tuple[Fact, ...]:
        """Return the facts that somebody states."""
        return tuple(fact for fact in self.facts if not fact.is_inferred)

    @property
    def inferred(self) -> tuple[Fact, ...]:
        """Return the facts that only follow from others."""
        return tuple(fact for fact in self.facts if fact.is_inferred)


def unknown_thing(iri: str) -> NotFound:
    """Say that the graph has nothing about an IRI."""
    return NotFound(
        message("The graph says nothing of %(iri)s.", iri=iri[:200]),
        fix=message("Check the address, or look for the name with a query."),
    )


def read_thing(service: "Service", iri: str, chosen: str = "", page: int = 1) -> Thing:
    """Return what a page about a thing shows.

    :param chosen: the property whose incoming links are wanted in full, page by page.
    :raises NotFound: when the graph says nothing of it.
    """
    term = serialize_iri(f"<{iri}>", "iri")
    rows = service.table(_OUTGOING.format(iri=term), MOST_VALUES).dicts()
    links = read_links(service, term, chosen, page)
    uses = _count_uses(service, term)
    if not rows and not links and not uses:
        raise unknown_thing(iri)
    roles = {graph.iri: graph.role for graph in service.site.graphs}
    records = read_records(service, term)
    grounds, numbers = number_grounds(service, records)
    facts = _group(rows, records, numbers, roles)
    trail = read_trail(service, term)
    points = _read_points(service, term, trail)
    mentioned = {
        iri,
        *trail,
        *(point.place for point in points),
        *(fact.predicate for fact in facts),
        *(v.term.value for fact in facts for v in fact.values if v.term.kind == "uri"),
        *(graph for fact in facts for value in fact.values for graph in value.graphs),
        *(each.predicate for each in links),
        *(source.iri for each in links for source in each.sources),
        *(
            ground.source or (ground.passage.document if ground.passage else "")
            for ground in grounds
        ),
        *(ground.verification for ground in grounds),
        *(reading.iri for ground in grounds for reading in ground.readings),
    }
    passages = read_passages(service, [iri]) if "/id/passage/" in iri else {}
    if "/id/sentence/" in iri:
        passages = read_sentence(service, iri)
    mentioned |= {passage.document for passage in passages.values()}
    types = next((fact.values for fact in facts if fact.predicate == TYPE), ())
    return Thing(
        iri=iri,
        names=read_names(service, sorted(mentioned - {""})),
        types=tuple(value.term.value for value in types if not value.is_inferred),
        descriptions=_descriptions(rows),
        facts=tuple(fact for fact in facts if fact.predicate not in _HEAD),
        links=links,
        grounds=grounds,
        trail=trail,
        points=points,
        passage=passages.get(iri),
        roles=roles,
        uses=uses,
    )


def _group(
    rows: Sequence[Mapping[str, Term]],
    records: Sequence[Record],
    numbers: Mapping[str, tuple[int, ...]],
    roles: Mapping[str, str],
) -> list[Fact]:
    """Return the triples by property and value, with who asserts each and on which grounds."""
    by_triple: dict[tuple[str, Term], list[int]] = {}
    named = {(record.predicate, record.value): record.iri for record in reversed(records)}
    for record in records:
        held = by_triple.setdefault((record.predicate, record.value), [])
        held += [n for n in numbers[record.iri] if n not in held]
    graphs: dict[str, dict[Term, list[str]]] = {}
    for row in rows:
        if row["o"].kind == "bnode":
            continue
        held_in = graphs.setdefault(row["p"].value, {}).setdefault(row["o"], [])
        if "g" in row:
            held_in.append(row["g"].value)
    facts = []
    for name in sorted(graphs, key=_property_order):
        values = [
            Value(
                term=term,
                graphs=tuple(held),
                grounds=tuple(sorted(by_triple.get((name, term), ()))),
                is_inferred=bool(held) and all(roles.get(g) == "InferredGraph" for g in held),
                record=named.get((name, term), ""),
            )
            for term, held in graphs[name].items()
        ]
        values.sort(key=lambda value: (value.is_inferred, value.grounds or (1 << 30,)))
        facts.append(Fact(name, tuple(values)))
    return facts


def _property_order(iri: str) -> tuple[int, str]:
    first = (TYPE, PREFIXES["skos"] + "altLabel", PREFIXES["dcterms"] + "title")
    if iri in first:
        return first.index(iri), iri
    if iri == JSBIO + "statedIn":
        return 8, iri
    if iri.startswith(JSBIO):
        return 5, iri
    last = ("Match", "editorialNote", "source", "homepage")
    return (7 if iri.endswith(last) else 6), iri


def _count_uses(service: "Service", term: str) -> int:
    count = service.table(_USES.format(iri=term)).rows[0][0]
    return int(count.value) if count else 0


def _descriptions(rows: Sequence[Mapping[str, Term]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if row["p"].value in DESCRIPTIONS:
            found.setdefault(row["o"].language.split("-")[0], row["o"].value)
    return found


def _read_points(service: "Service", term: str, trail: Sequence[str]) -> tuple[Point, ...]:
    """Return where a thing is: its own point, the place around it, or those of its parts."""
    points: dict[str, Point] = {}
    nearest = ""
    for row in service.table(_POINTS.format(iri=term)).dicts():
        nearest = nearest or row["steps"].value
        longitude, latitude = read_point(row["wkt"].value)
        if row["steps"].value == nearest and row["place"].value not in points:
            place = row["place"].value
            points[place] = Point(place, longitude, latitude, nearest == "0")
    around = [place for place in trail if place in points]
    return (points[around[-1]],) if around else tuple(points.values())


def read_point(wkt: str) -> tuple[float, float]:
    """Return longitude and latitude of a point in well-known text.

    >>> read_point("POINT(118.77778 32.06167)")
    (118.77778, 32.06167)
    """
    longitude, latitude = wkt[wkt.index("(") + 1 : wkt.index(")")].split()[:2]
    return float(longitude), float(latitude)
