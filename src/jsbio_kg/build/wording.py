"""Whether a text says a name: the rules behind the evidence check.

In: a sentence and what is looked for. Out: yes or no. The rules are strict on purpose; what a
sentence does not say literally has to be licensed by a reading.
"""

import re
from functools import cache

__all__ = ["has_citation_marker", "has_wording"]


def has_citation_marker(text: str, number: str) -> bool:
    """Whether a text carries a bracketed number.

    >>> has_citation_marker("growth by 2030 [1][2].", "2")
    True
    """
    return f"[{number}]" in text


def has_wording(text: str, wording: str) -> bool:
    r"""Whether a text has a name in it, as whole words; case, line breaks, plurals are folded.

    >>> has_wording("over 300 Innovation\nplatforms", "innovation platform")
    True
    >>> has_wording("the bio-pharmaceutical industry", "pharmaceutical industry")
    False
    """
    return _pattern(wording).search(text) is not None


@cache
def _pattern(wording: str) -> re.Pattern[str]:
    words = wording.split()
    if not words:
        return re.compile(r"(?!)")
    first, last = wording.strip()[0], wording.strip()[-1]
    before = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z]-)" if _is_ascii_word(first) else ""
    after = r"(?![0-9A-Za-z])(?!-[0-9A-Za-z])" if _is_ascii_word(last) else ""
    body = r"\s+".join([*map(re.escape, words[:-1]), _either_number(words[-1])])
    return re.compile(before + body + after, re.IGNORECASE)


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _either_number(word: str) -> str:
    """Return a pattern of a word in singular and plural: the simple forms only."""
    for ending, pattern in (("ies", "(?:y|ies)"), ("y", "(?:y|ies)"), ("ss", "ss(?:es)?")):
        if word.lower().endswith(ending) and len(word) > len(ending) + 1:
            return re.escape(word[: -len(ending)]) + pattern
    if len(word) < 3 or not word[-1].isalpha() or not word.isascii():
        return re.escape(word)
    return re.escape(word.removesuffix("s")) + "s?"
