"""Everything that can go wrong, and how it is said.

An error says *where: what. fix.*

::

    JsbioError
    ├── SourceError       a file of the project is missing, unreadable or unknown
    │   ├── TurtleError   it is not Turtle
    │   └── ShapeError    it is Turtle, and not what the model asks for
    ├── ReleaseError      a release is missing, broken or of another kind
    ├── QueryError        the caller's query or parameter is at fault
    │   ├── QuerySyntaxError      it is not SPARQL
    │   ├── QueryRefused          it asks for what is not given (SERVICE, remote FROM, an update)
    │   ├── NotAcceptable         the caller takes none of the formats that the answer has
    │   ├── ParameterError        a parameter of a saved query
    │   └── LimitError            it broke a limit
    │       ├── DeadlineExceeded
    │       ├── MemoryExceeded
    │       └── ResultTooLarge
    ├── NotFound          no such thing, query, graph or fact
    │   └── NotEntailed   a triple that does not follow
    └── StoreError        the store is at fault: down, slow, wrong
        └── Saturated     every worker is busy and the queue is full

Errors are caught at the edges only: the command line prints one line and exits with 1 (2 for wrong
usage), the web maps the class to a status.
"""

from .i18n import Message

__all__ = [
    "DeadlineExceeded",
    "JsbioError",
    "LimitError",
    "MemoryExceeded",
    "NotAcceptable",
    "NotEntailed",
    "NotFound",
    "ParameterError",
    "QueryError",
    "QueryRefused",
    "QuerySyntaxError",
    "ReleaseError",
    "ResultTooLarge",
    "Saturated",
    "ShapeError",
    "SourceError",
    "StoreError",
    "TurtleError",
]


class JsbioError(Exception):
    """An error that tells its reader where it is, what it is and how to fix it.

    :param what: one sentence with its full stop.
    :param where: a file with line, a parameter, a command; empty when the whole request is meant.
    :param fix: what to do, one sentence with its full stop.
    """

    def __init__(self, what: Message, where: str = "", fix: Message | None = None) -> None:
        super().__init__(what, where, fix)
        self.what = what
        self.where = where
        self.fix = fix

    def in_language(self, language: str) -> str:
        """Return *where: what. fix.* in ``en`` or ``zh``."""
        parts = [self.what.in_language(language)]
        if self.fix is not None:
            parts.append(self.fix.in_language(language))
        sentence = ("" if language == "zh" else " ").join(parts)
        return f"{self.where}: {sentence}" if self.where else sentence

    def __str__(self) -> str:
        return self.in_language("en")


class SourceError(JsbioError):
    """A file of the project is missing, unreadable or unknown."""


class TurtleError(SourceError):
    """A file is not Turtle; ``where`` holds file, line and column."""


class ShapeError(SourceError):
    """A file is Turtle, and not what the model asks for."""


class ReleaseError(JsbioError):
    """A release is missing, broken or of another kind."""


class QueryError(JsbioError):
    """The caller's query or parameter is at fault."""


class QuerySyntaxError(QueryError):
    """The text is not SPARQL; ``where`` holds line and column."""


class QueryRefused(QueryError):
    """The query asks for what is not given here."""


class NotAcceptable(QueryError):
    """The caller takes none of the formats that the answer has."""


class ParameterError(QueryError):
    """A parameter of a saved query is unknown, missing or of another type."""


class LimitError(QueryError):
    """The query broke a limit."""


class DeadlineExceeded(LimitError):
    """The query ran longer than its deadline."""


class MemoryExceeded(LimitError):
    """The query asked for more memory than a worker has."""


class ResultTooLarge(LimitError):
    """The result is larger than the byte cap."""


class NotFound(JsbioError):
    """There is no such thing, query, graph or fact."""


class NotEntailed(NotFound):
    """A triple is neither stated nor does it follow."""


class StoreError(JsbioError):
    """The store is at fault: down, slow or wrong."""


class Saturated(StoreError):
    """Every worker is busy and the queue is full."""
