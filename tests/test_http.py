"""HTTP to the letter, on the wire of a real server: RFC 9110, and what clients do."""

from urllib.parse import quote

import pytest
from wire import ASK, Answer, ask, get, send


def test_9_3_2_head_is_get_without_the_bytes(server: str) -> None:
    for path in (
        ASK,
        b"/graphs?default",
        b"/openapi.json",
        b"/queries/parks.csv",
        b"/void",
        b"/no",
    ):
        whole, head = (ask(server, m + path + b" HTTP/1.1") for m in (b"GET ", b"HEAD "))
        assert head.body == b""
        assert head.status == whole.status
        for name in ("content-length", "content-type", "etag", "vary", "cache-control"):
            assert head.headers.get(name) == whole.headers.get(name), (path, name)
        assert int(head.headers["content-length"]) == len(whole.body)


@pytest.mark.parametrize("method", [b"TRACE", b"CONNECT", b"PUT", b"DELETE", b"PATCH", b"BREW"])
@pytest.mark.parametrize(
    "path", [b"/sparql", b"/metrics", b"/graphs", b"/search", b"/queries/parks"]
)
def test_15_5_6_what_is_not_allowed_says_what_is(server: str, method: bytes, path: bytes) -> None:
    answer = ask(server, method + b" " + path + b" HTTP/1.1")
    if method == b"CONNECT" and answer.status in (400, 404):
        return  # it names no path
    assert answer.status == 405
    assert {"GET", "HEAD"} <= set(answer.headers["allow"].split(", "))


def test_10_1_1_who_waits_to_be_let_on_is_let_on(server: str) -> None:
    lines = [b"POST /sparql HTTP/1.1", b"Host: x", b"Connection: close", b"Expect: 100-continue"]
    lines += [b"Content-Type: application/sparql-query", b"Content-Length: 6", b"", b"ASK {}"]
    received = send(server, b"\r\n".join(lines))
    assert received.startswith(b"HTTP/1.1 100 ")
    assert b"HTTP/1.1 200 " in received


def test_a_get_with_a_body_is_refused_whether_the_answer_is_kept_or_not(server: str) -> None:
    assert get(server).status == 200
    answer = ask(server, b"GET " + ASK + b" HTTP/1.1", b"Content-Length: 6", body=b"ASK {}")
    assert answer.status == 400
    chunked = b"3\r\nASK\r\n0\r\n\r\n"
    answer = ask(server, b"GET " + ASK + b" HTTP/1.1", b"Transfer-Encoding: chunked", body=chunked)
    assert answer.status == 400


def test_5_2_a_header_may_come_in_several_lines(server: str) -> None:
    first, second = b"Accept: text/csv;q=0.4", b"Accept: application/sparql-results+xml"
    for order in ((first, second), (second, first)):
        answer = get(server, *order)
        assert answer.headers["content-type"] == "application/sparql-results+xml"
    tag = get(server).headers["etag"].encode()
    assert get(server, b'If-None-Match: "x"', b"If-None-Match: " + tag).status == 304


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("TEXT/CSV", "text/csv"),
        ("text/csv ; Q=1 , */* ;q=0.1", "text/csv"),
        ("text/csv;charset=UTF-8", "text/csv"),
        ("text/csv;q=0.001, application/json;q=0", "text/csv"),
        ("*/*;q=0.5, text/csv;q=0", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (",,, text/csv ,", "text/csv"),
        ("nonsense, text/csv", "text/csv"),
        ("", "application/sparql-results+json"),
    ],
)
def test_12_5_1_the_header_accept_is_read_as_written(
    server: str, accept: str, content_type: str
) -> None:
    answer = get(server, b"Accept: " + accept.encode())
    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == content_type


def test_12_5_3_who_takes_no_plain_bytes_gets_a_coding(server: str) -> None:
    for accept, coding in (
        (b"identity;q=0, gzip", "gzip"),
        (b"*;q=0, br", "br"),
        (b"identity;q=0, x-gzip", "gzip"),
        (b"gzip;q=0.5, zstd;q=0.5, identity;q=0", "zstd"),
    ):
        answer = get(server, b"Accept-Encoding: " + accept)
        assert answer.headers.get("content-encoding") == coding, accept
    for accept in (b"", b"identity", b"gzip;q=0", b"nonsense"):
        assert "content-encoding" not in get(server, b"Accept-Encoding: " + accept).headers


def test_13_1_conditions_of_many_tags(server: str) -> None:
    tag = get(server).headers["etag"].encode()
    for value in (b"*", b'"a", ' + tag, b"W/" + tag, tag + b' , "b"', b'"a,b",' + tag):
        answer = get(server, b"If-None-Match: " + value)
        assert (answer.status, answer.body) == (304, b""), value
        assert answer.headers["vary"] and answer.headers["cache-control"]
    for value in (b'""', b"x", b'"a"', b'W/"a"'):
        assert get(server, b"If-None-Match: " + value).status == 200, value
    assert get(server, b"If-Match: *").status == 200
    assert get(server, b"If-Match: " + tag).status == 200
    assert get(server, b"If-Match: W/" + tag).status == 412, "comparison is strong here"
    line = b"HEAD " + ASK + b" HTTP/1.1"
    assert ask(server, line, b"If-None-Match: " + tag).status == 304


def test_14_ranges_of_a_dump(server: str) -> None:
    line = b"GET /downloads/dataset.nq HTTP/1.1"
    whole = ask(server, line)
    size, tag = len(whole.body), whole.headers["etag"].encode()
    for value, expected in (
        (b"BYTES=0-9", whole.body[:10]),
        (b"bytes=0-0", whole.body[:1]),
        (b"bytes=-1", whole.body[-1:]),
        (b"bytes= 5-", whole.body[5:]),
        (b"bytes=-99999999999999999999999", whole.body),
    ):
        answer = ask(server, line, b"Range: " + value)
        assert (answer.status, answer.body) == (206, expected), value
        assert answer.headers["content-range"].endswith(f"/{size}")
    for value in (b"bytes=-0", b"bytes=%d-" % size, b"bytes=99999999999999999999999-"):
        answer = ask(server, line, b"Range: " + value)
        assert answer.status == 416, value
        assert answer.headers["content-range"] == f"bytes */{size}"
    for value in (b"bytes=0-1,3-4", b"lines=0-1", b"bytes=a-b", b"bytes=2-1", b"bytes"):
        assert ask(server, line, b"Range: " + value).status == 200, value
    for if_range, status in ((tag, 206), (b'"x"', 200), (b"W/" + tag, 200)):
        answer = ask(server, line, b"Range: bytes=0-1", b"If-Range: " + if_range)
        assert answer.status == status, if_range
    assert ask(server, line, b"Range: bytes=0-1", b"If-None-Match: " + tag).status == 304
    head = ask(server, b"HEAD /downloads/dataset.nq HTTP/1.1", b"Range: bytes=0-1")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(size)


def test_12_5_5_whatever_varies_says_so(server: str) -> None:
    for path in (ASK, b"/id/park/biobay", b"/graph/facts", b"/none", b"/sparql?query=A"):
        for accept in (b"*/*", b"text/html"):
            answer = ask(server, b"GET " + path + b" HTTP/1.1", b"Accept: " + accept)
            vary = answer.headers["vary"].lower().replace(" ", "").split(",")
            assert {"accept", "accept-language", "accept-encoding"} <= {*vary}, path


def test_an_address_beyond_measure_is_414_and_a_header_is_431(server: str) -> None:
    for size in (40_000, 66_000, 200_000):
        query = quote("ASK {} # " + "x" * size)
        answer = ask(server, b"GET /sparql?query=" + query.encode() + b" HTTP/1.1")
        assert answer.status == (200 if size < 60_000 else 414)
    assert get(server, b"Accept: " + b"a/b," * 2000).status == 431


def test_a_page_of_another_site_may_ask(server: str) -> None:
    wanted = b"Access-Control-Request-Method: POST"
    fields = b"Access-Control-Request-Headers: content-type, accept"
    origin = b"Origin: https://app.example"
    answer = ask(server, b"OPTIONS /sparql HTTP/1.1", origin, wanted, fields)
    assert answer.status == 204 and answer.body == b""
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in answer.headers
    shared = get(server, origin).headers["access-control-expose-headers"].lower()
    for name in ("etag", "link", "ratelimit", "retry-after", "x-rows-cut", "x-graphs-missing"):
        assert name in shared


# -- what people and programs write otherwise ------------------------------------------------------


def test_the_endpoint_may_have_a_final_slash(server: str) -> None:
    assert ask(server, b"GET " + ASK.replace(b"sparql?", b"sparql/?") + b" HTTP/1.1").status == 200


def test_an_answer_by_post_has_its_tag_too(server: str) -> None:
    answer = ask(
        server,
        b"POST /sparql HTTP/1.1",
        b"Content-Type: application/x-www-form-urlencoded",
        b"Content-Length: 14",
        body=b"query=ASK+%7B%7D"[:14],
    )
    assert answer.status == 400
    answer = ask(
        server,
        b"POST /sparql HTTP/1.1",
        b"Content-Type: application/x-www-form-urlencoded",
        b"Content-Length: 16",
        body=b"query=ASK+%7B%7D",
    )
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["etag"] == get(server).headers["etag"]


def test_the_description_tells_the_address_that_was_asked(server: str) -> None:
    for host in (b"kg.example:8000", b"localhost", b"[::1]:80"):
        line = b"GET /sparql HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n"
        answer = Answer(send(server, line + b"Accept: application/n-triples\r\n\r\n"))
        assert b"sparql-service-description#endpoint> <http://" + host + b"/sparql>" in answer.body
