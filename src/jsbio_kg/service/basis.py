"""What an answer rests on: the passages and references behind the triples it was made from.

In: a query. Out: the passages and sources that vouch for triples which the query joins. The query
is asked again for all its variables, so that a statement which joins a row and has no column is
known too; a triple counts when its subject and its object stand in one row, or in the query.
"""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import JsbioError
from ..queries import Token, tokenize
from ..vocabulary import PREFIXES
from .grounds import Passage, read_passages
from .names import Names, read_names, values_of
from .table import Table, Term

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Basis", "read_basis", "with_all_variables"]

#: How many rows, things of them and records are looked at.
MOST_ROWS = 1000
MOST_THINGS = 1500
MOST_RECORDS = 20_000
_RECORDS = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?subject ?property ?object ?cited WHERE {{
  VALUES ?subject {{ {things} }}
  GRAPH ?evidence {{
    ?record rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object
    FILTER(?property IN ({properties}))
    {{ ?record jsbio:citesPassage ?cited }} UNION {{ ?record jsbio:citesSource ?cited }}
  }}
}} ORDER BY ?cited"""
#: What the editors' own judgements rest on, which have no evidence records.
_JUDGEMENTS = """PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
SELECT DISTINCT ?cited WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing jsbio:derivedFrom|(jsbio:derivedFrom/jsbio:statedIn)|jsbio:appliesTo ?cited
  FILTER(CONTAINS(STR(?cited), "/id/passage/"))
}} ORDER BY ?cited"""
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_TYPE = PREFIXES["rdf"] + "type"
Row = Mapping[str, Term]


@dataclass(frozen=True)
class Basis:
    """Passages in the order of their documents, and references."""

    passages: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()
    names: Names = field(default_factory=Names)


def read_basis(service: "Service", text: str) -> Basis:
    """Return what vouches for the triples that the answer of a query was made from."""
    tokens = list(tokenize(text))
    named = _names(tokens)
    try:
        table = service.table(with_all_variables(text, tokens), MOST_ROWS)
    except JsbioError:  # a DESCRIBE has no variables
        return Basis()
    rows = [{cell.value for cell in row if cell} for row in table.rows]
    start = service.site.base + "id/"
    bound = _things(table, start)
    things = [*bound, *(iri for iri in named if iri.startswith(start) and iri not in bound)]
    things = things[:MOST_THINGS]
    if not rows or not things:
        return Basis()
    properties = _with_narrower(service, [iri for iri in named if not iri.startswith(start)])
    asked = _RECORDS.format(
        things=values_of(things), properties=values_of(properties).replace(" ", ", ")
    )
    cited = _cited(service.table(asked, MOST_RECORDS).dicts(), rows, named)
    told = {iri for iri in bound if iri.startswith(start + "passage/")}
    if not told:
        judged = _JUDGEMENTS.format(things=values_of(things))
        told = {row["cited"].value for row in service.table(judged, MOST_RECORDS).dicts()}
    cited |= told
    passages = read_passages(service, sorted(cited))
    sources = tuple(sorted(iri for iri in cited if iri not in passages))
    ordered = sorted(passages.values(), key=lambda each: (each.document, each.start, each.number))
    names = read_names(service, {*sources, *(each.document for each in ordered)})
    return Basis(tuple(ordered), sources, names)


def _things(table: Table, start: str) -> list[str]:
    cells = (cell for row in table.rows for cell in row if cell and cell.kind == "uri")
    return list(dict.fromkeys(cell.value for cell in cells if cell.value.startswith(start)))


def _names(tokens: Sequence[Token]) -> list[str]:
    """Return the IRIs that a query names, whatever for."""
    found = []
    for token in tokens:
        prefix, colon, local = token.text.partition(":")
        if token.kind == "word" and token.text == "a":
            found.append(_TYPE)
        elif token.kind == "iri":
            found.append(token.text[1:-1])
        elif token.kind == "name" and colon and local and prefix in PREFIXES:
            found.append(PREFIXES[prefix] + local)
    return list(dict.fromkeys(found))


def _with_narrower(service: "Service", iris: Sequence[str]) -> list[str]:
    """Return properties with those that they follow from."""
    found = dict.fromkeys(iris)
    while True:
        more = [
            term.iri
            for term in service.vocabulary.terms.values()
            if term.iri not in found and not found.keys().isdisjoint(term.parents)
        ]
        if not more:
            return list(found)
        found.update(dict.fromkeys(more))


def with_all_variables(text: str, tokens: Sequence[Token]) -> str:
    """Return the query that gives every variable of the pattern of another, row by row.

    >>> text = "ASK { ?s ?p ?o }"
    >>> with_all_variables(text, list(tokenize(text))).split()
    ['SELECT', '*', 'WHERE', '{', '?s', '?p', '?o', '}', 'LIMIT', '1000']
    """
    top = [token for token in tokens if token.depth == 0]
    form = next(token for token in top if token.is_word(*_FORMS))
    later = [token for token in top if token.start > form.start]
    groups = [token for token in later if token.is_mark("{", "}")]
    pattern = groups[-2:] if form.is_word("CONSTRUCT") else groups[:2]
    if len(pattern) < 2:
        return text
    datasets = [
        text[token.start : after.end]
        for token, after in itertools.pairwise(later)
        if token.is_word("FROM") and after.kind in ("iri", "name")
    ]
    values = next((t for t in later if t.start > pattern[1].start and t.is_word("VALUES")), None)
    start, end = pattern[0].start, pattern[1].end
    inner = text[start:end]
    for head in reversed(_inner_heads(tokens, start, end)):
        inner = f"{inner[: head[0] - start]} * {inner[head[1] - start :]}"
    tail = text[values.start :] if values else ""
    limit = f"LIMIT {MOST_ROWS}"
    return " ".join([text[: form.start], "SELECT *", *datasets, f"WHERE {inner}", limit, tail])


def _inner_heads(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """Return where the columns of queries within a query stand, of those without expressions."""
    found = []
    for place, token in enumerate(tokens):
        if not (start < token.start < end and token.is_word("SELECT")):
            continue
        rest = tokens[place + 1 :]
        behind = next((t for t in rest if t.is_word("WHERE") or t.is_mark("{", "(")), None)
        if behind is not None and not behind.is_mark("("):
            found.append((token.end, behind.start))
    return found


def _cited(found: Sequence[Row], rows: Sequence[Set[str]], named: Sequence[str]) -> set[str]:
    """Return what is cited for triples with both ends in one row; an end in the query is in all.

    Where a property of the query has no such triple for a thing, what the row holds was inferred
    from other triples of it, which are taken in its place.
    """
    places: dict[str, set[int]] = defaultdict(set)
    for place, row in enumerate(rows):
        for value in row:
            places[value].add(place)
    for iri in named:
        places[iri] = set(range(len(rows)))
    exact: dict[tuple[str, str], set[str]] = defaultdict(set)
    further: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in found:
        subject, property, object_ = (
            record[name].value for name in ("subject", "property", "object")
        )
        if places[subject] & places.get(object_, set()):
            exact[subject, property].add(record["cited"].value)
        elif property in named and property != _TYPE:
            further[subject, property].add(record["cited"].value)
    kept = (cited for key, cited in further.items() if key not in exact)
    return set().union(*exact.values(), *kept)
