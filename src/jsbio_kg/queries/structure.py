"""What a query is made of, read from its tokens: form, columns, prefixes, blocks of values.

In: the text of a saved query, which is ours. Out: a :class:`Structure`. Whether the text is SPARQL
at all is the engine's to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from .tokens import Token, tokenize

__all__ = ["Form", "Structure", "ValuesBlock", "read_structure"]

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


@dataclass(frozen=True)
class ValuesBlock:
    """A ``VALUES ?name { ... }``: its variable and the offsets between the braces."""

    variable: str
    start: int
    end: int
    terms: tuple[str, ...]
    position: int
    is_trailing: bool


@dataclass(frozen=True)
class Structure:
    """The parts of a query that the project's rules speak of."""

    text: str
    tokens: tuple[Token, ...]
    form: Form | None
    prefixes: tuple[tuple[str, str, int], ...]
    columns: tuple[str, ...]
    blocks: tuple[ValuesBlock, ...]
    limit: tuple[Token, Token] | None
    offset: tuple[Token, Token] | None
    is_ordered: bool
    is_single_row: bool


def read_structure(text: str) -> Structure:
    """Read the structure of a query.

    >>> read_structure("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b } GROUP BY ?a").columns
    ('a', 'n')
    """
    tokens = tuple(tokenize(text))
    form_at = next((i for i, token in enumerate(tokens) if token.is_word(*get_args(Form))), None)
    form: Form | None = None
    if form_at is not None:
        form = tokens[form_at].text.upper()  # type: ignore[assignment]
    head = _projection(tokens, form_at) if form == "SELECT" and form_at is not None else ()
    top = tuple(token for token in tokens if token.depth == 0)
    limit = _modifier(top, "LIMIT")
    return Structure(
        text=text,
        tokens=tokens,
        form=form,
        prefixes=tuple(_prefixes(tokens[:form_at])),
        columns=_columns(head),
        blocks=tuple(_blocks(tokens)),
        limit=limit,
        offset=_modifier(top, "OFFSET"),
        is_ordered=_follows(top, "ORDER"),
        is_single_row=(limit is not None and limit[1].text == "1")
        or (_is_aggregated(head) and not _follows(top, "GROUP")),
    )


def _follows(top: Sequence[Token], word: str) -> bool:
    return any(token.is_word(word) and after.is_word("BY") for token, after in pairwise(top))


def _modifier(top: Sequence[Token], word: str) -> tuple[Token, Token] | None:
    for token, after in pairwise(top):
        if token.is_word(word) and after.kind == "number":
            return token, after
    return None


def _prefixes(prologue: Sequence[Token]) -> list[tuple[str, str, int]]:
    return [
        (name.text.rstrip(":"), iri.text[1:-1], word.start)
        for word, name, iri in zip(prologue, prologue[1:], prologue[2:], strict=False)
        if word.is_word("PREFIX") and iri.kind == "iri"
    ]


def _projection(tokens: Sequence[Token], form_at: int) -> tuple[Token, ...]:
    head = []
    for token in tokens[form_at + 1 :]:
        if token.depth == 0 and (token.is_word("WHERE", "FROM") or token.is_mark("{")):
            break
        head.append(token)
    return tuple(head)


def _columns(head: Sequence[Token]) -> tuple[str, ...]:
    return tuple(
        token.text[1:]
        for position, token in enumerate(head)
        if token.kind == "variable"
        and (token.depth == 0 or (token.depth == 1 and head[position - 1].is_word("AS")))
    )


def _is_aggregated(head: Sequence[Token]) -> bool:
    """Tell whether every column is an aggregate, so that one row comes without GROUP BY."""
    if any(token.kind == "variable" and token.depth == 0 for token in head):
        return False
    return any(token.is_word(*_AGGREGATES) for token in head)


def _blocks(tokens: Sequence[Token]) -> list[ValuesBlock]:
    found = []
    for position, token in enumerate(tokens[:-2]):
        variable, brace = tokens[position + 1 : position + 3]
        if not (token.is_word("VALUES") and variable.kind == "variable" and brace.is_mark("{")):
            continue
        inside = position + 3
        while inside < len(tokens) and tokens[inside].depth > brace.depth:
            inside += 1
        if inside == len(tokens):
            break
        terms = _terms(tokens[position + 3 : inside])
        found.append(
            ValuesBlock(
                variable.text[1:],
                brace.end,
                tokens[inside].start,
                terms,
                token.start,
                token.depth == 0,
            )
        )
    return found


def _terms(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Join the tokens of one block into terms: a text and its language or datatype are one."""
    terms: list[str] = []
    joined = False
    for token in tokens:
        if terms and (joined or token.kind == "language" or token.is_mark("^^")):
            terms[-1] += token.text
            joined = token.is_mark("^^")
        else:
            joined = token.is_mark("-", "+")
            terms.append(token.text)
    return tuple(terms)
