"""What facts rest on: passages of documents, published references, readings.

In: the triples of a thing, as rows of evidence records. Out: numbered :class:`Ground` values, so
that a page can write ``[1]`` behind a value and say below what that is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .names import values_of
from .table import Term

if TYPE_CHECKING:
    from .service import Service

__all__ = [
    "Ground",
    "Passage",
    "Reading",
    "Record",
    "number_grounds",
    "read_passages",
    "read_records",
    "read_sentence",
]

_PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX jsbio: <https://w3id.org/jsbio/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_RECORDS = (
    _PREFIXES
    + """SELECT ?record ?graph ?p ?o ?how ?what WHERE {{ GRAPH ?evidence {{
  ?record rdf:subject {iri} ; rdf:predicate ?p ; rdf:object ?o ; jsbio:inGraph ?graph ; ?how ?what
  FILTER(?how IN (jsbio:citesPassage, jsbio:citesSource, jsbio:restsOn, jsbio:verification))
}} }} ORDER BY ?record ?how ?what"""
)
_PASSAGES = (
    _PREFIXES
    + """SELECT ?passage ?document ?number ?section ?sentence ?start ?end ?exact WHERE {{
  VALUES ?passage {{ {passages} }}
  GRAPH ?evidence {{
    ?passage oa:hasSource ?document ; jsbio:factNumber ?number ; jsbio:section ?section ;
      oa:hasSelector ?selector .
    ?selector oa:start ?start ; oa:end ?end ; oa:refinedBy ?quote . ?quote oa:exact ?exact .
    OPTIONAL {{ ?passage jsbio:inSentence ?within . ?within jsbio:sentenceNumber ?sentence }}
  }}
}} ORDER BY ?passage ?sentence"""
)
_SENTENCE = (
    _PREFIXES
    + """SELECT ?document ?number ?section ?start ?end WHERE {{ GRAPH ?evidence {{
  <{iri}> oa:hasSource ?document ; jsbio:sentenceNumber ?number ; jsbio:section ?section ;
    oa:start ?start ; oa:end ?end }} }}"""
)
_READINGS = (
    _PREFIXES
    + """SELECT ?reading ?written ?read ?confidence ?passage WHERE {{
  VALUES ?reading {{ {readings} }}
  OPTIONAL {{ ?reading jsbio:asWritten ?written }} OPTIONAL {{ ?reading jsbio:readAs ?read }}
  OPTIONAL {{ ?reading jsbio:confidence ?confidence }}
  OPTIONAL {{ ?reading jsbio:appliesTo ?passage }}
}} ORDER BY ?reading ?written ?read ?passage"""
)
_SOURCES = (
    _PREFIXES
    + """SELECT ?source ?homepage WHERE {{ VALUES ?source {{ {sources} }}
  GRAPH ?graph {{ ?source foaf:homepage ?homepage }} }} ORDER BY ?source ?homepage"""
)


@dataclass(frozen=True)
class Record:
    """An evidence record: which triple it vouches for, and by what."""

    iri: str
    graph: str
    predicate: str
    value: Term
    passages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    verification: str = ""


@dataclass(frozen=True)
class Passage:
    """A numbered place in a document; offsets are code points of its sentences."""

    iri: str
    document: str
    number: str
    section: str
    sentences: tuple[str, ...]
    start: int
    end: int
    phrase: str


@dataclass(frozen=True)
class Reading:
    """How the editors read a place that is garbled or elliptical."""

    iri: str
    written: str
    read: str
    confidence: str
    passages: frozenset[str]


@dataclass(frozen=True)
class Ground:
    """One numbered item of evidence: a passage with the readings it needs, or a reference."""

    number: int
    passage: Passage | None = None
    source: str = ""
    homepage: str = ""
    verification: str = ""
    readings: tuple[Reading, ...] = ()


def read_records(service: "Service", iri: str) -> list[Record]:
    """Return the evidence records about a thing as subject."""
    records: dict[str, Record] = {}
    for row in service.table(_RECORDS.format(iri=iri), 20_000).dicts():
        name, what = row["record"].value, row["what"].value
        record = records.setdefault(
            name, Record(name, row["graph"].value, row["p"].value, row["o"])
        )
        how = row["how"].value.rpartition("#")[2]
        if how == "citesPassage":
            record = replace(record, passages=(*record.passages, what))
        elif how == "citesSource":
            record = replace(record, sources=(*record.sources, what))
        elif how == "restsOn":
            record = replace(record, readings=(*record.readings, what))
        else:
            record = replace(record, verification=what)
        records[name] = record
    return list(records.values())


def read_passages(service: "Service", iris: Iterable[str]) -> dict[str, Passage]:
    """Return passages by IRI."""
    wanted = values_of(iris)
    found: dict[str, Passage] = {}
    if not wanted:
        return found
    for row in service.table(_PASSAGES.format(passages=wanted), 20_000).dicts():
        iri = row["passage"].value
        sentence = row["sentence"].value if "sentence" in row else ""
        known = found[iri].sentences if iri in found else ()
        found[iri] = Passage(
            iri=iri,
            document=row["document"].value,
            number=row["number"].value,
            section=row["section"].value,
            sentences=tuple(dict.fromkeys((*known, *([sentence] if sentence else ())))),
            start=int(row["start"].value),
            end=int(row["end"].value),
            phrase=row["exact"].value,
        )
    return found


def read_sentence(service: "Service", iri: str) -> dict[str, Passage]:
    """Return a sentence as the passage that spans it, without a locating phrase."""
    found = {}
    for row in service.table(_SENTENCE.format(iri=iri)).dicts():
        number = row["number"].value
        found[iri] = Passage(
            iri=iri,
            document=row["document"].value,
            number=number,
            section=row["section"].value,
            sentences=(number,),
            start=int(row["start"].value),
            end=int(row["end"].value),
            phrase="",
        )
    return found


def _read_readings(service: "Service", iris: Iterable[str]) -> dict[str, Reading]:
    wanted = values_of(iris)
    found: dict[str, Reading] = {}
    if not wanted:
        return found
    for row in service.table(_READINGS.format(readings=wanted), 20_000).dicts():
        iri = row["reading"].value
        known = found[iri].passages if iri in found else frozenset()
        found[iri] = Reading(
            iri=iri,
            written=row["written"].value if "written" in row else "",
            read=row["read"].value if "read" in row else "",
            confidence=row["confidence"].value if "confidence" in row else "",
            passages=known | ({row["passage"].value} if "passage" in row else frozenset()),
        )
    return found


def number_grounds(
    service: "Service", records: Sequence[Record]
) -> tuple[tuple[Ground, ...], dict[str, tuple[int, ...]]]:
    """Return the grounds of records, numbered, and the numbers by IRI of the record."""
    passages = read_passages(service, (p for record in records for p in record.passages))
    readings = _read_readings(service, (r for record in records for r in record.readings))
    homes = _read_homes(service, {s for record in records for s in record.sources})
    grounds: dict[tuple[str, ...], Ground] = {}
    numbers: dict[str, tuple[int, ...]] = {}
    for record in sorted(records, key=lambda each: _order(each, passages)):
        cited: list[int] = []
        for iri in sorted(record.passages, key=lambda each: _place(passages.get(each))):
            used = tuple(
                readings[r]
                for r in record.readings
                if r in readings and iri in readings[r].passages
            )
            key = (iri, *(each.iri for each in used))
            ground = Ground(len(grounds) + 1, passages.get(iri), readings=used)
            cited.append(grounds.setdefault(key, ground).number)
        for iri in record.sources:
            key = (iri, record.verification)
            ground = Ground(len(grounds) + 1, None, iri, homes.get(iri, ""), record.verification)
            cited.append(grounds.setdefault(key, ground).number)
        numbers[record.iri] = tuple(cited)
    return tuple(grounds.values()), numbers


def _read_homes(service: "Service", sources: set[str]) -> Mapping[str, str]:
    wanted = values_of(sorted(sources))
    if not wanted:
        return {}
    homes: dict[str, str] = {}
    for row in service.table(_SOURCES.format(sources=wanted)).dicts():
        homes.setdefault(row["source"].value, row["homepage"].value)
    return homes


def _place(passage: Passage | None) -> tuple[str, int, int, str]:
    if passage is None:
        return ("~", 0, 0, "")
    return (passage.document, passage.start, passage.end, passage.number)


def _order(record: Record, passages: Mapping[str, Passage]) -> tuple[object, ...]:
    places = [_place(passages.get(each)) for each in record.passages]
    return (not places, min(places, default=("~", 0, 0, "")), record.sources, record.iri)
