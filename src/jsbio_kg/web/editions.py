"""Releases by their version: each the whole site under ``/releases/<version>/``.

In: the history of a service, and how a site is made of a service. Out: the response to a path
below a version: a file, or what the site of that release says; and the files of ``/changes/``.
"""

import re
import threading
from collections.abc import Callable
from typing import Final
from urllib.parse import quote
from weakref import WeakKeyDictionary

from ..errors import NotFound
from ..i18n import message
from ..service import Edition, History, Service
from ..service.comparing import FILES
from .downloads import FOREVER, answer_download
from .endpoint import refuse_method
from .exchange import Environ, Request, Response

__all__ = ["Dispatch", "Editions"]

#: Answers a request whose path begins anew behind the version.
Dispatch = Callable[[Environ, str], Response]

_RELEASE: Final = re.compile(r"/releases/([^/]+)(/.*)?\Z", re.DOTALL)
_CHANGES: Final = re.compile(r"/changes/([0-9a-f]+)/([0-9a-f]+)\.(\w+)\Z")
_DOWNLOADS: Final = "/downloads/"
_READING: Final = ("GET", "HEAD", "OPTIONS")
#: Search engines are to know the release that is served now.
_UNLISTED: Final = ("X-Robots-Tag", "noindex")


class Editions:
    """The releases of one history, each a site of its own.

    :param make_site: returns who answers for a release, given its service.
    """

    def __init__(self, history: History, make_site: Callable[[Service, Edition], Dispatch]) -> None:
        self._history = history
        self._make_site = make_site
        self._sites: WeakKeyDictionary[Service, Dispatch] = WeakKeyDictionary()
        self._making = threading.Lock()

    def respond(self, environ: Environ, path: str) -> Response | None:
        """Answer a request below a version; nothing when its path is none.

        :raises NotFound: when no such release is kept.
        """
        if match := _CHANGES.match(path):
            return self._changes(environ, *match.group(1, 2, 3))
        if match := _RELEASE.match(path):
            return self._release(environ, match[1], match[2] or "")
        return None

    def _release(self, environ: Environ, name: str, rest: str) -> Response:
        edition = self._history.find(name)
        prefix = f"/releases/{edition.name}"
        if name != edition.name or not rest:
            query = environ.get("QUERY_STRING", "")
            location = prefix + quote(rest or "/", safe="/:@!$&'()*+,;=~-._%")
            location += f"?{query}" if query else ""
            return Response(308, b"", (("Location", location), ("Content-Type", "text/plain")))
        if rest.startswith(_DOWNLOADS) and rest != _DOWNLOADS:
            _check_method(environ)
            site = self._history.site_of(edition)
            return answer_download(site, rest[len(_DOWNLOADS) :], is_forever=True)
        inner = {
            **environ,
            "SCRIPT_NAME": prefix,
            "PATH_INFO": rest.encode().decode("latin-1"),
        }
        response = self._site(edition)(inner, rest)
        headers = tuple(_moved(header, prefix) for header in response.headers)
        return Response(
            response.status, response.body, (*headers, _UNLISTED), response.facts, response.file
        )

    def _site(self, edition: Edition) -> Dispatch:
        service = self._history.service_of(edition)
        with self._making:
            if service not in self._sites:
                self._sites[service] = self._make_site(service, edition)
            return self._sites[service]

    def _changes(self, environ: Environ, old: str, new: str, ending: str) -> Response:
        """Return the changes between two releases as a file."""
        if ending not in FILES:
            raise NotFound(
                message("There is no format %(format)r.", format=ending[:60]),
                fix=message("Use one of: %(known)s.", known=", ".join(FILES)),
            )
        _check_method(environ)
        comparison = self._history.changes(self._history.find(old), self._history.find(new))
        file, media_type = FILES[ending]
        headers = (
            ("Content-Type", media_type),
            ("Accept-Ranges", "bytes"),
            ("Cache-Control", FOREVER),
        )
        facts = {"digest": comparison.files[ending].sha256}
        return Response(200, headers=headers, facts=facts, file=comparison.folder / file)


def _check_method(environ: Environ) -> None:
    method = environ["REQUEST_METHOD"]
    if method not in _READING[:2]:
        raise refuse_method(Request(method, ""), _READING)


def _moved(header: tuple[str, str], prefix: str) -> tuple[str, str]:
    """Return a header whose address stays inside the release."""
    name, value = header
    if name.lower() == "location" and value.startswith("/") and not value.startswith(prefix + "/"):
        return name, prefix + value
    return header
