"""A real server: where it may listen, how it starts and ends, and releases swapped meanwhile."""

import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from serving import make_release, serving, wait_until_ready

from jsbio_kg.cli import main
from jsbio_kg.errors import SourceError
from jsbio_kg.release import Release
from jsbio_kg.service import Service, Source
from jsbio_kg.web.app import create_app
from jsbio_kg.web.context import Options
from jsbio_kg.web.front import FrontSettings
from jsbio_kg.web.server import Settings, run


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_without_the_fence_only_this_machine_is_served(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(SourceError, match="others are not served"):
        run(Settings(Source(), host=host, port=0))


def wait_until_true(address: str, query: str) -> None:
    """Ask until the new release is served, each time in another address."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        fields = urlencode({"query": query, "x": time.time()})
        with urllib.request.urlopen(f"{address}/sparql?{fields}") as answer:
            if b"true" in answer.read():
                return
        time.sleep(0.2)
    raise AssertionError("the new release was not served")


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
        wait_until_true(address, "ASK { <urn:new> ?p ?o }")
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
        wait_until_true(address, "ASK { GRAPH ?g { <urn:new> ?p ?o } }")


def test_a_page_names_the_address_that_it_was_given(service: Service) -> None:
    app = create_app(service, Options(), FrontSettings(address="https://kg.example/"))
    description = app.test_client().get("/sparql").text
    assert "https://kg.example/sparql" in description


@pytest.mark.parametrize(
    "option", [("--timeout", "0"), ("--memory", "0"), ("--rate", "-1"), ("--port", "70000")]
)
def test_a_limit_that_is_none_is_refused(option: tuple[str, str]) -> None:
    result = CliRunner().invoke(main, ["serve", *option])
    assert result.exit_code == 2 and f"Invalid value for '{option[0]}'" in result.output


def test_files_and_a_store_elsewhere_are_one_too_many() -> None:
    result = CliRunner().invoke(main, ["serve", "mine.ttl", "--store", "http://127.0.0.1:9/"])
    assert result.exit_code == 2 and "leave out --store" in result.output
