"""Whether a text is SPARQL, and where it stops being so.

In: a text, or the engine's complaint about it. Out: nothing, or an error with line and column. The
engine lists every character class it would have taken; people need the place and the line.
"""

import re
from itertools import pairwise

import pyoxigraph

from ..errors import QuerySyntaxError
from ..i18n import Message, message
from ..vocabulary import PREFIXES
from .tokens import place_of, tokenize

__all__ = ["check_syntax", "explain_syntax"]

_PLACE = re.compile(r"error at (\d+):(\d+)")
_LONGEST_LINE = 120


def check_syntax(text: str) -> None:
    """Parse a query that is ours, against an empty store.

    :raises QuerySyntaxError: with line and column in ``where``.
    """
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError as error:
        raise explain_syntax(text, str(error)) from None


def explain_syntax(text: str, complaint: str) -> QuerySyntaxError:
    r"""Turn the engine's complaint into one sentence with a place.

    >>> print(explain_syntax("ASK {\n ?s ?p", "error at 2:7: expected one of ..."))
    2:7: The query is not SPARQL here: ' ?s ?p'. Correct the text at or before this place.
    """
    match = _PLACE.search(complaint)
    if match is None:
        return QuerySyntaxError(
            message("The query is not SPARQL: %(reason)s.", reason=complaint[:200].rstrip(".")),
            "1:1",
            message("Correct the text."),
        )
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    source = lines[line - 1] if line <= len(lines) else ""
    if len(source) > _LONGEST_LINE:
        start = max(0, min(column - _LONGEST_LINE // 2, len(source) - _LONGEST_LINE))
        source = "..." + source[start : start + _LONGEST_LINE] + "..."
    return QuerySyntaxError(
        message("The query is not SPARQL here: %(line)r.", line=source.rstrip("\r")),
        f"{line}:{column}",
        _advise(text, line, column, complaint),
    )


def _advise(text: str, line: int, column: int, complaint: str) -> Message:
    if name := _undeclared_prefix(text, line, column):
        iri = PREFIXES.get(name, "http://...")
        return message('Declare the prefix: "PREFIX %(name)s: <%(iri)s>".', name=name, iri=iri)
    if "variable that is unbound" in complaint:
        return message("Group by the variable, or put it in an aggregate.")
    return message("Correct the text at or before this place.")


def _undeclared_prefix(text: str, line: int, column: int) -> str:
    """Return the first prefix, up to the place, that is used and not declared."""
    declared: set[str] = set()
    tokens = list(tokenize(text))
    for before, token in pairwise([None, *tokens]):
        if token is None or token.kind != "name" or token.text.startswith("_:"):
            continue
        name = token.text.partition(":")[0]
        if before is not None and before.is_word("PREFIX"):
            declared.add(name)
        elif name not in declared:
            return name if place_of(text, token.start) <= (line, column) else ""
    return ""
