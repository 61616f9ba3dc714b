"""Names of things in both languages.

In: IRIs. Out: :class:`Names`, which answers for each of them what to call it in a language, and in
which language that name is. An evidence record is called by the triple that it speaks of; what
else has no name of its own (a passage, a sentence) is called by its kind and its number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..i18n import LANGUAGES, message
from ..queries import serialize_iri
from ..vocabulary import BASE, PREFIXES, shrink

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

#: Words for the properties and classes of RDF itself, which the vocabulary does not declare anew.
_BUILT_IN = {
    PREFIXES["rdf"] + "type": message("kind"),
    PREFIXES["rdf"] + "Statement": message("evidence record"),
    PREFIXES["rdf"] + "subject": message("subject of the triple"),
    PREFIXES["rdf"] + "predicate": message("property of the triple"),
    PREFIXES["rdf"] + "object": message("value of the triple"),
    PREFIXES["rdfs"] + "domain": message("domain"),
    PREFIXES["rdfs"] + "isDefinedBy": message("defined by"),
    PREFIXES["rdfs"] + "label": message("label"),
    PREFIXES["rdfs"] + "range": message("range"),
    PREFIXES["rdfs"] + "seeAlso": message("see also"),
    PREFIXES["rdfs"] + "subClassOf": message("kind of"),
    PREFIXES["rdfs"] + "subPropertyOf": message("special case of"),
    PREFIXES["owl"] + "Class": message("class"),
    PREFIXES["owl"] + "ObjectProperty": message("property with things as values"),
    PREFIXES["owl"] + "DatatypeProperty": message("property with literals as values"),
    PREFIXES["owl"] + "AnnotationProperty": message("annotation"),
    PREFIXES["owl"] + "FunctionalProperty": message("property with one value"),
    PREFIXES["owl"] + "TransitiveProperty": message("transitive property"),
    PREFIXES["owl"] + "NamedIndividual": message("individual"),
}


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
        if iri in _BUILT_IN:
            return Named(_BUILT_IN[iri].in_language(language), language)
        return Named(shrink(iri), "")

    def text(self, iri: str, language: str) -> str:
        """Return the words of :meth:`of`."""
        return self.of(iri, language).text

    def with_more(self, other: "Names") -> "Names":
        """Return the names of both."""
        return Names({**self.labels, **other.labels}, self.base)


def values_of(iris: Iterable[str]) -> str:
    """Return IRIs as the content of a VALUES block; what cannot be written as one is left out."""
    written = (iri for iri in dict.fromkeys(iris) if not set(iri) & set('<>"{}|^`\\ \n\r\t'))
    return " ".join(serialize_iri(f"<{iri}>", "iri") for iri in written)


def read_names(service: "Service", iris: Iterable[str]) -> Names:
    """Return the names of things, asked for at once."""
    iris = list(iris)
    things = values_of(iris)
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
