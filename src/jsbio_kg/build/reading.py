"""Reading files: text, and the triples of Turtle, with errors that name the place.

In: a path or a text. Out: triples in the order written, their lexical forms untouched.
"""

import re
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Triple, parse

from ..errors import SourceError, TurtleError
from ..i18n import message

__all__ = ["read_text", "read_turtle"]

POSITION: Final = re.compile(
    r"^Parser error (?:at line \d+ (?:between columns \d+ and \d+|column \d+)"
    r"|between line \d+ column \d+ and line \d+ column \d+): "
)


def read_text(path: Path, name: str = "") -> str:
    """Return the text of a file.

    :param name: how the file is called in an error.
    :raises SourceError: when it is missing, unreadable or not UTF-8.
    """
    where = name or str(path)
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise SourceError(
            message("There is no such file."), where, message("Check the name of the file.")
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        column = error.start - error.object.rfind(b"\n", 0, error.start)
        raise TurtleError(
            message("A byte is not UTF-8."),
            f"{where}:{line}:{column}",
            message("Save the file as UTF-8."),
        ) from None
    except OSError as error:
        raise SourceError(
            message("The file cannot be read (%(reason)s).", reason=error.strerror or error),
            where,
            message("Check its permissions."),
        ) from None


def read_turtle(text: str, where: str = "") -> list[Triple]:
    """Return the triples of a Turtle text in the order written, lexical forms untouched.

    Blank nodes get names of their own, so that those of two files never meet.

    :raises TurtleError: with line, column and the offending line.
    """
    try:
        quads = parse(text.removeprefix("\ufeff"), RdfFormat.TURTLE, rename_blank_nodes=True)
        return [_plain(quad.triple, where) for quad in quads]
    except SyntaxError as error:
        raise _syntax_error(error, text, where) from None


def _plain(triple: Triple, where: str) -> Triple:
    if isinstance(triple.subject, Triple) or isinstance(triple.object, Triple):
        raise TurtleError(
            message("A triple stands inside another triple."),
            where,
            message("Describe it with an evidence record."),
        )
    return triple


def _syntax_error(error: SyntaxError, text: str, where: str) -> TurtleError:
    """Keep of the parser's report what helps: place, reason, the line."""
    lines = text.split("\n")
    line, column = error.lineno or 1, error.offset or 1
    reason = _shortened(POSITION.sub("", error.msg).rstrip("."), 120)
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    return TurtleError(
        message("This is not Turtle: %(reason)s.", reason=reason),
        f"{where}:{line}:{column}",
        message("Correct the line %(line)r.", line=_shortened(shown, 80)),
    )


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
