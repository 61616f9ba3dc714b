"""Caching over HTTP: tags and conditions, and answers that are kept on the server."""

import re
import urllib.request

import pytest
from addresses import ALL, JSON, READ_PATHS
from flask.testing import FlaskClient
from serving import serving

from jsbio_kg.release import Release
from jsbio_kg.service import Service
from jsbio_kg.store import Answer, Query, Store
from jsbio_kg.web.app import create_app
from jsbio_kg.web.conditional import make_etag

# -- tags and conditions ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", READ_PATHS)
def test_every_answer_has_a_strong_tag_a_lifetime_and_no_less_by_head(
    client: FlaskClient, path: str
) -> None:
    whole, head = client.get(path), client.head(path)
    assert whole.status_code == 200, whole.text
    assert re.fullmatch(r'"[\w-]{22}"', whole.headers["ETag"])
    assert whole.headers["Cache-Control"]
    assert head.data == b""
    if path != "/metrics":
        assert head.headers["ETag"] == whole.headers["ETag"]
        assert head.headers["Content-Length"] == str(len(whole.data))


@pytest.mark.parametrize("path", [JSON, "/", "/downloads/dataset.nq", "/static/style.css"])
def test_who_has_the_bytes_gets_304(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    for value in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        answer = client.get(path, headers={"If-None-Match": value})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert answer.headers["Cache-Control"]
        assert answer.headers["Vary"]
    assert client.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


def test_who_wants_other_bytes_gets_412(client: FlaskClient) -> None:
    tag = client.get(JSON).headers["ETag"]
    assert client.get(JSON, headers={"If-Match": tag}).status_code == 200
    answer = client.get(JSON, headers={"If-Match": '"x"'})
    assert (answer.status_code, answer.mimetype) == (412, "application/problem+json")


def test_the_tag_is_made_from_the_bytes_of_each_coding(client: FlaskClient) -> None:
    tags = set()
    for coding in ("", "gzip", "br", "zstd"):
        answer = client.get(ALL, headers={"Accept-Encoding": coding})
        assert answer.headers["ETag"] == make_etag(answer.data)
        tags.add(answer.headers["ETag"])
    assert len(tags) == 4


def test_the_tag_is_the_same_in_every_process(served: Release, client: FlaskClient) -> None:
    with serving("--release", str(served.root)) as (address, _):
        with urllib.request.urlopen(address + JSON) as answer:
            assert answer.headers["ETag"] == client.get(JSON).headers["ETag"]


# -- the cache -------------------------------------------------------------------------------------


class Counted:
    """A store that counts what it is asked."""

    def __init__(self, store: Store) -> None:
        self.store, self.count = store, 0

    def answer(self, query: Query) -> Answer:
        self.count += 1
        return self.store.answer(query)

    def close(self) -> None:
        pass


@pytest.fixture()
def counted(service: Service) -> tuple[Counted, FlaskClient]:
    counted = Counted(service.store)
    return counted, create_app(Service(counted, service.site)).test_client()


def test_a_repeated_question_is_answered_from_the_cache(
    counted: tuple[Counted, FlaskClient],
) -> None:
    store, client = counted
    first = client.get(JSON)
    second = client.get(JSON)
    assert store.count == 1
    assert second.data == first.data
    assert 'cache;desc="hit"' in second.headers["Server-Timing"]


def test_another_header_does_not_run_the_query_anew(counted: tuple[Counted, FlaskClient]) -> None:
    store, client = counted
    for accept in ("application/json", "application/sparql-results+json", "*/*", "x/y, */*;q=0.1"):
        assert client.get("/queries/parks", headers={"Accept": accept}).status_code == 200
    assert store.count == 1


def test_what_changes_with_the_moment_is_not_kept(counted: tuple[Counted, FlaskClient]) -> None:
    store, client = counted
    path = "/sparql?query=SELECT(RAND()+AS+?x){}"
    assert client.get(path).data != client.get(path).data
    assert client.get(path).headers["Cache-Control"] == "no-store"
    assert store.count == 3


def test_an_error_is_not_kept(counted: tuple[Counted, FlaskClient]) -> None:
    store, client = counted
    for _ in range(2):
        answer = client.get("/sparql?query=SELECT")
        assert answer.headers["Cache-Control"] == "no-store"
    assert store.count == 2


def test_the_host_that_was_asked_is_part_of_the_question(client: FlaskClient) -> None:
    evil = client.get("/", headers={"Host": "evil.example", "Accept": "text/html"})
    honest = client.get("/", headers={"Host": "good.example", "Accept": "text/html"})
    assert evil.status_code == honest.status_code == 200
    assert b"evil.example" not in honest.data
