"""What an answer rests on: the passages and references behind the triples it was made from.

In: the things that each row of an answer names, and the properties that its query uses. Out: the
passages and sources that vouch for a triple of one of those properties: about a thing of the
answer, or about one that the rows leave out and that joins what stands in one of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .grounds import Passage, read_passages
from .names import Names, read_names, values_of
from .table import Term

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Basis", "read_basis"]

#: How many things of an answer are looked up.
MOST_THINGS = 400
MOST_ROWS = 20_000
_CITED = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?subject ?object ?cited WHERE {{
  VALUES ?thing {{ {things} }}
  GRAPH ?evidence {{
    {{ ?record rdf:subject ?thing }} UNION {{ ?record rdf:object ?thing }}
    ?record rdf:predicate ?property
    FILTER(?property IN ({properties}))
    ?record rdf:subject ?subject ; rdf:object ?object
    {{ ?record jsbio:citesPassage ?cited }} UNION {{ ?record jsbio:citesSource ?cited }}
  }}
}} ORDER BY ?cited"""
Row = Mapping[str, Term]


@dataclass(frozen=True)
class Basis:
    """Passages in the order of their documents, and references."""

    passages: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()
    names: Names = field(default_factory=Names)


def read_basis(service: "Service", rows: Sequence[Set[str]], properties: Sequence[str]) -> Basis:
    """Return what vouches for these properties of the things in these rows."""
    things = list(dict.fromkeys(iri for row in rows for iri in sorted(row)))[:MOST_THINGS]
    if not things or not properties:
        return Basis()
    text = _CITED.format(
        things=values_of(things), properties=values_of(properties).replace(" ", ", ")
    )
    cited = _cited(service.table(text, MOST_ROWS).dicts(), set(things), rows)
    passages = read_passages(service, (iri for iri in cited if "/id/passage/" in iri))
    sources = tuple(iri for iri in cited if iri not in passages)
    ordered = sorted(passages.values(), key=lambda each: (each.document, each.start, each.number))
    names = read_names(service, {*sources, *(each.document for each in ordered)})
    return Basis(tuple(ordered), sources, names)


def _cited(found: Sequence[Row], things: Set[str], rows: Sequence[Set[str]]) -> list[str]:
    """Return what is cited for triples that the answer can have been made from.

    A statement that points to a thing of the answer is another's, unless the answer holds the
    statement, or it points to most of a row: what joins the row and has no column itself.
    """
    pointed: dict[str, set[str]] = defaultdict(set)
    for row in found:
        if row["object"].value in things:
            pointed[row["subject"].value].add(row["object"].value)
    places: dict[str, list[Set[str]]] = defaultdict(list)
    for held in set(map(frozenset, rows)):
        for iri in held:
            places[iri].append(held)
    known = things | {subject for subject, objects in pointed.items() if _is_join(objects, places)}
    return list(dict.fromkeys(row["cited"].value for row in found if row["subject"].value in known))


def _is_join(objects: Set[str], places: Mapping[str, Sequence[Set[str]]]) -> bool:
    """Tell whether a row has at least two and half of its things from these, or its only one."""
    rarest = sorted(objects, key=lambda iri: len(places[iri]))
    if any(len(row) == 1 for iri in rarest for row in places[iri]):
        return True
    return any(
        len(row & objects) >= max(2, len(row) / 2) for iri in rarest[:-1] for row in places[iri]
    )
