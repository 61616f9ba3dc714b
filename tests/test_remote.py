"""A store of others behind the service: what it is asked, and what happens when it fails."""

import base64
import http.server
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from jsbio_kg.errors import DeadlineExceeded, JsbioError, Saturated, StoreError
from jsbio_kg.loading import Credentials
from jsbio_kg.store import Dataset, Limits, Query
from jsbio_kg.store.remote import RemoteStore

YES = b'{"head": {}, "boolean": true}'
JSON = "application/sparql-results+json"

Reply = Callable[["Endpoint"], None]


class Endpoint(http.server.BaseHTTPRequestHandler):
    """An endpoint that behaves as a test tells it to, and notes what it was asked."""

    protocol_version = "HTTP/1.1"
    replies: list[Reply]
    asked: list[tuple[dict[str, list[str]], str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append((urllib.parse.parse_qs(body), self.headers.get("Authorization", "")))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        try:
            reply(self)
        except OSError:  # who asked has gone
            self.close_connection = True

    def do_GET(self) -> None:
        self.asked.append(({}, self.headers.get("Authorization", "")))
        self.send(YES)

    def send(self, body: bytes, status: int = 200, length: int = -1, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", headers.pop("kind", JSON))
        self.send_header("Content-Length", str(len(body) if length < 0 else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def yes(endpoint: Endpoint) -> None:
    endpoint.send(YES)


def status(number: int) -> Reply:
    return lambda endpoint: endpoint.send(b"no", number, kind="text/plain")


def cut_off(endpoint: Endpoint) -> None:
    endpoint.send(YES[:9], length=len(YES))
    endpoint.close_connection = True


def hang(endpoint: Endpoint) -> None:
    time.sleep(3)


def trickle(endpoint: Endpoint) -> None:
    endpoint.send(b"", length=100)
    for _ in range(100):
        endpoint.wfile.write(b" ")
        endpoint.wfile.flush()
        time.sleep(0.1)


@contextmanager
def listening(*replies: Reply) -> Iterator[tuple[str, type[Endpoint]]]:
    kind = type("ThisEndpoint", (Endpoint,), {"replies": list(replies), "asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql", kind
        finally:
            server.shutdown()
            thread.join()


ASK = Query("ASK { ?s ?p 'from' } # FROM <urn:no>")


def test_both_kinds_of_graphs_are_sent_where_the_client_names_none() -> None:
    with listening(yes) as (address, kind):
        store = RemoteStore(address, ["urn:d1", "urn:d2"], named_graphs=["urn:n"])
        store.answer(ASK)
        store.answer(Query("ASK FROM <urn:own> { ?s ?p ?o }"))
        store.answer(Query("ASK {}", dataset=Dataset(("urn:x",))))
    (first, _), (second, _), (third, _) = kind.asked
    assert first["default-graph-uri"] == ["urn:d1", "urn:d2"]
    assert first["named-graph-uri"] == ["urn:n"]
    assert second.keys() == {"query"} or "default-graph-uri" not in second
    assert third["default-graph-uri"] == ["urn:x"] and "named-graph-uri" not in third


@pytest.mark.parametrize("fault", [status(503), status(502), cut_off], ids=["503", "502", "cut"])
def test_what_fails_for_a_moment_is_asked_again(fault: Reply) -> None:
    with listening(fault, yes) as (address, kind):
        assert RemoteStore(address).answer(ASK).body == b'{"head":{},"boolean":true}'
    assert len(kind.asked) == 2


@pytest.mark.parametrize(
    "fault, error, text",
    [
        (status(503), Saturated, "HTTP 503"),
        (status(502), StoreError, "HTTP 502"),
        (cut_off, StoreError, "cannot be reached"),
    ],
)
def test_what_goes_on_failing_is_told(fault: Reply, error: type[JsbioError], text: str) -> None:
    with listening(fault) as (address, kind), pytest.raises(error, match=text):
        RemoteStore(address).answer(ASK)
    assert len(kind.asked) == 3


@pytest.mark.parametrize("slow", [hang, trickle])
def test_a_slow_store_is_given_up_in_time(slow: Reply) -> None:
    started = time.monotonic()
    with listening(slow) as (address, kind):
        with pytest.raises(DeadlineExceeded):
            RemoteStore(address, limits=Limits(seconds=0.5)).answer(ASK)
        assert time.monotonic() - started < 2
        assert len(kind.asked) == 1


@pytest.mark.parametrize("unit, least, most", [("s", 1, 10), ("ms", 9000, 10_000)])
def test_the_deadline_is_passed_on_in_the_unit_of_the_store(
    unit: str, least: int, most: int
) -> None:
    with listening(yes) as (address, kind):
        RemoteStore(address, timeout=unit).answer(ASK)
        RemoteStore(address).answer(ASK)
    assert least <= int(kind.asked[0][0]["timeout"][0]) <= most
    assert "timeout" not in kind.asked[1][0]


def test_a_part_of_an_answer_is_no_answer() -> None:
    def part(endpoint: Endpoint) -> None:
        endpoint.send(YES, X_SQL_State="S1TAT")

    with listening(part) as (address, _), pytest.raises(DeadlineExceeded):
        RemoteStore(address).answer(ASK)


@pytest.mark.parametrize(
    "environment, expected",
    [
        (
            {"JSBIO_STORE_USER": "ann", "JSBIO_STORE_PASSWORD": "a:b"},
            "Basic " + base64.b64encode(b"ann:a:b").decode(),
        ),
        ({"JSBIO_STORE_TOKEN": "secret"}, "Bearer secret"),
        ({}, ""),
    ],
)
def test_credentials_come_from_the_environment(environment: dict[str, str], expected: str) -> None:
    with listening(yes) as (address, kind):
        known = Credentials.from_environment(environment)
        RemoteStore(address, credentials=known).answer(ASK)
    assert kind.asked[0][1] == expected


@pytest.mark.parametrize("number", [401, 403])
def test_a_store_that_does_not_let_us_in_is_said_to(number: int) -> None:
    with listening(status(number)) as (address, kind):
        with pytest.raises(StoreError, match=f"does not let us in \\({number}\\)"):
            RemoteStore(address).answer(ASK)
        assert len(kind.asked) == 1


@pytest.mark.parametrize("number", [301, 302, 303, 307, 308])
def test_a_redirect_takes_neither_query_nor_credentials_elsewhere(number: int) -> None:
    with listening(yes) as (other, stranger):

        def away(endpoint: Endpoint) -> None:
            endpoint.send(b"there", number, Location=other)

        with listening(away) as (address, kind):
            for known in (Credentials("ann", "secret"), Credentials(token="secret")):
                store = RemoteStore(address, credentials=known)
                with pytest.raises(StoreError, match=f"another address, '{other}'"):
                    store.answer(ASK)
        assert len(kind.asked) == 2 and not stranger.asked


def test_a_store_that_asks_for_a_digest_gets_one() -> None:
    def ask_who(endpoint: Endpoint) -> None:
        endpoint.send(b"who?", 401, WWW_Authenticate='Digest realm="r", nonce="n", qop="auth"')

    with listening(ask_who, yes) as (address, kind):
        RemoteStore(address, credentials=Credentials("ann", "secret")).answer(ASK)
    assert kind.asked[1][1].startswith('Digest username="ann"')
    assert kind.asked[1][0]["query"] == [ASK.text]


@pytest.mark.parametrize(
    "body, kind, text",
    [
        (b"<html>", "text/html", "answers in 'text/html'"),
        (b'{"head": {}, "results"', JSON, "cannot be read"),
        (b"", JSON, "cannot be read"),
    ],
)
def test_a_wrong_answer_is_the_stores_fault(body: bytes, kind: str, text: str) -> None:
    def wrong(endpoint: Endpoint) -> None:
        endpoint.send(body, kind=kind)

    with listening(wrong) as (address, _), pytest.raises(StoreError, match=text):
        RemoteStore(address).answer(Query("SELECT * { ?s ?p ?o }"))


VIRTUOSO = b"""{ "head": { "link": [], "vars": ["a", "b"] }, "results": { "bindings": [
  { "a": { "type": "bnode", "value": "nodeID://b10033" },
    "b": { "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer",
           "value": "20" }} ] } }"""
VIRTUOSO_YES = b"""{ "head": { "vars": ["__ASK_RETVAL"] }, "results": { "bindings": [
  { "__ASK_RETVAL": { "type": "typed-literal", "value": "1",
    "datatype": "http://www.w3.org/2001/XMLSchema#integer" }} ] } }"""


def test_what_virtuoso_writes_its_own_way_is_put_right() -> None:
    def rows(endpoint: Endpoint) -> None:
        endpoint.send(VIRTUOSO)

    def one_row(endpoint: Endpoint) -> None:
        endpoint.send(VIRTUOSO_YES)

    with listening(rows, one_row) as (address, _):
        store = RemoteStore(address)
        (row,) = json.loads(store.answer(Query("SELECT * {}")).body)["results"]["bindings"]
        answer = store.answer(ASK)
    assert row["a"] == {"type": "bnode", "value": "b10033"}
    assert row["b"]["type"] == "literal"
    assert (answer.kind, json.loads(answer.body)["boolean"]) == ("boolean", True)
