"""Names of things in both languages.

In: IRIs. Out: :class:`Names`, which answers for each of them what to call it in a language, and in
which language that name is. An evidence record is called by the triple that it speaks of, a part of
the description by the graph and the term that it counts; what else has no name of its own (a
passage, a sentence, a shape) is called by its kind and its number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..i18n import LANGUAGES, message
from ..queries import serialize_iri
from ..vocabulary import BASE, PREFIXES, shrink
from .borrowed import BORROWED_NAMES

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Named", "Names", "read_names", "values_of"]

_LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?thing ?label WHERE {{
  VALUES ?thing {{ {things} }}
  {{ ?thing rdfs:label ?label }} UNION {{ GRAPH ?graph {{ ?thing rdfs:label ?label }} }}
}}"""
_RECORDS = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?thing ?s ?p ?o WHERE {{ VALUES ?thing {{ {things} }}
  GRAPH ?graph {{ ?thing rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }} }}"""
_NUMBERED = {
    "passage": message("Passage %(name)s"),
    "sentence": message("Sentence %(name)s"),
    "evidence": message("Evidence record %(name)s"),
    "selector": message("Selector %(name)s"),
}
_SHAPE = message("Shape %(name)s")
_FILE = message("File %(name)s")
_DATASET = message("Whole dataset")
#: What the description counts: the graph, then the term, a class or a property, or another place.
_COUNTED = re.compile(r"(.+?)-(?:class|property|links|target)-([^-]+)(?:-(.+))?")


@dataclass(frozen=True)
class Named:
    """A name and the language it is in; no language: it is a code, the same in all."""

    text: str
    language: str


@dataclass(frozen=True)
class Names:
    """The labels of some things, by IRI and language."""

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    base: str = BASE

    def of(self, iri: str, language: str) -> Named:
        """Return the name of a thing in a language, or the nearest to it."""
        labels = self.labels.get(iri, {})
        for each in (language, *LANGUAGES, ""):
            if text := labels.get(each):
                return Named(text, each)
        kind, _, slug = iri.removeprefix(self.base + "id/").partition("/")
        if iri.startswith(self.base + "id/") and kind in _NUMBERED:
            return Named(_NUMBERED[kind].in_language(language) % {"name": slug}, language)
        if iri in BORROWED_NAMES:
            return Named(BORROWED_NAMES[iri].in_language(language), language)
        return self._of_bookkeeping(iri, language) or Named(shrink(iri), "")

    def _of_bookkeeping(self, iri: str, language: str) -> Named | None:
        """Return what to call a part of the description, a parameter, a shape or a file."""
        if iri == self.base + "graph/description#dataset":
            return Named(_DATASET.in_language(language), language)
        if parts := _parts(iri, self.base):
            *named, rest = parts
            words = [self.text(each, language) for each in named]
            return Named(" · ".join([*words, rest] if rest else words), language)
        for space, words_for in ((PREFIXES["shape"], _SHAPE), (self.base + "downloads/", _FILE)):
            if iri.startswith(space) and (name := iri.removeprefix(space)):
                return Named(words_for.in_language(language) % {"name": name}, language)
        return None

    def text(self, iri: str, language: str) -> str:
        """Return the words of :meth:`of`."""
        return self.of(iri, language).text


def _parts(iri: str, base: str) -> tuple[str, ...]:
    """Return what a thing without a name is part of, as IRIs, and last the rest of its own.

    >>> _parts(BASE + "graph/description#inferred-class-jsbio.Park", BASE)[1:]
    ('https://w3id.org/jsbio/ontology#Park', '')
    >>> _parts(BASE + "queries/park-ranks#year", BASE)
    ('https://w3id.org/jsbio/queries/park-ranks', '?year')
    """
    space, _, local = iri.partition("#")
    if local and space.startswith(base + "queries/"):
        return space, "?" + local
    found = _COUNTED.fullmatch(local) if space == base + "graph/description" else None
    if found is None:
        return ()
    graph, term, rest = found[1], found[2], found[3] or ""
    prefix, _, name = term.partition(".")
    if not name or prefix not in PREFIXES:
        return f"{space}#{graph}", term
    return f"{space}#{graph}", PREFIXES[prefix] + name, rest


def values_of(iris: Iterable[str]) -> str:
    """Return IRIs as the content of a VALUES block; what cannot be written as one is left out."""
    written = (iri for iri in dict.fromkeys(iris) if not set(iri) & set('<>"{}|^`\\ \n\r\t'))
    return " ".join(serialize_iri(f"<{iri}>", "iri") for iri in written)


def read_names(service: "Service", iris: Iterable[str]) -> Names:
    """Return the names of things, asked for at once."""
    iris = list(iris)
    parts = (part for iri in iris for part in _parts(iri, service.site.base)[:-1])
    things = values_of([*iris, *parts])
    if not things:
        return Names(base=service.site.base)
    labels: dict[str, dict[str, str]] = {}
    for row in service.table(_LABELS.format(things=things), 20_000).dicts():
        language = row["label"].language.split("-")[0]
        labels.setdefault(row["thing"].value, {}).setdefault(language, row["label"].value)
    records = [iri for iri in iris if iri.startswith(service.site.base + "id/evidence/")]
    return Names({**labels, **_name_records(service, records)}, service.site.base)


def _name_records(service: "Service", records: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return evidence records as the triples that they speak of, in both languages."""
    if not records:
        return {}
    rows = service.table(_RECORDS.format(things=values_of(records)), 20_000).dicts()
    terms = [row[place] for row in rows for place in "spo"]
    names = read_names(service, {term.value for term in terms if term.kind == "uri"})
    return {
        row["thing"].value: {
            language: " · ".join(
                names.text(row[place].value, language)
                if row[place].kind == "uri"
                else row[place].value
                for place in "spo"
            )
            for language in LANGUAGES
        }
        for row in rows
    }
