"""What an answer rests on: the passages and references behind the triples it was made from.

In: the things that an answer names, and the properties that its query uses. Out: the passages and
sources that vouch for a triple of one of those properties about one of those things.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .grounds import Passage, read_passages
from .names import Names, read_names, values_of

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Basis", "read_basis"]

#: How many things of an answer are looked up.
MOST_THINGS = 400
_CITED = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?cited WHERE {{
  VALUES ?thing {{ {things} }}
  GRAPH ?evidence {{
    {{ ?record rdf:subject ?thing }} UNION {{ ?record rdf:object ?thing }}
    ?record rdf:predicate ?property
    FILTER(?property IN ({properties}))
    {{ ?record jsbio:citesPassage ?cited }} UNION {{ ?record jsbio:citesSource ?cited }}
  }}
}} ORDER BY ?cited"""


@dataclass(frozen=True)
class Basis:
    """Passages in the order of their documents, and references."""

    passages: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()
    names: Names = field(default_factory=Names)


def read_basis(service: "Service", things: Sequence[str], properties: Sequence[str]) -> Basis:
    """Return what vouches for these properties of these things."""
    if not things or not properties:
        return Basis()
    text = _CITED.format(
        things=values_of(things[:MOST_THINGS]), properties=values_of(properties).replace(" ", ", ")
    )
    cited = [row["cited"].value for row in service.table(text, 5000).dicts()]
    passages = read_passages(service, (iri for iri in cited if "/id/passage/" in iri))
    sources = tuple(iri for iri in cited if iri not in passages)
    ordered = sorted(passages.values(), key=lambda each: (each.document, each.start, each.number))
    names = read_names(service, {*sources, *(each.document for each in ordered)})
    return Basis(tuple(ordered), sources, names)
