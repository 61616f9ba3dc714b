"""Validators, conditions and ranges (RFC 9110, sections 8.8, 13 and 14).

In: the bytes of a representation and what a client says it has. Out: its strong tag, and whether to
send all of it, a part of it, nothing, or a refusal.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

__all__ = ["Part", "etag_of_digest", "evaluate", "make_etag", "read_range"]

_TAG = re.compile(r'(?:W/)?"[^"]*"')
_RANGE = re.compile(r"bytes=\s*(\d{0,99})-(\d{0,99})\s*\Z", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A range of bytes, the last included; ``None`` for both: it cannot be satisfied."""

    first: int | None
    last: int | None


def make_etag(body: bytes) -> str:
    """Return the strong tag of a body.

    >>> make_etag(b"")
    '"47DEQpj8HBSa-_TImW-5JA"'
    """
    return etag_of_digest(hashlib.sha256(body).digest())


def etag_of_digest(digest: bytes) -> str:
    """Return the strong tag of bytes whose SHA-256 is known."""
    short = base64.urlsafe_b64encode(digest[:16])
    return f'"{short.decode().rstrip("=")}"'


def evaluate(etag: str, if_match: str, if_none_match: str) -> int:
    """Return the status that the conditions of a GET or HEAD lead to: 200, 304 or 412."""
    if if_match and if_match.strip() != "*" and etag not in _TAG.findall(if_match):
        return 412
    if if_none_match:
        # Weak comparison: a tag that a proxy has weakened still names these bytes.
        tags = (tag.removeprefix("W/") for tag in _TAG.findall(if_none_match))
        if if_none_match.strip() == "*" or etag in tags:
            return 304
    return 200


def read_range(header: str, if_range: str, etag: str, size: int) -> Part | None:
    """Return the part that is asked for; ``None`` for the whole.

    Several ranges at once, other units, and a range of other bytes than these give the whole.

    >>> read_range("bytes=-5", "", "", 100)
    Part(first=95, last=99)
    """
    if not header or (if_range and if_range.strip() != etag):
        return None
    match = _RANGE.match(header)
    if match is None or match.group(1, 2) == ("", ""):
        return None
    first_text, last_text = match.group(1, 2)
    if not first_text:
        length = min(int(last_text), size)
        return Part(size - length, size - 1) if length else Part(None, None)
    first = int(first_text)
    last = min(int(last_text), size - 1) if last_text else size - 1
    if last_text and int(last_text) < first:
        return None
    return Part(first, last) if first < size else Part(None, None)
