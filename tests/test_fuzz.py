"""Texts that are nearly SPARQL: every answer is an answer or a clear refusal, and in time.

The saved queries of the project are taken apart into their words, and words are dropped, doubled,
exchanged, put in from elsewhere; or bytes are. ``FUZZ`` says how many texts.
"""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import serving

from jsbio_kg.queries import tokenize
from jsbio_kg.release import Release

ROOT = Path(__file__).parent.parent
SECONDS = 2
#: The deadline, the patience of the queue, and a slow machine.
LONGEST = SECONDS + 5 + 20
CLEAR = {400, 406, 413, 414, 415, 503, 504, 507}
TEXTS = [path.read_text("utf-8") for path in sorted((ROOT / "queries").glob("*.rq"))]
SHORT = sorted(TEXTS, key=len)[:40]
WORDS = sorted({token.text for text in TEXTS for token in tokenize(text)})
ODD = (
    *"{ } ( ) [ ] << >> <<( )>> {| |} ; , . | / ^ * + ? ! ^^ @ -- ~ \\ # \" ' ''' \"\"\" \0".split(
        " "
    ),
    *("SERVICE", "LOAD", "INSERT DATA", "FROM <file:///etc/passwd>", "GRAPH ?g", "LATERAL"),
    *("1e999999", "-9223372036854775809", "0.", "\\u0000", "\\uD800", "\ufeff", "\u202e", "😀"),
    *('"x"@en--ltr', "<urn:x>", "< >", "_:b", "?", "$x", "UNDEF", "REGEX(?o, '((a*)*)*b')"),
)


@pytest.fixture(scope="module")
def endpoint(served: Release) -> Iterator[tuple[str, int]]:
    """A server with short limits, and its process."""
    limits = ("--timeout", str(SECONDS), "--memory", "256", "--workers", "2")
    with serving("--release", str(served.root), *limits) as (address, process):
        yield address, process.pid


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A saved query with its words in some disorder."""
    words = [token.text for token in tokenize(draw(st.sampled_from(SHORT)))]
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(0, len(words) - 1)))
        kind = draw(st.sampled_from(("drop", "double", "swap", "put", "cut", "splice", "nest")))
        if kind == "drop":
            del words[place : place + draw(st.integers(1, 4))]
        elif kind == "double":
            words[place:place] = words[place : place + draw(st.integers(1, 30))]
        elif kind == "swap":
            other = draw(st.integers(0, max(0, len(words) - 1)))
            if words:
                words[place], words[other] = words[other], words[place]
        elif kind == "put":
            words.insert(place, draw(st.sampled_from(WORDS) | st.sampled_from(ODD)))
        elif kind == "cut":
            del words[place:]
        elif kind == "splice":
            other_words = [token.text for token in tokenize(draw(st.sampled_from(SHORT)))]
            start = draw(st.integers(0, len(other_words)))
            words[place:place] = other_words[start : start + draw(st.integers(1, 30))]
        else:
            deep = draw(st.sampled_from((2, 50, 300, 3000)))
            words[place:place] = [draw(st.sampled_from("{(["))] * deep
    return " ".join(words)


def ask(address: str, body: bytes, accept: str) -> tuple[int, bytes, float]:
    request = urllib.request.Request(
        f"{address}/sparql",
        data=body,
        headers={"Content-Type": "application/sparql-query", "Accept": accept},
    )
    started = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=LONGEST) as answer:
            return answer.status, answer.read(), time.monotonic() - started
    except urllib.error.HTTPError as error:
        return error.code, error.read(), time.monotonic() - started


def check(address: str, body: bytes, accept: str) -> None:
    status, content, seconds = ask(address, body, accept)
    assert status == 200 or status in CLEAR, (status, content[:300])
    assert seconds < LONGEST
    if status != 200:
        problem = json.loads(content)
        assert problem["status"] == status
        assert problem["detail"] and problem["fix"]
        assert b"Traceback" not in content and b"/src/" not in content


FORMATS = st.sampled_from(
    ("*/*", "text/csv", "application/sparql-results+xml", "application/rdf+xml", "text/turtle")
)
MOST = settings(
    max_examples=int(os.environ.get("FUZZ", "150")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@MOST
@given(mutated(), FORMATS)
def test_a_saved_query_in_disorder_is_answered_or_refused(
    endpoint: tuple[str, int], text: str, accept: str
) -> None:
    check(endpoint[0], text.encode("utf-8", "surrogatepass"), accept)


@MOST
@given(st.sampled_from(SHORT), st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=6))))
def test_a_saved_query_with_other_bytes_is_answered_or_refused(
    endpoint: tuple[str, int], text: str, changes: list[tuple[int, bytes]]
) -> None:
    body = bytearray(text.encode())
    for place, piece in changes:
        body[place % len(body) : place % len(body) + 1] = piece
        body = body or bytearray(b" ")
    check(endpoint[0], bytes(body), "*/*")


@MOST
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_answered_or_refused(endpoint: tuple[str, int], body: bytes) -> None:
    check(endpoint[0], body, "*/*")


@MOST
@given(st.binary(max_size=100), st.binary(max_size=30))
def test_any_address_is_answered_or_refused(
    endpoint: tuple[str, int], query: bytes, name: bytes
) -> None:
    address, _ = endpoint
    for search in (f"query={quote(query)}", f"query=ASK%7B%7D&{quote(name)}={quote(query)}"):
        try:
            with urllib.request.urlopen(f"{address}/sparql?{search}", timeout=LONGEST) as answer:
                assert answer.status == 200
        except urllib.error.HTTPError as error:
            assert error.code in CLEAR, (search, error.read()[:300])


def test_the_server_is_as_it_was(endpoint: tuple[str, int]) -> None:
    address, pid = endpoint
    assert Path(f"/proc/{pid}").exists()
    with urllib.request.urlopen(f"{address}/readyz", timeout=LONGEST) as answer:
        assert answer.status == 200
    with urllib.request.urlopen(f"{address}/metrics", timeout=LONGEST) as answer:
        numbers = answer.read().decode()
    assert 'kind="internal"' not in numbers
    assert 'kind="store"' not in numbers, [
        line for line in numbers.splitlines() if "problems" in line
    ]
    status, body, _ = ask(address, b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
    assert status == 200 and body.startswith(b"n\r\n")
