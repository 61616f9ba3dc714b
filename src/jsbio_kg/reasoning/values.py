"""When two literals certainly have different values (rule dt-diff, in part)."""

from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from ..vocabulary import BORROWED
from .terms import INTEGERS

__all__ = ["differ"]

_XSD = BORROWED["xsd"]
_EXACT = INTEGERS | {_XSD + "decimal"}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def differ(one: Literal, other: Literal) -> bool:
    """Tell whether two literals have different values beyond doubt.

    Texts, exact numbers and booleans are compared; what compares otherwise (dates, floating point,
    datatypes of others) is given the benefit of the doubt.

    >>> differ(Literal("1"), Literal("01"))
    True
    >>> differ(Literal(1), Literal("01", datatype=one)) if (one := Literal(1).datatype) else None
    False
    """
    known = _value(one), _value(other)
    return None not in known and known[0] != known[1]


def _value(literal: Literal) -> tuple[str, object] | None:
    datatype = literal.datatype.value
    if literal.language:
        return "text", (literal.value, literal.language.lower())
    if datatype == _XSD + "string":
        return "text", (literal.value, "")
    if datatype == _XSD + "boolean" and literal.value in _BOOLEANS:
        return "boolean", _BOOLEANS[literal.value]
    if datatype in _EXACT:
        try:
            return "number", Decimal(literal.value)
        except InvalidOperation:
            return None
    return None
