"""What a request may be: its sizes, its host, its body.

In: a request as WSGI has it. Out: nothing, its body, or the error that says what is wrong.
"""

import io
import re
import threading

from ..errors import Saturated
from ..i18n import message
from .exchange import Environ, name_header
from .problems import HttpError

__all__ = ["HOST", "Intake", "check_request", "has_body", "read_body"]

#: A host with its port, as a URL has them.
HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(:\d{1,5})?\Z", re.ASCII)
#: Headers whose text is kept in keys and small caches: longer ones are refused.
_SHORT_HEADERS = ("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_HOST")
#: How much of a request that is too large is read to its end, and in which pieces.
_MOST_DRAINED = 16 << 20
_PIECE = 256 << 10


def check_request(environ: Environ, longest_address: int, longest_header: int) -> None:
    """Look at a request before anything is done for it.

    :raises HttpError: when its address or a header is too long, or it names no host (RFC 9112,
        section 3.2).
    """
    address = len(environ["PATH_INFO"]) + len(environ.get("QUERY_STRING", ""))
    if address > longest_address:
        raise HttpError(
            414,
            message("The address has %(length)d characters.", length=address),
            message("Send the query by POST."),
        )
    for name in _SHORT_HEADERS:
        if len(environ.get(name, "")) > longest_header:
            raise HttpError(
                431,
                message("The header %(name)s is too long.", name=name_header(name)),
                message("Send a shorter one."),
            )
    host = environ.get("HTTP_HOST", "")
    if not HOST.match(host) and (host or environ.get("SERVER_PROTOCOL") == "HTTP/1.1"):
        raise HttpError(
            400,
            message("The request names no host, or several."),
            message("Send one header Host."),
        )


def has_body(environ: Environ) -> bool:
    """Tell whether a request brings a body, though it may be one that has none."""
    length = environ.get("CONTENT_LENGTH", "")
    return bool(length and length.strip("0")) or "HTTP_TRANSFER_ENCODING" in environ


class Intake:
    """Reads bodies, so many at once: who sends slowly holds a thread, and never all of them.

    :param most: how many bytes a body may have.
    :param at_once: how many are read at once, fewer than the server has threads.
    :param patience: seconds that one may wait to be read.
    """

    def __init__(self, most: int, at_once: int = 256, patience: float = 0.5) -> None:
        self.most = most
        self._places = threading.BoundedSemaphore(at_once)
        self._patience = patience

    def read(self, environ: Environ) -> bytes:
        """Return the body of a request; see :func:`read_body`.

        :raises Saturated: when too many others are being read.
        """
        if not has_body(environ):
            return b""
        if not self._places.acquire(timeout=self._patience):
            raise Saturated(
                message("There are too many requests at once."),
                "",
                message("Try again in a few seconds."),
            )
        try:
            return read_body(environ, self.most)
        finally:
            self._places.release()


def read_body(environ: Environ, most: int) -> bytes:
    """Return the body of a request.

    :param most: how many bytes it may have.
    :raises HttpError: when it has more, or comes in a coding.
    """
    length, stream = environ.get("CONTENT_LENGTH") or "0", environ["wsgi.input"]
    # What follows, such as the page of an error, finds the body again, or none.
    _put_body(environ, b"")
    if not length.isdigit() or int(length[:20]) > _MOST_DRAINED:
        raise _too_large(most)
    body: bytes = stream.read(most + 1)
    if len(body) > most:
        # Who still sends does not read the answer: let it come to an end, within reason.
        drained = len(body)
        while drained < _MOST_DRAINED and (piece := stream.read(_PIECE)):
            drained += len(piece)
        raise _too_large(most)
    if environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
        raise HttpError(
            415,
            message("The request comes in a content coding."),
            message("Send it as it is."),
            headers=(("Accept-Encoding", "identity"),),
        )
    _put_body(environ, body)
    return body


def _put_body(environ: Environ, body: bytes) -> None:
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))


def _too_large(most: int) -> HttpError:
    return HttpError(
        413,
        message("The request is larger than %(bytes)d bytes.", bytes=most),
        message("Send a smaller one."),
    )
