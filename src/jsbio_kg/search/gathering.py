"""Gathering: one pass over the triples for everything that the index needs of them.

In: blocks. Out: names and descriptions in staging tables, and counts: how often a thing is pointed
to, how often a class and a property are used and together with what.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from ..vocabulary import BASE, JSBIO, expand
from .quads import Block
from .schema import ALIAS, IDENTIFIER, LABEL

__all__ = ["Gathered", "covering", "local_name"]

_TYPE: Final = expand("rdf:type")


def _all(role: int, *names: str) -> dict[str, int]:
    return {expand(name): role for name in names}


#: Properties that name a thing.
_NAMES: Final[Mapping[str, int]] = {
    **_all(LABEL, "rdfs:label", "skos:prefLabel", "foaf:name", "schema:name"),
    **_all(ALIAS, "skos:altLabel", "skos:hiddenLabel", "dcterms:title", "schema:alternateName"),
    **_all(IDENTIFIER, "skos:notation", "dcterms:identifier", "org:identifier"),
    **_all(IDENTIFIER, "jsbio:factNumber", "jsbio:gb2260Code", "jsbio:iso3166Code"),
    **_all(IDENTIFIER, "jsbio:statisticalCode", "jsbio:agencyIdentifier", "jsbio:documentNumber"),
}
#: Properties that describe it, and the quotation that a passage points to.
_ABOUTS: Final = frozenset(
    map(
        expand,
        (
            "dcterms:description",
            "skos:definition",
            "schema:description",
            "rdfs:comment",
            "oa:exact",
        ),
    )
)
#: From a passage to its quotation.
_QUOTING: Final = frozenset(map(expand, ("oa:hasSelector", "oa:refinedBy")))
_CLASSES: Final = frozenset(map(expand, ("owl:Class", "rdfs:Class")))
_PROPERTIES: Final = frozenset(
    map(
        expand,
        (
            "rdf:Property",
            "owl:ObjectProperty",
            "owl:DatatypeProperty",
            "owl:AnnotationProperty",
            "owl:TransitiveProperty",
        ),
    )
)
_PLACES: Final = (("queries/", "query"), ("graph/", "graph"))
_STAGING: Final = """
CREATE TEMP TABLE raw_thing (iri TEXT, kind TEXT);
CREATE TEMP TABLE raw_name (iri TEXT, role INTEGER, language TEXT, text TEXT);
CREATE TEMP TABLE raw_about (iri TEXT, language TEXT, text TEXT);
CREATE TEMP TABLE link (child TEXT, parent TEXT);
"""
_QUOTES: Final = """
CREATE INDEX temp.link_child ON link (child);
INSERT INTO raw_about SELECT DISTINCT up.parent, a.language, a.text FROM raw_about a
  JOIN link l ON l.child = a.iri JOIN link up ON up.child = l.parent;
"""


class Gathered:
    """What one pass has found."""

    def __init__(self, connection: sqlite3.Connection, base: str = BASE) -> None:
        self.connection = connection
        self.base = base
        self.degrees: Counter[str] = Counter()
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.usage: Counter[tuple[str, str]] = Counter()
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.terms: dict[str, bool] = {}
        connection.executescript(_STAGING)

    def read(self, blocks: Iterable[Block]) -> None:
        """Go through the triples, once."""
        insert = self.connection.executemany
        for block in blocks:
            self._count(block)
            names, abouts, links = _texts(block)
            if names:
                kind = self._kind(block)
                insert("INSERT INTO raw_thing VALUES (?, ?)", [(block.iri, kind)])
                insert("INSERT INTO raw_name VALUES (?, ?, ?, ?)", names)
                self.kinds.update((kind, each) for each in block.iris(_TYPE))
            insert("INSERT INTO raw_about VALUES (?, ?, ?)", abouts)
            insert("INSERT INTO link VALUES (?, ?)", links)
        self.connection.executescript(_QUOTES)

    def _count(self, block: Block) -> None:
        types = block.iris(_TYPE)
        self.classes.update(types)
        used = [predicate for predicate, _ in block.statements]
        self.properties.update(used)
        for each in types:
            self.usage.update((each, predicate) for predicate in set(used))
        self.degrees.update(
            value.text for name, value in block.statements if value.is_iri and name != _TYPE
        )
        if _CLASSES.intersection(types):
            self.terms[block.iri] = True
        elif _PROPERTIES.intersection(types):
            self.terms[block.iri] = False

    def _kind(self, block: Block) -> str:
        if block.iri.startswith(self.base + "id/"):
            return block.iri[len(self.base) + 3 :].partition("/")[0]
        if block.iri in self.terms:
            return "class" if self.terms[block.iri] else "property"
        for path, kind in _PLACES:
            if block.iri.startswith(self.base + path):
                return kind
        types = sorted(block.iris(_TYPE))
        return local_name(types[0]).lower() or "thing" if types else "thing"


def _texts(
    block: Block,
) -> tuple[list[tuple[str, int, str, str]], list[tuple[str, str, str]], list[tuple[str, str]]]:
    """Return the names, the descriptions and the links of a block as rows."""
    names = [
        (block.iri, _NAMES[name], value.language.partition("-")[0], value.text)
        for name, value in block.statements
        if name in _NAMES and not value.is_iri and value.text.strip()
    ]
    abouts = [
        (block.iri, value.language.partition("-")[0], value.text)
        for name, value in block.statements
        if name in _ABOUTS and not value.is_iri
    ]
    links = [
        (value.text, block.iri)
        for name, value in block.statements
        if name in _QUOTING and value.is_iri
    ]
    return names, abouts, links


def covering(kinds: Mapping[tuple[str, str], int], classes: Mapping[str, int]) -> dict[str, str]:
    """Return for each kind the class that says best what it is: of all its things, of few others.

    >>> covering({("park", "Park"): 8, ("park", "Place"): 8}, {"Park": 8, "Place": 40})
    {'park': 'Park'}
    """
    best: dict[str, tuple[int, int, bool, str]] = {}
    for (kind, class_iri), count in kinds.items():
        rank = (-count, classes[class_iri], not class_iri.startswith(JSBIO), class_iri)
        best[kind] = min(best.get(kind, rank), rank)
    return {kind: rank[-1] for kind, rank in best.items()}


def local_name(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local_name("https://w3id.org/jsbio/ontology#locatedIn")
    'locatedIn'
    """
    rest = iri.rstrip("/#")
    return rest.rpartition("#" if "#" in rest else "/")[2]
