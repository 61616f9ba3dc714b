"""A finding: something in the project's files that is not as it should be, said as errors are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import JsbioError
from ..i18n import Message

__all__ = ["Finding", "OwnWords"]


@dataclass(frozen=True)
class Finding:
    """What is not as it should be, where, and how to fix it.

    :param where: file, with line and column where there are any.
    """

    where: str
    what: Message
    fix: Message | None = None

    @classmethod
    def from_error(cls, error: JsbioError) -> "Finding":
        """Return an error as a finding."""
        return cls(error.where, error.what, error.fix)

    def in_language(self, language: str) -> str:
        """Return the finding in ``en`` or ``zh``."""
        return JsbioError(self.what, self.where, self.fix).in_language(language)

    def __str__(self) -> str:
        return self.in_language("en")


@dataclass(frozen=True)
class OwnWords(Message):
    """A message that brings its translations along, such as that of a shape.

    >>> OwnWords("One label.", by_language={"zh": "一个名称。"}).in_language("zh")
    '一个名称。'
    """

    by_language: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """Return its own words in a language, or those it has."""
        return self.by_language.get(language, self.text)
