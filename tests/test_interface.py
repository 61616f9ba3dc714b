"""Saved queries and the service as an interface: pages of rows, how much one may ask, and swaps."""

import json
import random
import signal
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from serving import make_release, serving

from jsbio_kg.release import Release
from jsbio_kg.service import Service
from jsbio_kg.store import EmbeddedStore, Query
from jsbio_kg.web.app import create_app
from jsbio_kg.web.front import FrontSettings
from jsbio_kg.web.rates import Rates

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


# -- rows in pages ---------------------------------------------------------------------------------


def rows(store: EmbeddedStore, text: str) -> list[object]:
    found: list[object] = json.loads(store.answer(Query(text)).body)["results"]["bindings"]
    return found


def test_rows_have_one_order_however_the_graph_was_loaded(
    release: Release, real_service: Service, tmp_path: Path
) -> None:
    lines = release.dataset.read_bytes().splitlines(keepends=True)
    random.Random(7).shuffle(lines)
    (tmp_path / "shuffled.nq").write_bytes(b"".join(lines))
    other = EmbeddedStore.from_dataset(tmp_path / "shuffled.nq", release.default_graphs)
    store = real_service.store
    assert isinstance(store, EmbeddedStore)
    selects = [q for q in real_service.site.queries.values() if q.kind == "SELECT"]
    assert len(selects) > 50
    for query in selects:
        whole = rows(store, query.text)
        assert rows(other, query.text) == whole, query.name
        size = max(1, -(-len(whole) // 3))
        pages = [rows(store, query.bind({}, size, start)) for start in range(0, len(whole), size)]
        assert [row for page in pages for row in page] == whole, query.name


def test_a_page_says_whether_there_is_more(site: FlaskClient) -> None:
    whole = site.get("/queries/cities.json").json["results"]["bindings"]
    for limit, offset in ((1, 0), (len(whole) - 1, 0), (len(whole), 0), (5, len(whole) - 5)):
        answer = site.get(f"/queries/cities.json?limit={limit}&offset={offset}")
        assert answer.json["results"]["bindings"] == whole[offset : offset + limit]
        assert ("X-Rows-Cut" in answer.headers) == (offset + limit < len(whole))
    assert site.get("/queries/cities.json?offset=1000000").json["results"]["bindings"] == []
    for wrong in ("limit=1000001", "offset=99999999999999999999999", "limit=1.5", "limit=%D9%A1"):
        answer = site.get(f"/queries/cities.json?{wrong}")
        assert answer.status_code == 400 and answer.json["parameter"] == wrong.partition("=")[0]


@pytest.mark.parametrize("kind", ["iri", "string", "langstring", "integer", "year", "enum"])
def test_a_parameter_of_every_type_is_checked_and_named(site: FlaskClient, kind: str) -> None:
    wrong = {"iri": "no iri", "langstring": "no language", "enum": "none of them"}
    found = 0
    service_queries = site.get("/openapi.json").json["paths"]
    for path, operations in service_queries.items():
        for parameter in operations["get"]["parameters"] if path.startswith("/queries/") else ():
            if _kind(parameter) != kind:
                continue
            found += 1
            name, value = parameter["name"], wrong.get(kind, "\0" if kind == "string" else "x")
            answer = site.get(f"{path}.json", query_string={name: value})
            answer = (
                site.get(f"{path}.ttl", query_string={name: value})
                if answer.status_code == 406
                else answer
            )
            assert answer.status_code == 400, (path, name)
            assert answer.json["parameter"] == name
            assert answer.json["fix"]
    assert found


def _kind(parameter: dict[str, dict[str, dict[str, object]]]) -> str:
    """Return the type of a parameter, as its schema tells it; other fields have none."""
    items = parameter["schema"].get("items", {})
    if "enum" in items:
        return "enum"
    pattern = str(items.get("pattern", ""))
    if items.get("type") == "integer":
        return "year" if items.get("minimum") == 1900 else "integer"
    if "@" in pattern:
        return "langstring"
    if "u0000" in pattern:
        return "string"
    return "iri" if pattern else ""


# -- how much one client may ask -------------------------------------------------------------------


def test_one_client_has_so_many_queries_at_once(service: Service) -> None:
    rates = Rates(at_once=2, counts_loopback=True)
    app = create_app(service, settings=FrontSettings(rates=rates))

    def ask(number: int) -> tuple[int, str]:
        client = app.test_client()
        answer = client.get("/sparql", query_string={"query": f"{ENDLESS} # at once {number}"})
        return answer.status_code, answer.headers.get("Retry-After", "")

    with ThreadPoolExecutor(6) as threads:
        outcomes = list(threads.map(ask, range(6)))
    refused = [wait for status, wait in outcomes if status == 429]
    assert len(refused) == 4 and all(int(wait) >= 1 for wait in refused)
    answer = app.test_client().get("/sparql?query=ASK{}%23afterwards")
    assert answer.status_code == 200, "the places are free again"


def test_who_a_proxy_speaks_for_is_believed_of_trusted_proxies_only(service: Service) -> None:
    for proxies, expected in (((), [200, 429]), (("127.0.0.0/8",), [200, 200])):
        rates = Rates(requests=1, seconds=60, counts_loopback=True, proxies=proxies)
        client = create_app(service, settings=FrontSettings(rates=rates)).test_client()
        found = [
            client.get(
                f"/sparql?query=ASK{{}}%23{len(proxies)}{number}",
                headers={"X-Forwarded-For": f"198.51.100.{number}"},
            ).status_code
            for number in range(2)
        ]
        assert found == expected


# -- a new release while many ask ------------------------------------------------------------------


def test_no_request_is_lost_while_releases_are_swapped_under_load(tmp_path: Path) -> None:
    folder = make_release(tmp_path / "release")
    with serving("--release", str(folder)) as (address, process):
        stop, outcomes, lost = threading.Event(), [0], list[str]()

        def ask(number: int) -> None:
            turn = 0
            while not stop.is_set():
                turn += 1
                url = f"{address}/sparql?query=ASK%7B%7D%23{number}.{turn}"
                try:
                    with urllib.request.urlopen(url, timeout=30) as answer:
                        answer.read()
                        outcomes[0] += 1
                except (urllib.error.URLError, OSError) as error:
                    lost.append(f"{type(error).__name__}: {error}")

        asking = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
        for each in asking:
            each.start()
        for swap in range(2):
            more = f"<https://w3id.org/jsbio/graph/facts> {{ <urn:swap:{swap}> <urn:p> 1 . }}"
            make_release(tmp_path / f"next{swap}", more)
            folder.rename(tmp_path / f"old{swap}")
            (tmp_path / f"next{swap}").rename(folder)
            process.send_signal(signal.SIGHUP)
            _await_triple(address, f"urn:swap:{swap}")
        stop.set()
        for each in asking:
            each.join()
    assert lost == []
    assert outcomes[0] > 20


def _await_triple(address: str, subject: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        query = f"ASK%7B%3C{subject}%3E%20%3Fp%20%3Fo%7D%23{time.time()}"
        with urllib.request.urlopen(f"{address}/sparql?query={query}", timeout=30) as answer:
            if b"true" in answer.read():
                return
        time.sleep(0.2)
    raise AssertionError("the new release is not served")
