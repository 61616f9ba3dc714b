"""Content codings (RFC 9110, section 8.4): which one, and the bytes in it.

In: an ``Accept-Encoding`` header, a media type, a body. Out: the coding's name and the coded body.
"""

import gzip
import re
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
import zstandard

from .negotiation import parse_weighted

__all__ = ["choose_coding", "encode"]

#: In the order of preference among those a client likes as much.
_CODINGS = ("zstd", "br", "gzip")
#: Below this many bytes a coding saves nothing.
_SMALLEST = 600
_COMPRESSIBLE = re.compile(
    r"text/|application/(?:[\w.+-]*(?:json|xml|sparql|turtle|triples|quads|trig)|javascript|rdf\+xml)|image/svg\+xml"
)


@lru_cache(maxsize=1024)
def _choose(header: str) -> str:
    weights = dict(parse_weighted(header))
    rest = weights.get("*", 0.0)
    if "x-gzip" in weights:  # RFC 9110, section 8.4.1.3
        weights.setdefault("gzip", weights["x-gzip"])
    best = max(_CODINGS, key=lambda coding: (weights.get(coding, rest), -_CODINGS.index(coding)))
    weight = weights.get(best, rest)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else ""


@lru_cache(maxsize=1024)
def _refuses_plain(header: str) -> bool:
    """Tell whether a client takes no bytes as they are (RFC 9110, section 12.5.3)."""
    weights = dict(parse_weighted(header))
    return weights.get("identity", weights.get("*", 1.0)) == 0


def choose_coding(header: str, media_type: str, size: int) -> str:
    """Return the coding for a body, or nothing.

    >>> choose_coding("gzip, br;q=0.9", "text/csv", 5000)
    'gzip'
    >>> choose_coding("gzip", "text/csv", 50)
    ''
    """
    if not header:
        return ""
    if (size < _SMALLEST or not _COMPRESSIBLE.match(media_type)) and not _refuses_plain(header):
        return ""
    return _choose(header)


def encode(body: bytes, coding: str) -> bytes:
    """Return a body in a coding, the same bytes every time."""
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=5).compress(body)
    if coding == "br":
        coded: bytes = brotli.compress(body, quality=5)
        return coded
    return gzip.compress(body, 6, mtime=0)
