"""Saved queries: one ``.rq`` file, one question, many faces.

In: files. Out: :class:`SavedQuery` values that know their question in two languages, their
parameters, and how to put RDF terms in place of the committed example.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import ParameterError, QuerySyntaxError, SourceError
from ..i18n import message
from ..vocabulary import BASE, prefixes_under
from .header import Header, read_header
from .rules import check_rules
from .structure import Form, Structure, ValuesBlock, read_structure
from .syntax import check_syntax
from .terms import ParameterType, serialize_value

__all__ = ["MOST_VALUES", "Parameter", "SavedQuery", "load_queries", "load_query", "read_query"]

#: How many values one parameter takes at once.
MOST_VALUES = 100
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
Labels = Mapping[str, str]


@dataclass(frozen=True)
class Parameter:
    """A variable of a saved query that its caller may bind.

    ``default`` holds the terms of the committed block as written there. An optional parameter
    without a value is ``UNDEF``: the block then restricts nothing.
    """

    name: str
    type: ParameterType
    label: Labels
    default: tuple[str, ...]
    class_iri: str = ""
    query: str = ""
    values: tuple[str, ...] = ()
    is_optional: bool = False
    base: str = BASE

    def serialize(self, values: Sequence[str]) -> str:
        """Return what goes between the braces of the block.

        :raises ParameterError: naming this parameter, when a value is not of its type.
        """
        given = [value for value in values if value != ""]
        if not given and self.is_optional:
            return "UNDEF"
        if not given:
            raise ParameterError(
                message("The parameter has no value."),
                self.name,
                message("Give a value, or leave the parameter out to use the example."),
            )
        if len(given) > MOST_VALUES:
            raise ParameterError(
                message("The parameter has %(count)d values.", count=len(given)),
                self.name,
                message("Give at most %(most)d.", most=MOST_VALUES),
            )
        return " ".join(dict.fromkeys(map(self.term, given)))

    def term(self, value: str) -> str:
        """Return one value in SPARQL syntax.

        :raises ParameterError: naming this parameter, when the value is not of its type.
        """
        prefixes = prefixes_under(self.base)
        return serialize_value(self.type, value, self.name, self.values, prefixes)


@dataclass(frozen=True)
class SavedQuery:
    """A question with its SPARQL text; runnable as it is committed."""

    name: str
    text: str
    summary: Labels
    description: Labels
    tags: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Labels]
    figure: Mapping[str, str]
    blocks: Mapping[str, ValuesBlock] = field(repr=False)
    structure: Structure = field(repr=False)
    base: str = BASE

    @property
    def iri(self) -> str:
        """Return the IRI of the query."""
        return f"{self.base}queries/{self.name}"

    @property
    def group(self) -> str:
        """Return the first tag."""
        return self.tags[0]

    @property
    def kind(self) -> Form:
        """Return the form of the query."""
        assert self.structure.form is not None
        return self.structure.form

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """Return the names of the columns, in order."""
        return self.structure.columns

    def bind(
        self,
        values: Mapping[str, Sequence[str]],
        limit: int | None = None,
        offset: int = 0,
    ) -> str:
        """Return the text with a caller's values in place of the committed ones.

        A parameter that is not given keeps its example. ``limit`` and ``offset`` cut a page out of
        the rows, in the query's own order and inside its own limit.

        :raises ParameterError: when a parameter is unknown or a value is not of its type.
        """
        for name in values:
            if name not in self.parameters:
                raise self._unknown(name)
        changes = [
            (self.blocks[name].start, self.blocks[name].end, f" {terms} ")
            for name, given in values.items()
            for terms in [self.parameters[name].serialize(given)]
        ]
        changes += self._page(limit, offset)
        text = self.text
        for start, end, replacement in sorted(changes, reverse=True):
            text = text[:start] + replacement + text[end:]
        return text

    def _unknown(self, name: str) -> ParameterError:
        if self.parameters:
            known = ", ".join(self.parameters)
            fix = message("The query takes: %(known)s.", known=known)
        else:
            fix = message("The query takes no parameter.")
        return ParameterError(
            message("The query %(query)s has no such parameter.", query=self.name), name, fix
        )

    def _page(self, limit: int | None, offset: int) -> list[tuple[int, int, str]]:
        if self.kind != "SELECT" or (limit is None and offset == 0):
            return []
        own_limit, own_offset = self.structure.limit, self.structure.offset
        changes = [
            (word.start, number.end, "")
            for word, number in (pair for pair in (own_limit, own_offset) if pair)
        ]
        if own_limit:
            rest = max(0, int(own_limit[1].text) - offset)
            limit = rest if limit is None else min(limit, rest)
        start = int(own_offset[1].text) + offset if own_offset else offset
        clause = f"\nLIMIT {limit}" if limit is not None else ""
        clause += f"\nOFFSET {start}" if start else ""
        end = self.structure.tokens[-1].end
        return [*changes, (end, end, clause)]


def load_queries(folder: Path, base: str = BASE) -> dict[str, SavedQuery]:
    """Read every ``.rq`` file of a folder, by name.

    :param base: the address that the queries and the things they name are published under.

    :raises SourceError: for the first file that breaks a rule.
    """
    found = {path.stem: load_query(path, base) for path in sorted(folder.glob("*.rq"))}
    for query in found.values():
        for parameter in query.parameters.values():
            if parameter.query and parameter.query not in found:
                raise SourceError(
                    message("There is no query %(name)r to pick from.", name=parameter.query),
                    f"{folder.name}/{query.name}.rq",
                    message("Name a file of this folder, without .rq."),
                )
    return found


def load_query(path: Path, base: str = BASE) -> SavedQuery:
    """Read one file.

    :raises SourceError: when it is missing, not UTF-8, or breaks a rule.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(
            message("The file cannot be read: %(reason)s.", reason=error.strerror or "?"),
            name,
            message("Check its name and its rights."),
        ) from None
    except UnicodeDecodeError:
        raise SourceError(
            message("The file is not UTF-8."), name, message("Save it as UTF-8.")
        ) from None
    return read_query(path.stem, text, name, base)


def read_query(name: str, text: str, where: str, base: str = BASE) -> SavedQuery:
    """Make a saved query from the text of its file.

    :raises SourceError: when it breaks a rule.
    """
    if not _NAME.match(name):
        raise SourceError(
            message("The name of a query is part of its IRI, and %(name)r is none.", name=name),
            where,
            message("Use lower-case letters, digits and hyphens."),
        )
    header = read_header(text, where)
    structure = read_structure(text)
    blocks = check_rules(header, structure, prefixes_under(base))
    try:
        check_syntax(text)
    except QuerySyntaxError as error:
        raise SourceError(error.what, f"{where}:{error.where}", error.fix) from None
    values = header.values
    return SavedQuery(
        name=name,
        text=text,
        summary={"en": values["summary"], "zh": values["summary_zh"]},
        description={"en": values["description"], "zh": values["description_zh"]},
        tags=tuple(values["tags"]),
        parameters={
            key: _parameter(header, key, item, blocks[key], base)
            for key, item in (values.get("params") or {}).items()
        },
        columns={key: _labels(item) for key, item in (values.get("columns") or {}).items()},
        figure=dict(values.get("figure") or {}),
        blocks=blocks,
        structure=structure,
        base=base,
    )


def _labels(item: Mapping[str, Any]) -> Labels:
    return {"en": item["label"], "zh": item["label_zh"]}


def _parameter(
    header: Header, name: str, item: Mapping[str, Any], block: ValuesBlock, base: str
) -> Parameter:
    parameter = Parameter(
        name=name,
        type=item["type"],
        label=_labels(item),
        default=tuple(term for term in block.terms if term.upper() != "UNDEF"),
        class_iri=item.get("class", ""),
        query=item.get("query", ""),
        values=tuple(str(value) for value in item.get("values", ())),
        is_optional=item.get("optional", False),
        base=base,
    )
    try:
        for term in parameter.default:
            value = (
                term[1:-1] if parameter.type in ("string", "enum") and term[0] in "\"'" else term
            )
            parameter.term(value)
        parameter.serialize([]) if not parameter.default else None
    except ParameterError as error:
        raise SourceError(error.what, header.where(name), error.fix) from None
    return parameter
