"""HTTP: tags, conditions, codings, ranges, caching, sharing, saved queries as an interface."""

import gzip
import hashlib
import ipaddress
import json
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from serving import make_release, serving, wait_until_ready

from jsbio_kg.release import Release
from jsbio_kg.service import Service
from jsbio_kg.store import Answer, Query, Store
from jsbio_kg.vocabulary import BASE
from jsbio_kg.web.app import create_app
from jsbio_kg.web.conditional import Part, evaluate, make_etag, read_range
from jsbio_kg.web.context import Options
from jsbio_kg.web.front import FrontSettings
from jsbio_kg.web.querylog import LogSettings
from jsbio_kg.web.rates import Rates, client_of

JSON = "/queries/parks.json"
ALL = "/sparql?query=CONSTRUCT+WHERE{?s+?p+?o}"
READ_PATHS = [
    "/",
    "/sparql",
    "/sparql?query=ASK{}",
    "/queries/",
    JSON,
    "/queries/parks.rq",
    "/data/park/biobay",
    "/graph/facts",
    "/graphs?default",
    "/downloads/",
    "/downloads/dataset.nq",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
    "/static/style.css",
]


# -- tags and conditions -----------------------------------------------------------------------


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


# -- codings -----------------------------------------------------------------------------------


def test_each_coding_gives_the_same_bytes(client: FlaskClient) -> None:
    plain = client.get(ALL).data
    decoders = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
    }
    for coding, decode in decoders.items():
        answer = client.get(ALL, headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert len(answer.data) < len(plain)
        assert decode(answer.data) == plain


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("*", "zstd"),
        ("*, zstd;q=0", "br"),
        ("identity", None),
        ("deflate", None),
        ("gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
    ],
)
def test_the_coding_is_the_one_the_client_likes_best(
    client: FlaskClient, accept: str, expected: str | None
) -> None:
    answer = client.get(ALL, headers={"Accept-Encoding": accept})
    assert answer.headers.get("Content-Encoding") == expected


def test_what_is_small_is_not_coded(client: FlaskClient) -> None:
    answer = client.get("/sparql?query=ASK{}", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


# -- ranges ------------------------------------------------------------------------------------


def test_a_dump_is_given_in_parts(client: FlaskClient, served: Release) -> None:
    path, whole = "/downloads/dataset.nq", served.dataset.read_bytes()
    tag = client.get(path).headers["ETag"]
    assert client.get(path).headers["Accept-Ranges"] == "bytes"
    for header, first, last in (
        ("bytes=0-9", 0, 9),
        ("bytes=10-", 10, len(whole) - 1),
        ("bytes=-7", len(whole) - 7, len(whole) - 1),
        ("bytes=5-999999999", 5, len(whole) - 1),
    ):
        answer = client.get(path, headers={"Range": header, "Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.data) == (206, whole[first : last + 1])
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer.headers["ETag"] == tag
    answer = client.get(path, headers={"Range": f"bytes={len(whole)}-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"


def test_a_range_of_other_bytes_gives_the_whole(client: FlaskClient, served: Release) -> None:
    path = "/downloads/dataset.nq"
    headers = {"Range": "bytes=0-9", "If-Range": '"x"'}
    assert client.get(path, headers=headers).data == served.dataset.read_bytes()
    headers["If-Range"] = client.get(path).headers["ETag"]
    assert client.get(path, headers=headers).status_code == 206


@pytest.mark.parametrize("header", ["bytes=0-1,5-6", "items=0-5", "bytes=9-2", "bytes=-", "x"])
def test_a_range_that_is_not_understood_gives_the_whole(client: FlaskClient, header: str) -> None:
    answer = client.get("/downloads/dataset.nq", headers={"Range": header})
    assert answer.status_code == 200


def test_a_large_file_is_sent_in_pieces(
    service: Service, served: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jsbio_kg.web.finishing._SMALL_FILE", 100)
    client = create_app(service).test_client()
    path, whole = "/downloads/dataset.nq", served.dataset.read_bytes()
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.data == whole
    assert answer.headers["ETag"] == make_etag(whole)
    answer = client.get(path, headers={"Range": "bytes=3-20"})
    assert (answer.status_code, answer.data) == (206, whole[3:21])
    headers = {"If-None-Match": make_etag(whole)}
    assert client.get(path, headers=headers).status_code == 304


def test_no_name_leads_out_of_the_release(client: FlaskClient) -> None:
    for name in ("../manifest.json", "..%2f..%2fetc/passwd", "/etc/passwd", "graphs/", "x"):
        assert client.get(f"/downloads/{name}").status_code == 404, name


def test_a_download_is_the_file_that_the_manifest_names(
    client: FlaskClient, served: Release
) -> None:
    for name, entry in served.manifest.files.items():
        data = client.get(f"/downloads/{name}").data
        assert hashlib.sha256(data).hexdigest() == entry.sha256


@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 50))
def test_no_header_breaks_ranges_and_conditions(range_: str, tag: str, size: int) -> None:
    part = read_range(range_, tag, '"a"', size)
    assert part is None or isinstance(part, Part)
    assert evaluate('"a"', tag, range_) in (200, 304, 412)


# -- the cache ---------------------------------------------------------------------------------


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


# -- sharing and security ----------------------------------------------------------------------


@pytest.mark.parametrize("path", [*READ_PATHS, "/none", "/sparql?query=X", "/id/park/biobay"])
def test_everything_may_be_read_by_any_site_and_is_kept_from_harm(
    client: FlaskClient, path: str
) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
        headers = client.open(path, method=method).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers


def test_a_preflight_allows_what_reading_needs(client: FlaskClient) -> None:
    headers = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = client.options("/sparql", headers=headers)
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_the_description_is_linked_from_everything(client: FlaskClient) -> None:
    assert 'rel="service-desc"' in client.get(JSON).headers["Link"]


def test_input_is_never_reflected_as_markup(client: FlaskClient) -> None:
    bad = "<script>alert(1)</script>"
    for path in (f"/{bad}", f"/queries/{bad}", f"/page/{bad}", f"/sparql?query={bad}"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code >= 400
        assert b"<script>alert" not in answer.data


def test_a_header_cannot_be_injected(client: FlaskClient) -> None:
    for path in ("/id/park/x%0d%0aX-Evil:1", "/id/park/x?a=%0d%0aX-Evil:1"):
        answer = client.get(path)
        assert "X-Evil" not in answer.headers
        assert "\n" not in answer.headers.get("Location", "")


# -- rates -------------------------------------------------------------------------------------


def test_who_asks_too_often_is_told_when_to_come_again(service: Service) -> None:
    rates = Rates(requests=3, seconds=60, counts_loopback=True)
    client = create_app(service, settings=FrontSettings(rates=rates)).test_client()
    answers = [client.get(f"/sparql?query=ASK{{}}%23{n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[0].headers["RateLimit"] == '"default";r=2;t=60'
    assert answers[0].headers["RateLimit-Policy"] == '"default";q=3;w=60'
    assert int(answers[3].headers["Retry-After"]) in range(1, 61)
    assert answers[3].json["fix"]
    assert client.get("/sparql?query=ASK{}%230").status_code == 200, "what is kept is free"
    assert client.get("/healthz").status_code == 200


def test_a_machines_own_clients_are_not_counted_unless_told(service: Service) -> None:
    settings = FrontSettings(rates=Rates(requests=1))
    client = create_app(service, settings=settings).test_client()
    for number in range(4):
        assert client.get(f"/sparql?query=ASK{{}}%23{number}x").status_code == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "2001:db8::5", "2001:db8::/64"),
        ("10.0.0.1", "garbage", ""),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_says_who_asks(remote: str, forwarded: str, client: str) -> None:
    environ = {"REMOTE_ADDR": remote}
    if forwarded:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_of(environ, (ipaddress.ip_network("10.0.0.0/8"),)) == client


# -- metrics and the log -----------------------------------------------------------------------


def test_metrics_count_responses_problems_caches_and_workers(service: Service) -> None:
    client = create_app(service).test_client()
    client.get(JSON)
    client.get(JSON)
    client.get("/sparql?query=SELECT")
    text = client.get("/metrics").text
    assert 'jsbio_responses_total{route="/queries",status="200"} 1' in text
    assert 'jsbio_problems_total{kind="query-syntax"} 1' in text
    assert 'jsbio_cache_hits_total{cache="responses"} 1' in text
    assert re.search(r'jsbio_workers\{state="idle"\} \d', text)
    assert 'jsbio_response_seconds_bucket{le="+Inf"} 2' in text


def test_the_log_tells_what_was_asked_and_not_by_whom(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    settings = FrontSettings(log=LogSettings(path=str(path), slow=0.0))
    client = create_app(service, settings=settings).test_client()
    client.get("/sparql?query=ASK{}", headers={"User-Agent": "me", "X-Forwarded-For": "6.6.6.6"})
    client.get("/sparql?query=SELECT")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["status"] for line in lines] == [200, 400]
    assert lines[0]["kind"] == "boolean"
    assert lines[1]["problem"] == "query-syntax"
    assert lines[0]["slow"] is True
    text = path.read_text()
    assert "127.0.0.1" not in text and "6.6.6.6" not in text and "me" not in text.split('"')
    assert "ASK" not in text


def test_the_log_can_tell_clients_apart_and_give_texts(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = LogSettings(path=str(path), clients=True, texts=True)
    client = create_app(service, settings=FrontSettings(log=log)).test_client()
    client.get("/sparql?query=ASK{}")
    line = json.loads(path.read_text())
    assert re.fullmatch("[0-9a-f]{16}", line["client"])
    assert "ASK" in line["text"]


# -- saved queries as an interface -----------------------------------------------------------------


def rows(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    bindings = json.loads(answer.data)["results"]["bindings"]
    return [row["park"]["value"].rpartition("/")[2] for row in bindings]


def test_a_parameter_is_bound_from_the_address(client: FlaskClient) -> None:
    path = "/queries/parks-in-city.json"
    assert rows(client, path) == ["biobay"]
    assert rows(client, path + "?city=city:nanjing") == ["valley"]
    assert rows(client, path + f"?city={BASE}id/city/nanjing") == ["valley"]
    assert rows(client, path + "?city=city:nanjing&city=city:suzhou") == ["biobay", "valley"]
    assert rows(client, path + "?city=city:nanjing&most=4") == []
    assert rows(client, path + "?city=city:nanjing&most=") == ["valley"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("city=nanjing", "city"),
        ("city=", "city"),
        ("most=five", "most"),
        ("town=city:nanjing", "town"),
        ("limit=-1", "limit"),
        ("limit=1&limit=2", "limit"),
        ("offset=x", "offset"),
    ],
)
def test_a_wrong_parameter_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/queries/parks-in-city.json?{query}")
    assert answer.status_code == 400
    assert answer.json["parameter"] == parameter
    assert answer.json["fix"]


def test_pages_of_rows_keep_their_order(client: FlaskClient) -> None:
    whole = rows(client, JSON)
    assert rows(client, JSON + "?limit=1") == whole[:1]
    assert rows(client, JSON + "?limit=1&offset=1") == whole[1:2]
    assert rows(client, JSON + "?limit=0") == []


def test_rows_that_were_cut_off_are_told(client: FlaskClient) -> None:
    assert client.get(JSON + "?limit=1").headers["X-Rows-Cut"] == "yes"
    assert "X-Rows-Cut" not in client.get(JSON + "?limit=2").headers


@pytest.mark.parametrize("extension", ["json", "csv", "tsv", "xml"])
def test_rows_come_by_extension(client: FlaskClient, extension: str) -> None:
    assert client.get(f"/queries/parks.{extension}").status_code == 200


@pytest.mark.parametrize("extension", ["ttl", "jsonld", "nt", "rdf"])
def test_triples_come_by_extension(client: FlaskClient, extension: str) -> None:
    assert client.get(f"/queries/park-graph.{extension}").status_code == 200


@pytest.mark.parametrize("extension", ["json", "csv"])
def test_triples_do_not_come_as_rows(client: FlaskClient, extension: str) -> None:
    assert client.get(f"/queries/park-graph.{extension}").status_code == 406


def test_a_query_that_gives_rows_is_described_to_who_wants_triples(client: FlaskClient) -> None:
    by_extension = client.get("/queries/parks.ttl")
    by_accept = client.get("/queries/parks", headers={"Accept": "text/turtle"})
    assert by_extension.data == by_accept.data
    assert "sh:SPARQLSelectExecutable" in by_accept.text


def test_a_query_comes_as_it_was_written(client: FlaskClient, served: Release) -> None:
    text = (served.root / "queries" / "parks.rq").read_bytes()
    assert client.get("/queries/parks.rq").data == text
    headers = {"Accept": "application/sparql-query"}
    assert client.get("/queries/parks", headers=headers).data == text


def test_openapi_lists_every_query_with_its_parameters(client: FlaskClient) -> None:
    api = client.get("/openapi.json").json
    assert api["openapi"].startswith("3.1")
    operation = api["paths"]["/queries/parks-in-city"]["get"]
    assert [each["name"] for each in operation["parameters"]] == [
        "city",
        "most",
        "limit",
        "offset",
        "lang",
    ]
    names = {path.removeprefix("/queries/") for path in api["paths"] if "/queries/" in path}
    assert {"is-ranked", "park-graph", "parks", "parks-in-city"} <= names


# -- the real server -----------------------------------------------------------------------------


def test_sigterm_finishes_what_runs(served: Release) -> None:
    with serving("--release", str(served.root), "--timeout", "2") as (address, process):
        outcome: list[int] = []
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"

        def ask() -> None:
            try:
                urllib.request.urlopen(f"{address}/sparql", data=f"query={slow}".encode())
            except urllib.error.HTTPError as error:
                outcome.append(error.code)

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(0.7)
        process.terminate()
        asking.join(10)
        assert outcome == [504]
        assert process.wait(10) == 0


def test_a_broken_release_is_refused_at_start_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    command = [
        sys.executable,
        "-m",
        "jsbio_kg.cli",
        "serve",
        "--release",
        str(tmp_path / "release"),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "manifest.json" in ended.stderr


def test_a_new_release_is_swapped_in_without_dropping_a_request(tmp_path: Path) -> None:
    folder = make_release(tmp_path / "release")
    with serving("--release", str(folder)) as (address, process):
        statuses: list[int] = []
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                with urllib.request.urlopen(f"{address}/graphs?default") as answer:
                    statuses.append(answer.status)
                    answer.read()

        asking = threading.Thread(target=ask)
        asking.start()
        more = "<https://w3id.org/jsbio/graph/facts> { <urn:new> <urn:p> 1 . }"
        make_release(tmp_path / "next", more)
        folder.rename(tmp_path / "old")
        (tmp_path / "next").rename(folder)
        process.send_signal(signal.SIGHUP)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            fields = urlencode({"query": "ASK { <urn:new> ?p ?o }", "x": time.time()})
            with urllib.request.urlopen(f"{address}/sparql?{fields}") as answer:
                if b"true" in answer.read():
                    break
            time.sleep(0.2)
        else:
            raise AssertionError("the new release was not served")
        time.sleep(1.5)
        stop.set()
        asking.join()
        assert set(statuses) == {200}


def test_a_broken_new_release_leaves_the_old_one_serving(tmp_path: Path) -> None:
    folder = make_release(tmp_path / "release")
    with serving("--release", str(folder)) as (address, process):
        (folder / "dataset.nq").write_text("broken")
        process.send_signal(signal.SIGHUP)
        time.sleep(2)
        wait_until_ready(address, process)


def test_a_server_that_watches_swaps_by_itself(tmp_path: Path) -> None:
    folder = make_release(tmp_path / "release")
    with serving("--release", str(folder), "--reload") as (address, _):
        time.sleep(1.5)
        make_release(tmp_path / "next", "<urn:g> { <urn:new> <urn:p> 1 . }")
        folder.rename(tmp_path / "old")
        (tmp_path / "next").rename(folder)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            fields = urlencode({"query": "ASK { GRAPH ?g { <urn:new> ?p ?o } }", "x": time.time()})
            with urllib.request.urlopen(f"{address}/sparql?{fields}") as answer:
                if b"true" in answer.read():
                    return
            time.sleep(0.2)
        raise AssertionError("the new release was not served")


def test_files_of_ones_own_are_served_with_their_graphs(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> <rel> .")
    (tmp_path / "b.trig").write_text("<urn:g> { <urn:b> <urn:p> 2 . }")
    files = [str(tmp_path / "a.ttl"), str(tmp_path / "b.trig")]
    counts = {}
    for mode in ("union", "strict"):
        with serving("--default-graph", mode, *files) as (address, _):
            for name, query in (
                ("default", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
                ("named", "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }"),
            ):
                request = urllib.request.Request(
                    f"{address}/sparql",
                    data=query.encode(),
                    headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
                )
                with urllib.request.urlopen(request) as answer:
                    counts[mode, name] = int(answer.read().split()[1])
            with urllib.request.urlopen(f"{address}/graphs?default") as answer:
                assert str(tmp_path).encode() not in answer.read(), "no path of the host"
    assert counts == {
        ("union", "default"): 2,
        ("union", "named"): 1,
        ("strict", "default"): 1,
        ("strict", "named"): 1,
    }


def test_a_page_names_the_address_that_it_was_given(service: Service) -> None:
    app = create_app(service, Options(), FrontSettings(address="https://kg.example/"))
    description = app.test_client().get("/sparql").text
    assert "https://kg.example/sparql" in description
