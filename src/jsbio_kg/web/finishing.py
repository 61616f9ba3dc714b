"""Finishing a response: what all of them have, whichever room made them.

In: a response and the request's headers. Out: one that can be sent and kept: in a content coding,
with a strong tag of its bytes, its lifetime, what it varies by, security, sharing and links.
"""

from .coding import choose_coding, encode
from .conditional import etag_of_digest, make_etag
from .exchange import Environ, Response
from .headers import CORS, DESCRIBED_BY, SECURITY, VARY
from .sending import Finished

__all__ = ["finish"]

#: What a 304 repeats of the 200 that it stands for.
_BRIEF = ("etag", "cache-control", "vary", "access-control-allow-origin")
_REPLACED = ("content-length", "date", "etag", "last-modified", "vary")
#: A file up to this size is read whole, so that it can be coded and kept.
_SMALL_FILE = 8 << 20
_COMMON = (*SECURITY, *CORS, DESCRIBED_BY)


def finish(environ: Environ, response: Response, lifetime: str) -> Finished:
    """Finish a response.

    :param lifetime: the Cache-Control of what is read; empty: it may change at any time.
    """
    is_read = environ["REQUEST_METHOD"] in ("GET", "HEAD")
    is_good = is_read and response.status == 200
    headers = [item for item in response.headers if item[0].lower() not in _REPLACED]
    names = {name.lower() for name, _ in headers}
    body, size, etag, file = response.body, len(response.body), "", response.file
    if file is not None:
        size = file.stat().st_size
        if size <= _SMALL_FILE:
            body, file = file.read_bytes(), None
        else:
            etag = etag_of_digest(bytes.fromhex(response.facts["digest"]))
    has_ranges = "accept-ranges" in names
    is_whole = not (has_ranges and "HTTP_RANGE" in environ)
    if file is None and is_whole and "content-encoding" not in names:
        body, coding = _code(environ, response, body)
        size = len(body)
        headers += coding
    if "cache-control" not in names:
        is_lasting = is_read and response.status in (200, 303)
        headers.append(("Cache-Control", (lifetime or "no-cache") if is_lasting else "no-store"))
    if response.status == 200:  # by POST too, though nothing is kept and no condition holds there
        etag = etag or make_etag(body)
        headers.append(("ETag", etag))
    if response.status != 204:
        headers.append(("Content-Length", str(size)))
    headers.append(("Vary", VARY))
    headers += [item for item in _COMMON if item[0].lower() not in names]
    cache_control = next(value for name, value in headers if name == "Cache-Control")
    return Finished(
        status=response.status,
        headers=headers,
        body=body,
        etag=etag if is_good else "",
        brief=tuple(item for item in headers if item[0].lower() in _BRIEF),
        is_lasting=is_good and bool(lifetime) and "no-store" not in cache_control and file is None,
        has_ranges=has_ranges,
        file=file,
        size=size,
    )


def _code(environ: Environ, response: Response, body: bytes) -> tuple[bytes, list[tuple[str, str]]]:
    media_type = response.header("content-type").partition(";")[0]
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if coding := choose_coding(accepted, media_type, len(body)):
        return encode(body, coding), [("Content-Encoding", coding)]
    return body, []
