"""Where a text stops being SPARQL.

In: a text that is none, and the place that the engine tells. Out: the word at fault. The engine
tells the furthest place that it looked at, and to try a keyword of eight letters it looks eight
letters ahead; so its place is often too far. The word at fault is the first with which the text can
no longer be the beginning of a query, and that the engine can be asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph

from .tokens import Token, tokenize

__all__ = ["Fault", "extent_of", "find_fault"]

#: How far the engine looks ahead: its longest keyword, and some.
_AHEAD = 20
#: Spaces behind a beginning, more than the engine looks ahead, and a sign that no query has, so
#: that a beginning that happens to be whole is not run.
_TAIL = " " * (2 * _AHEAD) + "\0"
#: A longer text is not parsed again and again: the engine's own place has to do.
_LONGEST = 100_000
_CLOSING = {"{": "}", "(": ")", "[": "]", "{|": "|}", "<<": ">>", "<<(": ")>>"}
#: What the engine says of queries that are whole and still wrong.
_OF_SELECT = ("The SELECT ", "Duplicated variable", "SELECT * is not")


@dataclass(frozen=True)
class Fault:
    """A place in a text, and what is wrong there.

    :param kind: ``word``: a word that cannot stand there; ``end``: the text ends too early;
        ``quote``: a text that begins there does not end; ``iri``: it is no IRI; ``select``: the
        clause is wrong as a whole.
    :param opened: at an end, the bracket that is still open.
    """

    offset: int
    kind: Literal["word", "end", "quote", "iri", "select"]
    opened: Token | None = None


def find_fault(text: str, told: int, complaint: str) -> Fault:
    """Return the place at fault.

    :param told: the offset that the engine tells.
    :param complaint: what it says.

    >>> text = "SELECT * { ?s a ?o FILTR } LIMIT 3"
    >>> find_fault(text, 27, "expected OPTIONAL").offset == text.index("FILTR")
    True
    """
    if len(text) > _LONGEST:
        return Fault(told, "word")
    tokens = list(tokenize(text))
    wrong = _first_wrong(text, tokens, told)
    limit = len(text) if wrong is None else wrong.start
    for token in tokens:
        if token.start <= limit and token.kind == "unknown" and token.text in "\"'":
            return Fault(token.start, "quote")
    if any(each in complaint for each in _OF_SELECT) and (found := _select(tokens, wrong)):
        return Fault(found.start, "select")
    if "IRI parsing failed" in complaint and (start := text.rfind("<", 0, told)) >= 0:
        return Fault(start, "iri")
    if wrong is not None:
        return Fault(wrong.start, "word")
    return Fault(len(text.rstrip()), "end", _still_open(tokens))


def extent_of(text: str, line: int, column: int) -> tuple[int, int]:
    """Return where the word at a place starts and ends; at the end of a text there is none.

    >>> extent_of("SELECT ?x WHERE ?s", 1, 17)
    (16, 18)
    """
    lines = text.split("\n")
    start = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    for token in tokenize(text):
        if token.start <= start < token.end:
            rest = text[start:].partition("\n")[0].rstrip()
            if token.kind == "unknown" and token.text in "\"'":
                return start, start + len(rest)
            if token.is_mark("<") and ">" in rest:
                return start, start + rest.index(">") + 1
            return start, token.end
    return start, start


def _first_wrong(text: str, tokens: Sequence[Token], told: int) -> Token | None:
    """Return the first token with which the text begins no query; nothing: it does to its end."""
    near = [token for token in tokens if token.start <= told and token.end >= told - _AHEAD]
    store = pyoxigraph.Store()
    low, high = 0, len(near)
    while low < high:
        middle = (low + high) // 2
        if _begins_query(store, text[: near[middle].end]):
            low = middle + 1
        else:
            high = middle
    return near[low] if low < len(near) else None


def _begins_query(store: pyoxigraph.Store, text: str) -> bool:
    """Tell whether the engine finds nothing wrong up to the end of a text."""
    try:
        store.query(text + _TAIL)
    except SyntaxError as error:
        return _offset(text + _TAIL, str(error)) >= len(text) + 2 * _AHEAD
    return True


def _offset(text: str, complaint: str) -> int:
    line, column = complaint.removeprefix("error at ").split(":", 2)[:2]
    lines = text.split("\n")
    return sum(len(each) + 1 for each in lines[: int(line) - 1]) + int(column) - 1


def _select(tokens: Sequence[Token], wrong: Token | None) -> Token | None:
    """Return the SELECT that ends before a token, or that of the whole."""
    if wrong is None:
        return next((token for token in tokens if token.is_word("SELECT")), None)
    before = [token for token in tokens if token.start < wrong.start and token.is_word("SELECT")]
    return next((token for token in reversed(before) if token.depth > wrong.depth), None)


def _still_open(tokens: Sequence[Token]) -> Token | None:
    """Return the innermost bracket that is not closed."""
    held: list[Token] = []
    for token in tokens:
        if token.is_mark(*_CLOSING):
            held.append(token)
        elif held and token.is_mark(_CLOSING[held[-1].text]):
            held.pop()
    return held[-1] if held else None
