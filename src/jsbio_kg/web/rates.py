"""How much one client may ask: so many requests in a time, and so many at once.

In: who asks. Out: passage, or the error that says when to come again. Only what the cache cannot
answer counts. Clients on the loopback are the machine's own and pass, unless they are to count.
What is left is told in the fields of draft-ietf-httpapi-ratelimit-headers-10.
"""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from ..i18n import message
from .exchange import Environ
from .problems import HttpError

__all__ = ["Gate", "Rates", "client_of"]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: How many clients are remembered.
_MOST_CLIENTS = 10_000


@dataclass(frozen=True)
class Rates:
    """What one client may ask.

    :param requests: how many in ``seconds``; none: as many as it likes.
    :param at_once: how many of them at the same time.
    :param proxies: the networks of proxies whose word on who asks is taken.
    """

    requests: int = 600
    seconds: int = 60
    at_once: int = 16
    counts_loopback: bool = False
    proxies: tuple[str, ...] = ()


class Gate:
    """Counts clients: each has a bucket of requests that fills again with time."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self.proxies = tuple(ipaddress.ip_network(each, strict=False) for each in rates.proxies)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._busy: dict[str, int] = {}
        self._lock = threading.Lock()
        self._policy = f'"default";q={rates.requests};w={rates.seconds}'

    @contextmanager
    def passage(self, environ: Environ) -> Iterator[tuple[tuple[str, str], ...]]:
        """Let a client through, for the time of one request; give the headers that tell it so.

        :raises HttpError: when it asks too often or too much at once.
        """
        client = client_of(environ, self.proxies)
        if not client or not self.rates.requests or self._is_own(client):
            yield ()
            return
        headers = self._enter(client)
        try:
            yield headers
        finally:
            with self._lock:
                self._busy[client] -= 1
                if not self._busy[client]:
                    del self._busy[client]

    def _is_own(self, client: str) -> bool:
        return not self.rates.counts_loopback and client in ("127.0.0.1", "::/64")

    def _enter(self, client: str) -> tuple[tuple[str, str], ...]:
        rates, now = self.rates, time.monotonic()
        with self._lock:
            left, last = self._buckets.pop(client, (float(rates.requests), now))
            left = min(rates.requests, left + (now - last) * rates.requests / rates.seconds)
            is_free = self._busy.get(client, 0) < rates.at_once
            if left >= 1 and is_free:
                left -= 1
                self._busy[client] = self._busy.get(client, 0) + 1
                refused = False
            else:
                refused = True
            self._buckets[client] = (left, now)
            while len(self._buckets) > _MOST_CLIENTS:
                self._buckets.popitem(last=False)
        wait = max(1, int((1 - left) * rates.seconds / rates.requests + 0.999)) if left < 1 else 1
        headers = (
            ("RateLimit-Policy", self._policy),
            ("RateLimit", f'"default";r={int(left)};t={wait if left < 1 else rates.seconds}'),
        )
        if not refused:
            return headers
        raise HttpError(
            429,
            message("There are too many requests at once.")
            if not is_free
            else message(
                "There are more than %(requests)d requests in %(seconds)d seconds.",
                requests=rates.requests,
                seconds=rates.seconds,
            ),
            message("Ask again in %(wait)d seconds.", wait=wait),
            headers=(("Retry-After", str(wait)), *headers),
        )


def client_of(environ: Environ, proxies: tuple[Network, ...] = ()) -> str:
    """Return who asks: an address, or for IPv6 its network; of a trusted proxy, whom it names.

    >>> client_of({"REMOTE_ADDR": "2001:db8::1"})
    '2001:db8::/64'
    """
    named = environ.get("HTTP_X_FORWARDED_FOR", "") if proxies else ""
    return _client(environ.get("REMOTE_ADDR", ""), named[-1000:], proxies)


@lru_cache(maxsize=1024)
def _client(remote: str, forwarded: str, proxies: tuple[Network, ...]) -> str:
    chain = [*(each.strip() for each in forwarded.split(",") if each.strip()), remote]
    client = ""
    while chain:
        client = chain.pop()
        try:
            address = ipaddress.ip_address(client.strip("[]"))
        except ValueError:
            return ""
        if not any(address in network for network in proxies):
            break
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
