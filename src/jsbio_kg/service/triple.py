"""A triple as people write it, read as terms.

In: three texts, such as ``park:biobay``, ``a``, ``"text"@en`` or ``13``. Out: the texts of their
terms in N-Triples.
"""

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ..errors import ParameterError
from ..i18n import message
from ..queries import serialize_iri
from ..release import TripleText
from ..vocabulary import PREFIXES
from .table import Term

__all__ = ["read_term", "read_triple", "to_term"]

TYPE: Final = f"<{PREFIXES['rdf']}type>"
XSD: Final = PREFIXES["xsd"]
QUOTED: Final = re.compile(
    r"(?P<quote>[\"'])(?P<text>.*)(?P=quote)"
    r"(?:@(?P<language>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)|\^\^(?P<datatype>[^\s\"']+))?",
    re.DOTALL,
)
#: Literals that Turtle writes without quotes.
PLAIN: Final = {
    "boolean": re.compile(r"true|false"),
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
}


def read_triple(
    subject: str, predicate: str, value: str, prefixes: Mapping[str, str] = PREFIXES
) -> TripleText:
    """Return the triple that three texts write.

    :raises ParameterError: when one of them is no term, or none that may stand there.
    """
    terms = (
        _iri(subject, "subject", prefixes),
        TYPE if predicate == "a" else _iri(predicate, "predicate", prefixes),
        read_term(value, "object", prefixes),
    )
    return terms


def read_term(text: str, where: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the term that a text writes: a literal in quotes, a number, or an IRI.

    :raises ParameterError: when it is none.

    >>> read_term("'Wuxi'@en", "object"), read_term("13", "object")
    ('"Wuxi"@en', '"13"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    if quoted := QUOTED.fullmatch(text):
        datatype = quoted["datatype"]
        named = NamedNode(_iri(datatype, where, prefixes)[1:-1]) if datatype else None
        return str(Literal(quoted["text"], datatype=named, language=quoted["language"]))
    for name, form in PLAIN.items():
        if form.fullmatch(text):
            return str(Literal(text, datatype=NamedNode(XSD + name)))
    return _iri(text, where, prefixes)


def _iri(text: str, where: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = text.partition(":")
    if colon and prefix in prefixes and not local.startswith("//"):
        return serialize_iri(f"<{prefixes[prefix]}{local}>", where)
    if not colon:
        raise ParameterError(
            message("%(value)r is no term.", value=text),
            where,
            message("Write a name (park:biobay), an IRI, a number, or a text in quotes ('x'@en)."),
        )
    return serialize_iri(text, where)


def to_term(text: str) -> Term:
    """Return a term of N-Triples as a cell of a table holds it.

    >>> to_term('"Wuxi"@en')
    Term(kind='literal', value='Wuxi', language='en', datatype='')
    """
    node = next(iter(parse(f"<urn:s> <urn:p> {text} .", RdfFormat.N_TRIPLES))).object
    if isinstance(node, NamedNode):
        return Term("uri", node.value)
    if isinstance(node, Literal):
        datatype = node.datatype.value
        is_text = bool(node.language) or datatype == XSD + "string"
        return Term("literal", node.value, node.language or "", "" if is_text else datatype)
    return Term("bnode", text.removeprefix("_:"))
