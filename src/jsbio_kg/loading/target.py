"""The store at the other end, over HTTP: SPARQL 1.1 Protocol, Update and Graph Store Protocol.

In: addresses and credentials. Out: answers, or an error that says what the store said. A request
that may be sent twice is tried again after a failure of the network or the store (502, 503, 504).
"""

import base64
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from ..errors import StoreError
from ..i18n import message

__all__ = ["ENVIRONMENT", "Credentials", "Target", "check_address", "opener_for"]

#: Where credentials come from, never the command line, which others can see.
ENVIRONMENT: Final = ("JSBIO_STORE_USER", "JSBIO_STORE_PASSWORD", "JSBIO_STORE_TOKEN")
TRIES: Final = 3
AGAIN: Final = frozenset((502, 503, 504))


@dataclass(frozen=True)
class Credentials:
    """A name with a password (basic, or digest where that is asked for), or a token (bearer)."""

    user: str = ""
    password: str = ""
    token: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Credentials":
        """Read them from the variables of :data:`ENVIRONMENT`."""
        return cls(*(environment.get(name, "") for name in ENVIRONMENT))

    @property
    def header(self) -> dict[str, str]:
        """Return the header that carries a token; a name is sent when the store asks for it."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def check_address(address: str) -> None:
    """Look whether an address is one that is asked over HTTP.

    :raises StoreError: when it is not.
    """
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(
            message("This is no address of a store."),
            address,
            message("Write it like http://127.0.0.1:7878/query."),
        )


def _challenge(address: str) -> str:
    """Return how a store asks who we are; empty when it does not, or not this way."""
    opener = urllib.request.build_opener(_NoRedirect())
    try:
        with opener.open(urllib.request.Request(address, method="HEAD"), timeout=10):
            return ""
    except urllib.error.HTTPError as error:
        with error:
            return error.headers.get("WWW-Authenticate") or ""
    except (OSError, http.client.HTTPException):
        return ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Credentials and data go where they were sent, nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def opener_for(credentials: Credentials, *addresses: str) -> urllib.request.OpenerDirector:
    """Return what opens some addresses: it says who we are when asked, and follows no redirect."""
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if credentials.user:
        passwords = _passwords(credentials, addresses)
        handlers.append(urllib.request.HTTPDigestAuthHandler(passwords))
        handlers.append(urllib.request.HTTPBasicAuthHandler(passwords))
    return urllib.request.build_opener(*handlers)


def _passwords(
    credentials: Credentials, addresses: Iterable[str]
) -> urllib.request.HTTPPasswordMgrWithDefaultRealm:
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    for address in addresses:
        passwords.add_password(None, address, credentials.user, credentials.password)
    return passwords


class Target:
    """A store with its three addresses.

    :param query: the query endpoint; asked for counts and content.
    :param update: the update endpoint.
    :param graphs: the Graph Store endpoint.
    :param pause: seconds before the second try; doubled for the third.
    """

    def __init__(
        self,
        query: str,
        update: str = "",
        graphs: str = "",
        credentials: Credentials | None = None,
        seconds: float = 120.0,
        pause: float = 1.0,
    ) -> None:
        addresses = [address for address in (query, update, graphs) if address]
        for address in addresses:
            check_address(address)
        self.query_address, self.update_address, self.graphs_address = query, update, graphs
        self._credentials = credentials or Credentials()
        self._seconds, self._pause = seconds, pause
        self._challenges: dict[str, str] = {}
        passwords = _passwords(self._credentials, addresses)
        self._digest = urllib.request.HTTPDigestAuthHandler(passwords)
        self._opener = opener_for(self._credentials, *addresses)

    def put(self, graph: str, turtle: bytes) -> None:
        """Replace one graph (Graph Store Protocol, 5.3).

        :raises StoreError: when the store does not take it.
        """
        address = f"{self.graphs_address}?graph={urllib.parse.quote(graph, safe='')}"
        self._send("PUT", address, turtle, {"Content-Type": "text/turtle"})

    def update(self, text: str, again: bool = True) -> None:
        """Run an update.

        :param again: whether it may be run twice, and so is after a failure of the network.

        :raises StoreError: when the store does not take it.
        """
        body = text.encode()
        kind = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._send("POST", self.update_address, body, kind, TRIES if again else 1)

    def select(self, text: str) -> list[dict[str, dict[str, str]]]:
        """Return the rows of a SELECT, as its JSON has them.

        :raises StoreError: when the store gives none.
        """
        body = self._ask(text, "application/sparql-results+json")
        try:
            rows = json.loads(body)["results"]["bindings"]
        except (ValueError, KeyError, TypeError):
            raise self._error(self.query_address, "its answer is no SPARQL JSON") from None
        return cast(list[dict[str, dict[str, str]]], rows)

    def construct(self, text: str) -> bytes:
        """Return the triples of a CONSTRUCT as N-Triples."""
        return self._ask(text, "application/n-triples, text/plain;q=0.5")

    def _ask(self, text: str, accept: str) -> bytes:
        body = urllib.parse.urlencode({"query": text}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        return self._send("POST", self.query_address, body, kind)

    def _send(
        self,
        method: str,
        address: str,
        body: bytes,
        headers: Mapping[str, str],
        tries: int = TRIES,
    ) -> bytes:
        for attempt in range(1, tries + 1):
            request = urllib.request.Request(address, body, dict(headers), method=method)
            for name, value in self._credentials.header.items():
                request.add_unredirected_header(name, value)
            if self._credentials.user:
                self._introduce(request)
            try:
                with self._opener.open(request, timeout=self._seconds) as answer:
                    return cast(bytes, answer.read())
            except urllib.error.HTTPError as error:
                with error:
                    said = error.read(300).decode("utf-8", "replace").strip()
                reason = f"{error.code} {error.reason}" + (f": {said}" if said else "")
                if error.code not in AGAIN or attempt == tries:
                    raise self._error(address, reason) from None
            except (OSError, http.client.HTTPException, ValueError) as error:
                if attempt == tries:
                    raise self._error(address, str(getattr(error, "reason", error))) from None
            time.sleep(self._pause * 2 ** (attempt - 1))
        raise AssertionError

    def _introduce(self, request: urllib.request.Request) -> None:
        """Say who we are before the store asks: one that asks while a body comes hangs up."""
        address = request.full_url.partition("?")[0]
        if address not in self._challenges:
            self._challenges[address] = _challenge(request.full_url)
        scheme, _, rest = self._challenges[address].partition(" ")
        said = ""
        if scheme.lower() == "basic":
            pair = f"{self._credentials.user}:{self._credentials.password}".encode()
            said = f"Basic {base64.b64encode(pair).decode()}"
        elif scheme.lower() == "digest":
            parts = filter(None, urllib.request.parse_http_list(rest))
            asked = urllib.request.parse_keqv_list(list(parts))
            said = f"Digest {self._digest.get_authorization(request, asked)}"
        if said:
            request.add_unredirected_header("Authorization", said)

    def _error(self, address: str, reason: str) -> StoreError:
        return StoreError(
            message("The store did not take the request (%(reason)s).", reason=reason),
            address,
            message(
                "Check the address, the credentials in %(names)s, and that it runs. The same"
                " command goes on where it stopped.",
                names=", ".join(ENVIRONMENT),
            ),
        )
