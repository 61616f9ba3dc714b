"""RDF terms as people write them in a form, a link or a shell, made safe to stand in a query.

In: the text of a value and the type that its parameter has. Out: one term in SPARQL syntax, which
no text can leave. Nothing else of a caller's value ever enters a query.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pyoxigraph import NamedNode

from ..errors import ParameterError
from ..i18n import message
from ..vocabulary import PREFIXES

__all__ = ["LONGEST_VALUE", "TYPES", "ParameterType", "serialize_iri", "serialize_value"]

ParameterType = Literal["iri", "string", "langstring", "integer", "year", "enum"]
TYPES: tuple[ParameterType, ...] = ("iri", "string", "langstring", "integer", "year", "enum")
LONGEST_VALUE = 4096

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]*\Z")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}\Z")
_LANGSTRING = re.compile(r"(?P<text>.*)@(?P<language>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\Z", re.S)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def serialize_value(
    kind: ParameterType,
    value: str,
    where: str,
    values: Sequence[str] = (),
    prefixes: Mapping[str, str] = PREFIXES,
) -> str:
    r"""Return a caller's value as one term in SPARQL syntax.

    :param where: the name of the parameter, for the error.
    :param values: what an ``enum`` allows.
    :param prefixes: what the prefixes of compact names stand for.
    :raises ParameterError: when the value is not of the type.

    >>> serialize_value("iri", "park:biobay", "park")
    '<https://w3id.org/jsbio/id/park/biobay>'
    >>> serialize_value("langstring", '"Jiangsu"@en', "name")
    '"Jiangsu"@en'
    >>> serialize_value("string", '" } DROP ALL #', "name")
    '"\\" } DROP ALL #"'
    """
    if len(value) > LONGEST_VALUE:
        raise ParameterError(
            message("The value has %(length)d characters.", length=len(value)),
            where,
            message("Give at most %(most)d characters.", most=LONGEST_VALUE),
        )
    if kind == "iri":
        return serialize_iri(value, where, prefixes)
    if kind == "string":
        return _quote(value, where)
    if kind == "langstring":
        return _serialize_langstring(value, where)
    if kind == "enum":
        return _serialize_choice(value, where, values, prefixes)
    return _serialize_number(kind, value, where)


def serialize_iri(value: str, where: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return an IRI, given whole or with one of the project's prefixes, as ``<...>``.

    :raises ParameterError: when it is neither.
    """
    text = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    prefix, colon, local = text.partition(":")
    if colon and text is value and prefix in prefixes and not local.startswith("//"):
        text = prefixes[prefix] + local
    if _IRI.match(text) and _is_iri(text):
        return f"<{text}>"
    raise ParameterError(
        message("%(value)r is not an IRI.", value=value),
        where,
        message(
            "Give a whole IRI, such as %(whole)s, or a name with a prefix, such as %(short)s.",
            whole="https://w3id.org/jsbio/id/city/suzhou",
            short="city:suzhou",
        ),
    )


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _quote(text: str, where: str) -> str:
    if any(0xD800 <= ord(character) <= 0xDFFF or character == "\0" for character in text):
        raise ParameterError(
            message("The value holds a character that no text may hold."),
            where,
            message("Give text in UTF-8."),
        )
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def _serialize_langstring(value: str, where: str) -> str:
    match = _LANGSTRING.match(value)
    if match is None:
        raise ParameterError(
            message("%(value)r is not a text with its language.", value=value),
            where,
            message('Write the text, "@" and the language, such as "Suzhou"@en.'),
        )
    text = match["text"]
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    return f"{_quote(text, where)}@{match['language'].lower()}"


def _serialize_number(kind: ParameterType, value: str, where: str) -> str:
    text = value.strip()
    if not _INTEGER.match(text):
        raise ParameterError(
            message("%(value)r is not a whole number.", value=value),
            where,
            message("Give digits only, such as 2023."),
        )
    number = int(text)
    if kind == "year" and not 1900 <= number <= 2100:
        raise ParameterError(
            message("%(value)r is not a year of this graph.", value=value),
            where,
            message("Give a year from 1900 to 2100."),
        )
    return str(number)


def _serialize_choice(
    value: str, where: str, values: Sequence[str], prefixes: Mapping[str, str]
) -> str:
    if value not in values:
        raise ParameterError(
            message("%(value)r is not one of the values.", value=value),
            where,
            message("Choose one of: %(values)s.", values=", ".join(values)),
        )
    if _INTEGER.match(value):
        return str(int(value))
    prefix, colon, _ = value.partition(":")
    if colon and prefix in prefixes:
        return serialize_iri(value, where, prefixes)
    return _quote(value, where)
