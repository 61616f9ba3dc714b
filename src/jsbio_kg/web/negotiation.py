"""Which representation a client wants (RFC 9110, section 12.5).

In: an ``Accept`` or ``Accept-Language`` header and what there is. Out: the best of it. Quality
first; of two that a client likes as much, the one it named more precisely; then our own order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..i18n import LANGUAGES
from ..store import Format

__all__ = ["Choice", "choose_format", "choose_language", "choose_type", "parse_weighted"]


@dataclass(frozen=True)
class Choice:
    """A format and the name under which the client asked for it."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        """Return the value of the Content-Type header."""
        is_text = self.media_type.startswith("text/")
        return self.media_type + ("; charset=utf-8" if is_text else "")


@lru_cache(maxsize=4096)
def parse_weighted(header: str) -> tuple[tuple[str, float], ...]:
    """Read a list of values with weights; what is not one is passed over.

    >>> parse_weighted("text/turtle;q=0.5, */*;q=0")
    (('text/turtle', 0.5), ('*/*', 0.0))
    """
    found = []
    for element in header.split(","):
        value, *parameters = (part.strip() for part in element.split(";"))
        if value:
            found.append((value.lower(), _weight(parameters)))
    return tuple(found)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value.strip())))
            except ValueError:
                return 0.0
    return 1.0


def _rank(media_type: str, weighted: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """Return the weight of the most precise range that covers a type, and how precise it is."""
    best = (0.0, -1)
    for value, weight in weighted:
        if value == media_type:
            precision = 2
        elif value.endswith("/*") and media_type.startswith(value[:-1]):
            precision = 1
        elif value == "*/*":
            precision = 0
        else:
            continue
        if precision > best[1] or (precision == best[1] and weight > best[0]):
            best = (weight, precision)
    return best


@lru_cache(maxsize=4096)
def choose_type(accept: str, offered: tuple[str, ...]) -> str | None:
    """Return the best of the offered media types, or nothing; no header means the first.

    >>> choose_type("text/*;q=0.3, text/csv", ("application/json", "text/csv"))
    'text/csv'
    """
    if not accept.strip():
        return offered[0] if offered else None
    weighted = parse_weighted(accept)
    ranked = [(*_rank(media_type, weighted), -i) for i, media_type in enumerate(offered)]
    best = max(ranked, default=(0.0, -1, 0))
    return offered[-best[2]] if best[0] > 0 else None


@lru_cache(maxsize=4096)
def choose_format(accept: str, offered: tuple[Format, ...]) -> Choice | None:
    """Return the best of the offered formats, or nothing."""
    names = [(media_type, each) for each in offered for media_type in each.media_types[:1]]
    names += [(media_type, each) for each in offered for media_type in each.media_types[1:]]
    best = choose_type(accept, tuple(dict.fromkeys(name for name, _ in names)))
    return next((Choice(each, name) for name, each in names if name == best), None)


def choose_language(asked: str, accept: str) -> str:
    """Return ``en`` or ``zh``: what ``?lang=`` asks for, else what ``Accept-Language`` prefers.

    >>> choose_language("", "fr, zh-CN;q=0.8, en;q=0.7")
    'zh'
    """
    if (primary := asked.lower().split("-")[0]) in LANGUAGES:
        return primary
    best, weight = "en", 0.0
    for value, quality in parse_weighted(accept):
        primary = value.split("-")[0]
        if primary in LANGUAGES and quality > weight:
            best, weight = primary, quality
    return best
