"""Messages in two languages.

In: a message identifier (the English sentence) and its values. Out: the sentence in English or
Chinese. The language is chosen at the edge (a request, a terminal), so a message travels through
the house untranslated.
"""

import io
import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from typing import Any

__all__ = ["LANGUAGES", "Message", "language_of_terminal", "message", "translations"]

LANGUAGES = ("en", "zh")


@cache
def translations(language: str) -> NullTranslations:
    """Return the catalogue of a language; English is the language of the identifiers.

    :raises KeyError: for a language that is not in :data:`LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == "en":
        return NullTranslations()
    # Loaded for Chinese only: every worker that starts would pay for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    source = files("jsbio_kg") / "locale" / language / "LC_MESSAGES" / "messages.po"
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


@dataclass(frozen=True)
class Message:
    """One sentence with its values, not yet in any language.

    ``text`` is the English sentence with ``%(name)s`` places; ``str()`` gives it in English.

    >>> str(message("%(n)d findings.", n=3))
    '3 findings.'
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """Return the sentence in ``en`` or ``zh``; values that are messages follow."""
        values = {
            name: value.in_language(language) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        text = translations(language).gettext(self.text)
        return text % values if values else text

    def __str__(self) -> str:
        return self.in_language("en")


def message(text: str, **values: Any) -> Message:
    """Make a message; the name that the catalogue extractor looks for."""
    return Message(text, values)


def language_of_terminal(environment: Mapping[str, str] | None = None) -> str:
    """Return the language of the terminal: the first of LC_ALL, LC_MESSAGES, LANG that is set.

    >>> language_of_terminal({"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> language_of_terminal({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    'en'
    """
    environment = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if locale.normalize(value).lower().startswith("zh") else "en"
    return "en"
