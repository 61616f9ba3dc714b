"""Messages of HTTP to the letter, on the wire of a real server: RFC 9112."""

import json
import re
from urllib.parse import quote

import pytest
from wire import ASK, Answer, ask, send


def test_3_2_a_request_names_one_host(server: str) -> None:
    line = b"GET " + ASK + b" HTTP/1.1\r\n"
    for hosts in (b"", b"Host: a\r\nHost: b\r\n", b'Host: a"><script>\r\n', b"Host: a/b\r\n"):
        answer = Answer(send(server, line + hosts + b"Connection: close\r\n\r\n"))
        assert answer.status == 400, hosts
        assert b"script" not in answer.body


def test_3_2_2_the_whole_address_may_stand_in_the_line(server: str) -> None:
    answer = ask(server, b"GET http://kg.example" + ASK + b" HTTP/1.1")
    assert (answer.status, json.loads(answer.body)) == (200, {"head": {}, "boolean": True})


def test_3_2_4_a_question_to_the_server_itself_is_answered(server: str) -> None:
    answer = ask(server, b"OPTIONS * HTTP/1.1")
    assert answer.status == 204
    assert "GET" in answer.headers["allow"]


def test_an_older_client_is_answered(server: str) -> None:
    answer = Answer(send(server, b"GET " + ASK + b" HTTP/1.0\r\n\r\n"))
    assert answer.status == 200
    assert answer.headers["content-length"] == str(len(answer.body))


def test_9_3_2_requests_in_a_row_are_answered_in_their_order(server: str) -> None:
    asked = [b"ASK {}", b"SELECT (1 AS ?x) {}", b"SELECT (2 AS ?x) {}", b"SELECT ("]
    lines = [
        b"GET /sparql?query=" + quote(each).encode() + b" HTTP/1.1\r\nHost: x\r\n" for each in asked
    ]
    received = send(server, b"\r\n".join(lines) + b"Connection: close\r\n\r\n")
    assert re.findall(rb"HTTP/1\.1 (\d+)", received) == [b"200", b"200", b"200", b"400"]
    places = [received.index(each) for each in (b'"boolean"', b'"value":"1"', b'"value":"2"')]
    assert places == sorted(places)


def test_7_1_a_body_may_come_in_chunks(server: str) -> None:
    answer = ask(
        server,
        b"POST /sparql HTTP/1.1",
        b"Content-Type: application/sparql-query",
        b"Transfer-Encoding: chunked",
        body=b"3\r\nASK\r\n4;a=b\r\n { }\r\n0\r\n\r\n",
    )
    assert answer.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        (b"Content-Length: 6", b"Content-Length: 7"),
        (b"Content-Length: six",),
        (b"Content-Length: -6",),
        (b"Transfer-Encoding: nonsense",),
    ],
)
def test_6_a_body_of_unclear_length_is_refused(server: str, headers: tuple[bytes, ...]) -> None:
    kind = b"Content-Type: application/sparql-query"
    received = send(
        server,
        b"\r\n".join(
            [
                b"POST /sparql HTTP/1.1",
                b"Host: x",
                b"Connection: close",
                kind,
                *headers,
                b"",
                b"ASK {}",
            ]
        ),
    )
    assert received.startswith((b"HTTP/1.1 400", b"HTTP/1.1 413", b"HTTP/1.1 501"))
