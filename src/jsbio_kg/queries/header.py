"""The header of a saved query: the ``#+`` lines, which are YAML (grlc's convention).

In: the text of a ``.rq`` file. Out: what the header says, checked key by key. Knows no SPARQL.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..errors import SourceError
from ..i18n import message
from .terms import TYPES

__all__ = ["FIGURE_KINDS", "FIGURE_ROLES", "Header", "read_header", "read_keys"]

_REQUIRED = ("summary", "summary_zh", "description", "description_zh", "tags")
_KEYS = (*_REQUIRED, "params", "figure", "columns")
_PARAMETER_KEYS = ("type", "label", "label_zh", "class", "query", "values", "optional")
FIGURE_KINDS = ("bars", "tiles", "map", "timeline")
#: What a column can be in a figure.
FIGURE_ROLES = (
    *("label", "value", "lower", "upper", "moreThan", "lessThan"),
    *("group", "year", "place", "geometry", "link"),
)


@dataclass(frozen=True)
class Header:
    """The checked header; ``where`` is file and line for errors about a key."""

    values: Mapping[str, Any]
    name: str
    lines: Mapping[str, int]

    def where(self, key: str = "") -> str:
        """Return file and line of a key."""
        return f"{self.name}:{self.lines.get(key, 1)}"


@cache
def _loader() -> Any:
    """Return a reader of safe YAML that refuses the same key twice.

    Made when first needed: a worker imports this room and reads no header.
    """
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    def construct(loader: Any, node: Any) -> dict[Hashable, Any]:
        keys = [loader.construct_object(key) for key, _ in node.value]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                mark = node.value[position][0].start_mark
                raise yaml.MarkedYAMLError(problem=f"key {key!r} twice", problem_mark=mark)
        made: dict[Hashable, Any] = loader.construct_mapping(node, deep=True)
        return made

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, construct)
    return Loader


def read_header(text: str, name: str) -> Header:
    """Read and check the ``#+`` lines at the top of a saved query.

    :param name: the file, for errors.
    :raises SourceError: when a key is unknown, missing or of another type.
    """
    header = read_keys(text, name)
    _check(header)
    return header


def read_keys(text: str, name: str) -> Header:
    """Read the ``#+`` lines at the top of a query, whatever their keys are.

    :param name: the file, for errors.
    :raises SourceError: when there are none, or they are not YAML.
    """
    lines = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        lines.append(line[3:] if line.startswith("#+ ") else line[2:])
    if not lines:
        raise SourceError(
            message("The query has no header."),
            f"{name}:1",
            message('Begin the file with "#+ summary: ..." and the other keys.'),
        )
    import yaml

    try:
        values = yaml.load("\n".join(lines), _loader())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 1}:{mark.column + 4}" if mark else f"{name}:1"
        problem = getattr(error, "problem", None) or "unreadable"
        raise SourceError(
            message("The header is not YAML: %(problem)s.", problem=problem),
            place,
            message("Correct that line; quote a text that holds a colon."),
        ) from None
    return Header(values if isinstance(values, dict) else {}, name, _key_lines(lines))


def _key_lines(lines: list[str]) -> dict[str, int]:
    return {
        line.partition(":")[0].strip(): number
        for number, line in reversed(list(enumerate(lines, 1)))
        if ":" in line
    }


def _check(header: Header) -> None:
    for key in header.values:
        _refuse_unknown(header, str(key), _KEYS)
    for key in _REQUIRED:
        if not header.values.get(key):
            raise SourceError(
                message("The header has no %(key)r.", key=key),
                header.where(),
                message('Add a line "#+ %(key)s: ...".', key=key),
            )
    for key in _REQUIRED[:-1]:
        _check_text(header, key, header.values[key])
    tags = header.values["tags"]
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise SourceError(
            message("The tags are not a list of words."),
            header.where("tags"),
            message('Write "#+ tags: [parks, ranking]"; the first is the group.'),
        )
    for name, parameter in _mapping(header, "params").items():
        _check_parameter(header, str(name), parameter)
    for name, column in _mapping(header, "columns").items():
        _check_labels(header, str(name), column, ("label", "label_zh"))
    _check_figure(header)


def _refuse_unknown(header: Header, key: str, known: tuple[str, ...]) -> None:
    if key not in known:
        raise SourceError(
            message("The header has a key %(key)r that is not known.", key=key),
            header.where(key),
            message("Use only these keys: %(known)s.", known=", ".join(known)),
        )


def _check_text(header: Header, key: str, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise SourceError(
            message("The value of %(key)r is not a text.", key=key),
            header.where(key),
            message("Write one line of text; quote it when it holds a colon."),
        )


def _mapping(header: Header, key: str) -> dict[Any, Any]:
    value = header.values.get(key) or {}
    if not isinstance(value, dict):
        raise SourceError(
            message("The value of %(key)r is not a mapping.", key=key),
            header.where(key),
            message("Write one indented line for each name."),
        )
    return value


def _check_labels(header: Header, name: str, value: Any, known: tuple[str, ...]) -> None:
    if not isinstance(value, dict):
        raise SourceError(
            message("The value of %(key)r is not a mapping.", key=name),
            header.where(name),
            message('Write "%(name)s: {label: ..., label_zh: ...}".', name=name),
        )
    for key in value:
        _refuse_unknown(header, str(key), known)
    for key in ("label", "label_zh"):
        if not isinstance(value.get(key), str):
            raise SourceError(
                message("%(name)r has no %(key)r.", name=name, key=key),
                header.where(name),
                message("Give each parameter and column a label in English and in Chinese."),
            )


def _check_parameter(header: Header, name: str, value: Any) -> None:
    _check_labels(header, name, value, _PARAMETER_KEYS)
    if value.get("type") not in TYPES:
        raise SourceError(
            message("%(type)r is not a type of parameter.", type=value.get("type")),
            header.where(name),
            message("Use one of: %(types)s.", types=", ".join(TYPES)),
        )
    values = value.get("values")
    if (value["type"] == "enum") != isinstance(values, list):
        raise SourceError(
            message("A parameter has values when it is an enum, and only then."),
            header.where(name),
            message('Write "type: enum, values: [a, b]", or choose another type.'),
        )
    if not isinstance(value.get("optional", False), bool):
        raise SourceError(
            message("The value of %(key)r is not a yes or no.", key="optional"),
            header.where(name),
            message('Write "optional: true", or leave it out.'),
        )


def _check_figure(header: Header) -> None:
    figure = _mapping(header, "figure")
    if not figure:
        return
    if figure.get("kind") not in FIGURE_KINDS:
        raise SourceError(
            message("%(kind)r is not a kind of figure.", kind=figure.get("kind")),
            header.where("figure"),
            message("Use one of: %(kinds)s.", kinds=", ".join(FIGURE_KINDS)),
        )
    for key in figure:
        _refuse_unknown(header, str(key), ("kind", *FIGURE_ROLES))
