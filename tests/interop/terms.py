"""Answers compared term by term; numbers by value, since engines write them differently."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {
    XSD + name
    for name in "integer decimal double float int long short nonNegativeInteger unsignedInt".split()
}

Row = tuple[tuple[str, tuple[str, str]], ...]


def rows_of(answer: Mapping[str, Any]) -> Counter[Row]:
    """Return the rows of SPARQL JSON as a multiset."""
    if "boolean" in answer:
        return Counter([(("ask", ("boolean", str(answer["boolean"]).lower())),)])
    if answer["head"].get("vars") == ["__ASK_RETVAL"]:  # how Virtuoso answers ASK
        (row,) = answer["results"]["bindings"]
        value = {"0": "false", "1": "true"}[row["__ASK_RETVAL"]["value"]]
        return Counter([(("ask", ("boolean", value)),)])
    return Counter(
        tuple(sorted((name, term(value)) for name, value in row.items()))
        for row in answer["results"]["bindings"]
    )


def term(value: Mapping[str, str]) -> tuple[str, str]:
    """Return a term as kind and text."""
    if value["type"] == "uri":
        return ("iri", value["value"])
    if value["type"] == "bnode":
        return ("blank", "")
    if tag := value.get("xml:lang"):
        return (f"@{tag.lower()}", value["value"])
    datatype = value.get("datatype", XSD + "string")
    text = value["value"]
    if datatype in NUMBERS:
        try:
            return ("number", str(Decimal(text).normalize()))
        except InvalidOperation:
            return (datatype, text)
    if datatype == XSD + "boolean":
        return ("boolean", {"1": "true", "0": "false"}.get(text, text))
    return (datatype, text)


def graph_of(triples: Iterable[Any]) -> Counter[tuple[str, ...]]:
    """Return triples without blank nodes as a multiset, numbers by value."""
    return Counter(
        tuple(_text(part) for part in (t.subject, t.predicate, t.object)) for t in triples
    )


def _text(part: Any) -> str:
    if isinstance(part, ox.Literal):
        held = {"type": "literal", "value": part.value, "datatype": part.datatype.value}
        if part.language:
            held["xml:lang"] = part.language
        return str(term(held))
    return "blank" if isinstance(part, ox.BlankNode) else part.value
