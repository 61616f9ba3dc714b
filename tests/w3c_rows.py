"""Rows of answers, compared up to the names of blank nodes and the spelling of numbers."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
Row = frozenset[tuple[str, object]]


def rows_of(parsed: ox.QuerySolutions | ox.QueryBoolean) -> list[Row]:
    assert isinstance(parsed, ox.QuerySolutions)
    names = [variable.value for variable in parsed.variables]
    return [
        frozenset((name, plain(row[name])) for name in names if row[name] is not None)
        for row in parsed
    ]


def plain(term: object) -> object:
    """Return a term that equals another of the same value in another spelling."""
    if isinstance(term, ox.Literal) and term.datatype.value in (
        XSD + "decimal",
        XSD + "double",
        XSD + "float",
        XSD + "integer",
    ):
        try:
            return term.datatype.value, str(Decimal(term.value).normalize())
        except ArithmeticError:
            return term
    return term


def are_same(found: Sequence[Row], wanted: Sequence[Row]) -> bool:
    """Tell whether rows are the same under some renaming of blank nodes."""

    def is_ground(row: Row) -> bool:
        return not any(isinstance(term, ox.BlankNode) for _, term in row)

    if Counter(filter(is_ground, found)) != Counter(filter(is_ground, wanted)):
        return False
    left = [row for row in found if not is_ground(row)]
    right = [row for row in wanted if not is_ground(row)]
    return len(left) == len(right) and _match(left, right, {})


def _match(left: list[Row], right: list[Row], names: dict[object, object]) -> bool:
    if not left:
        return True
    first, rest = left[0], left[1:]
    for place, other in enumerate(right):
        if (more := _pair(first, other, names)) is not None:
            if _match(rest, right[:place] + right[place + 1 :], more):
                return True
    return False


def _pair(row: Row, other: Row, names: dict[object, object]) -> dict[object, object] | None:
    """Return the names under which two rows are one, together with those known already."""
    mine, theirs = dict(row), dict(other)
    if mine.keys() != theirs.keys():
        return None
    names = dict(names)
    for variable, term in mine.items():
        if isinstance(term, ox.BlankNode) and isinstance(theirs[variable], ox.BlankNode):
            if names.setdefault(term, theirs[variable]) != theirs[variable]:
                return None
        elif term != theirs[variable]:
            return None
    return names if len(set(names.values())) == len(names) else None
