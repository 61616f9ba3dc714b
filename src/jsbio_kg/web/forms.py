"""The form of a saved query: one field a parameter, with the values people can pick.

In: a saved query, the values of the request. Out: fields for a template.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..queries import Parameter, SavedQuery
from ..service import Service, read_names
from ..vocabulary import PREFIXES, expand, shrink

__all__ = ["Field", "make_fields"]

_INSTANCES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?value ?label WHERE {{
  ?value a <{class_iri}> . OPTIONAL {{ ?value rdfs:label ?label
  FILTER LANGMATCHES(LANG(?label), "{language}") }}
}} ORDER BY ?label ?value"""


@dataclass(frozen=True)
class Field:
    """One input; without options it is a line of text."""

    name: str
    label: str
    kind: str
    values: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    is_optional: bool

    @property
    def value(self) -> str:
        """Return the first value, for a line of text."""
        return self.values[0] if self.values else ""


def make_fields(
    service: Service, query: SavedQuery, given: Mapping[str, Sequence[str]], language: str
) -> list[Field]:
    """Return the fields of a query, filled with what was given or with the example."""
    return [
        Field(
            name=name,
            label=parameter.label[language],
            kind=parameter.type,
            values=tuple(_normal(parameter, value) for value in given.get(name, parameter.default)),
            options=tuple(_options(service, parameter, language)),
            is_optional=parameter.is_optional,
        )
        for name, parameter in query.parameters.items()
    ]


def _normal(parameter: Parameter, value: str) -> str:
    """Return a value as the options write it."""
    if parameter.type == "iri":
        return shrink(value.strip("<>"))
    if parameter.type in ("string", "enum") and value[:1] == value[-1:] == '"':
        return value[1:-1]
    return value


def _options(service: Service, parameter: Parameter, language: str) -> list[tuple[str, str]]:
    if parameter.values:
        return _name_values(service, parameter.values, language)
    if parameter.query:
        text = service.query(parameter.query).text
    elif parameter.class_iri:
        class_iri = parameter.class_iri
        iri = class_iri if "://" in class_iri else expand(class_iri)
        text = _INSTANCES.format(class_iri=iri, language=language)
    else:
        return []
    found = []
    for row in service.table(text).rows:
        if row and row[0]:
            value = shrink(row[0].value)
            labels = [term for term in row[1:] if term]
            labels.sort(key=lambda term: term.language.split("-")[0] != language)
            found.append((value, labels[0].value if labels else value))
    return found


def _name_values(service: Service, values: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Return fixed values with their labels; what is no name of a thing stands for itself."""
    iris = {}
    for value in values:
        prefix, colon, _ = value.partition(":")
        if colon and prefix in PREFIXES:
            iris[value] = expand(value)
    names = read_names(service, iris.values())
    return [
        (value, names.text(iris[value], language) if value in iris else value) for value in values
    ]
