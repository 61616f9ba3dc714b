"""Whether a text is SPARQL, and where it stops being so.

In: a text, or the engine's complaint about it. Out: nothing, or an error with line and column. The
engine lists every character class it would have taken; people need the place and the line.
"""

import re
from difflib import get_close_matches
from itertools import pairwise

import pyoxigraph

from ..errors import QuerySyntaxError
from ..i18n import Message, message
from ..vocabulary import PREFIXES
from .fault import Fault, find_fault
from .tokens import place_of, tokenize

__all__ = ["check_syntax", "explain_syntax"]

_PLACE = re.compile(r"error at (\d+):(\d+)")
_LONGEST_LINE = 120
_KEYWORDS = (
    *("ASK", "BASE", "BIND", "CONSTRUCT", "DESCRIBE", "DISTINCT", "EXISTS", "FILTER", "FROM"),
    *("GRAPH", "GROUP", "HAVING", "LIMIT", "MINUS", "NAMED", "OFFSET", "OPTIONAL", "ORDER"),
    *("PREFIX", "REDUCED", "SELECT", "SERVICE", "UNION", "VALUES", "WHERE"),
)
#: What to do about a query that is whole and still wrong, by what the engine says of it.
_ADVICE = {
    "variable that is unbound": message("Group by the variable, or put it in an aggregate."),
    "overrides an existing variable": message("Give the expression a variable of its own."),
    "Duplicated variable": message("Name each variable of SELECT once."),
    "SELECT * is not": message("Name the variables: * does not go with GROUP BY."),
}


def check_syntax(text: str) -> None:
    """Parse a query that is ours, against an empty store.

    :raises QuerySyntaxError: with line and column in ``where``.
    """
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError as error:
        raise explain_syntax(text, str(error)) from None


def explain_syntax(text: str, complaint: str) -> QuerySyntaxError:
    r"""Turn the engine's complaint into one sentence with the place of the word at fault.

    >>> print(explain_syntax("ASK {\n ?s ?p . }", "error at 2:9: expected one of ..."))
    2:8: The query is not SPARQL here: ' ?s ?p . }'. Correct the text at or before this place.
    """
    match = _PLACE.search(complaint)
    if match is None:
        return QuerySyntaxError(
            message("The query is not SPARQL: %(reason)s.", reason=complaint[:200].rstrip(".")),
            "1:1",
            message("Correct the text."),
        )
    lines = text.split("\n")
    told = sum(len(each) + 1 for each in lines[: int(match[1]) - 1]) + int(match[2]) - 1
    fault = find_fault(text, told, complaint)
    line, column = place_of(text, fault.offset)
    source = lines[line - 1]
    if len(source) > _LONGEST_LINE:
        start = max(0, min(column - _LONGEST_LINE // 2, len(source) - _LONGEST_LINE))
        source = "..." + source[start : start + _LONGEST_LINE] + "..."
    return QuerySyntaxError(
        message("The query is not SPARQL here: %(line)r.", line=source.rstrip("\r")),
        f"{line}:{column}",
        _advise(text, fault, complaint),
    )


def _advise(text: str, fault: Fault, complaint: str) -> Message:
    """Return how to mend a query, as far as the engine and the words before the place tell."""
    if name := _undeclared_prefix(text, fault.offset):
        iri = PREFIXES.get(name, "http://...")
        return message('Declare the prefix: "PREFIX %(name)s: <%(iri)s>".', name=name, iri=iri)
    for said, advice in _ADVICE.items():
        if said in complaint:
            return advice
    if fault.kind == "quote":
        return message("Close the text that begins here with %(quote)s.", quote=text[fault.offset])
    if fault.kind == "iri":
        return message("Correct the IRI: it holds what an IRI cannot, such as a space.")
    if fault.opened is not None:
        line, column = place_of(text, fault.opened.start)
        return message(
            "Close the %(bracket)s of line %(line)d, column %(column)d.",
            bracket=fault.opened.text,
            line=line,
            column=column,
        )
    if fault.kind == "end":
        return message("Complete the text: it ends too early.")
    word = re.match("[A-Za-z]{3,20}", text[fault.offset :])
    if word and (meant := get_close_matches(word[0].upper(), _KEYWORDS, 1, 0.75)):
        return message("Perhaps %(keyword)s is meant.", keyword=meant[0])
    return message("Correct the text at or before this place.")


def _undeclared_prefix(text: str, offset: int) -> str:
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
            return name if token.start <= offset else ""
    return ""
