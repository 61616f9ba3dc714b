"""Whether a text is SPARQL, and where it stops being so.

In: a text, or the engine's complaint about it. Out: nothing, or an error with line and column. The
engine lists every character class it would have taken; people need the place and the line.
"""

import re

import pyoxigraph

from ..errors import QuerySyntaxError
from ..i18n import Message, message
from ..vocabulary import PREFIXES

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
        _advise(lines[line - 1][: column - 1] if line <= len(lines) else "", complaint),
    )


def _advise(before: str, complaint: str) -> Message:
    if "Prefix not found" in complaint:
        found = re.search(r"([\w.\-]*):[^\s:]*$", before)
        name = found[1] if found else ""
        iri = PREFIXES.get(name, "http://...")
        return message('Declare the prefix: "PREFIX %(name)s: <%(iri)s>".', name=name, iri=iri)
    if "variable that is unbound" in complaint:
        return message("Group by the variable, or put it in an aggregate.")
    return message("Correct the text at or before this place.")
