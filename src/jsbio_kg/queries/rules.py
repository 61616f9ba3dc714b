"""The rules that a saved query keeps, so that it runs anywhere, answers the same, and ends.

In: a header and the structure of the text. Out: nothing, or the first broken rule as an error.
"""

from collections.abc import Mapping
from itertools import pairwise

from ..errors import SourceError
from ..i18n import Message, message
from .header import Header
from .structure import Structure, ValuesBlock
from .tokens import Token, place_of

__all__ = ["check_rules"]


def check_rules(
    header: Header, structure: Structure, prefixes: Mapping[str, str]
) -> Mapping[str, ValuesBlock]:
    """Check a saved query and return the block of each parameter.

    :param prefixes: the prefixes that a query may declare, and what they stand for.

    :raises SourceError: for the first rule that is broken.
    """
    rules = _Rules(header, structure, prefixes)
    rules.check_form()
    rules.check_prefixes()
    rules.check_order()
    rules.check_patterns()
    rules.check_columns()
    return rules.match_parameters()


class _Rules:
    def __init__(self, header: Header, structure: Structure, prefixes: Mapping[str, str]) -> None:
        self.header = header
        self.structure = structure
        self.prefixes = prefixes

    def fail(self, offset: int, what: Message, fix: Message) -> SourceError:
        line, column = place_of(self.structure.text, offset)
        return SourceError(what, f"{self.header.name}:{line}:{column}", fix)

    def check_form(self) -> None:
        if self.structure.form is None:
            raise self.fail(
                0,
                message("The file holds no query."),
                message("Write a SELECT, ASK, CONSTRUCT or DESCRIBE below the header."),
            )
        for token, after in self.pairs():
            if token.is_word("SELECT", "DISTINCT", "REDUCED") and after.is_mark("*"):
                raise self.fail(
                    after.start,
                    message("The columns are not named."),
                    message('Write each variable instead of "*".'),
                )
            if token.is_word("SERVICE"):
                raise self.fail(
                    token.start,
                    message("The query asks another endpoint by SERVICE."),
                    message("Bring what it needs into the graph as reference data."),
                )

    def pairs(self) -> list[tuple[Token, Token]]:
        return list(pairwise(self.structure.tokens))

    def check_prefixes(self) -> None:
        for name, iri, offset in self.structure.prefixes:
            if name not in self.prefixes:
                raise self.fail(
                    offset,
                    message("The prefix %(name)s: is not one of the project's.", name=name),
                    message("Add it in vocabulary.py, or write the IRI in full."),
                )
            if self.prefixes[name] != iri:
                raise self.fail(
                    offset,
                    message("The prefix %(name)s: stands for another IRI.", name=name),
                    message(
                        'Write "PREFIX %(name)s: <%(iri)s>".', name=name, iri=self.prefixes[name]
                    ),
                )

    def check_order(self) -> None:
        structure = self.structure
        if structure.form == "SELECT" and not (structure.is_ordered or structure.is_single_row):
            raise self.fail(
                structure.tokens[-1].start,
                message("The rows have no order."),
                message("End the query with ORDER BY and columns that tell every row apart."),
            )

    def check_patterns(self) -> None:
        tokens = self.structure.tokens
        for position, (token, after) in enumerate(self.pairs()):
            if not (token.is_word("NOT") and after.is_word("EXISTS")):
                continue
            inside = position + 3
            depth = tokens[position + 2].depth
            end = inside
            while end < len(tokens) and tokens[end].depth > depth:
                end += 1
            if _count_patterns(tokens[inside:end]) > 1:
                raise self.fail(
                    token.start,
                    message(
                        "NOT EXISTS holds several patterns, which takes time with the square of "
                        "the data."
                    ),
                    message("Write MINUS { ... } with the same patterns."),
                )

    def check_columns(self) -> None:
        named = [(name, name) for name in self.header.values.get("columns") or {}]
        figure = self.header.values.get("figure") or {}
        named += [("figure", column) for role, column in figure.items() if role != "kind"]
        for key, name in named:
            if name not in self.structure.columns:
                raise SourceError(
                    message("The query has no column %(name)r.", name=name),
                    self.header.where(key),
                    message("Use one of: %(known)s.", known=", ".join(self.structure.columns)),
                )

    def match_parameters(self) -> Mapping[str, ValuesBlock]:
        declared = self.header.values.get("params") or {}
        blocks: dict[str, ValuesBlock] = {}
        for block in self.structure.blocks:
            if block.variable not in declared:
                raise self.fail(
                    block.position,
                    message("The parameter ?%(name)s is not declared.", name=block.variable),
                    message(
                        'Declare it under "#+ params:", or write fixed values as '
                        "VALUES (?%(name)s) { (...) }.",
                        name=block.variable,
                    ),
                )
            if block.variable in blocks or block.is_trailing:
                raise self.fail(
                    block.position,
                    message(
                        "The parameter ?%(name)s needs exactly one VALUES block, inside WHERE.",
                        name=block.variable,
                    ),
                    message("Leave one block and let the patterns share the variable."),
                )
            blocks[block.variable] = block
        for name in declared:
            if name not in blocks:
                raise SourceError(
                    message("The parameter %(name)r is declared and not used.", name=name),
                    self.header.where(name),
                    message("Add VALUES ?%(name)s { ... } with the example value.", name=name),
                )
        return blocks


def _count_patterns(tokens: tuple[Token, ...]) -> int:
    """Count the triple patterns between two braces; anything nested counts as one more."""
    if not tokens:
        return 0
    base = tokens[0].depth
    count, opened, filtered = 0, False, False
    for token in tokens:
        if token.is_mark(".", ";", ",") and token.depth == base:
            opened, filtered = token.text in ";,", False
            count += opened
        elif token.is_word("FILTER", "BIND") and token.depth == base:
            opened, filtered = True, True
        elif token.is_mark("{") and not filtered:
            count += 1
        elif not opened:
            opened = True
            count += 1
    return count
