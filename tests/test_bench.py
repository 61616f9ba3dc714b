"""The benchmark: what it measures is measured, kept and told; no timing decides a test."""

import resource
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from jsbio_kg.bench import PARTS, SOAK, Bench, Results, Row, write_report
from jsbio_kg.bench.asking import ask, fetch, under_load
from jsbio_kg.bench.beyond_parts import replicas
from jsbio_kg.bench.processes import Failed, find_tool, run, serve, serving
from jsbio_kg.bench.rows import growth, machine
from jsbio_kg.cli.bench import PARTS as NAMED
from jsbio_kg.cli.bench import SOAK as NAMED_SOAK
from jsbio_kg.release import Release

#: Triples that are made up, beside those of the real project.
SIZE = 1000


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A benchmark whose graphs are made once."""
    return Bench(Path(__file__).parent.parent, tmp_path_factory.mktemp("bench"))


def installed(tool: str) -> None:
    """Skip when a tool is not installed."""
    try:
        find_tool(tool)
    except Failed as error:
        pytest.skip(str(error))


def rows() -> list[Row]:
    return [
        Row("load", "build and search index", "jsbio-kg", 1000, 4.0, 4.0, 100),
        Row("load", "build and search index", "jsbio-kg", 10_000, 40.0, 40.0, 1000),
        Row("load", "bare load", "oxigraph load", 1000, 2.0, 2.0, 50),
        Row("load", "bare load", "oxigraph load", 10_000, 10.0, 10.0, 500),
        Row("mix", "classes", "Jena", 1000, 0.0, note="HTTP 500 | odd"),
        Row.of("mix", "classes", "jsbio-kg, cold", 1000, [0.2, 0.1, 0.4]),
    ]


def test_the_command_names_the_parts_that_there_are() -> None:
    assert (*PARTS, SOAK) == (*NAMED, NAMED_SOAK)


def test_a_row_of_some_runs_is_their_median_and_spread() -> None:
    row = Row.of("mix", "classes", "x", 10, [0.2, 0.1, 0.4])
    assert (row.seconds, row.runs) == (0.2, 3)
    assert row.spread == pytest.approx(1.5)


def test_growth_is_the_slope_of_the_logarithms() -> None:
    assert growth([(10, 3), (100, 300)]) == pytest.approx(2.0)
    assert growth([(10, 3)]) is None
    assert growth([(10, 0), (100, 0)]) is None


def test_results_are_kept_and_a_part_measured_anew_takes_the_place_of_the_old(
    tmp_path: Path,
) -> None:
    results = Results(rows(), machine())
    results.write(tmp_path / "results.json")
    again = Results.read(tmp_path / "results.json")
    assert sorted(map(repr, again.rows)) == sorted(map(repr, rows()))
    again.replace([Row("load", "bare load", "rdflib", 1000, 9.0)])
    kept = [row for row in again.rows if (row.part, row.triples) == ("load", 1000)]
    assert [row.engine for row in kept] == ["rdflib"]
    assert len(again.rows) == 5


def test_a_size_that_differs_by_a_few_triples_takes_the_place_of_the_old() -> None:
    results = Results(rows())
    results.replace([Row("load", "bare load", "rdflib", 1060, 9.0)])
    assert {row.triples for row in results.rows if row.part == "load"} == {1060, 10_000}
    results.replace([Row("load", "bare load", "rdflib", 1300, 9.0)])
    assert {row.triples for row in results.rows if row.part == "load"} == {1060, 1300, 10_000}
    assert {row.triples for row in results.rows if row.part == "mix"} == {1000}


def test_the_report_tells_what_a_store_elsewhere_costs(tmp_path: Path) -> None:
    taken = {"jsbio-kg": (1.0, 4.0), "jsbio-kg --store": (3.0, 12.0)}
    found = [
        Row("store", f"small: {name}", engine, 1000, seconds)
        for engine, times in taken.items()
        for name, seconds in zip("ab", times, strict=True)
    ]
    found.append(Row("store", "small: a", "oxigraph serve-read-only", 1000, 1.5))
    found.append(Row("store", "small: b", "jsbio-kg --store, graphs named", 1000, 48.0))
    write_report(Results(found, machine()), tmp_path / "benchmarks.md")
    assert "| 1,000 | small | 3.0 | 2.0 | 4.0 |" in (tmp_path / "benchmarks.md").read_text("utf-8")


def test_the_report_tells_ratios_growth_and_what_could_not_be_measured(tmp_path: Path) -> None:
    write_report(Results(rows(), machine()), tmp_path / "benchmarks.md")
    text = (tmp_path / "benchmarks.md").read_text("utf-8")
    assert "| 1,000 | 4.00 | 2.00 | 2.0 |" in text
    assert "| 10,000 | 40.00 | 10.00 | 4.0 |" in text
    assert "| 4.00 s | 40.00 s | 1.00 |" in text
    assert r"HTTP 500 \| odd" in text
    for plot in (tmp_path / "benchmarks").glob("*.svg"):
        assert ET.parse(plot).getroot().tag.endswith("svg")


def test_the_report_compares_saved_queries_and_names_those_that_are_slow(tmp_path: Path) -> None:
    found = [
        Row(
            "queries", name, engine, size, seconds * size / 1000, note="" if seconds else "HTTP 504"
        )
        for size in (1000, 10_000)
        for engine, times in {
            "jsbio-kg, cold": (0.01, 0.02),
            "jsbio-kg": (0.01, 0.2),
            "Jena": (0.04, 0.8),
            "Virtuoso": (0.02, 0.0),
        }.items()
        for name, seconds in zip(("parks", "plans"), times, strict=True)
    ]
    found.append(Row("queries", "all", "rdflib-endpoint", 1000, 0.0, note="too large"))
    write_report(Results(found, machine()), tmp_path / "benchmarks.md")
    text = (tmp_path / "benchmarks.md").read_text("utf-8")
    told = "| 10,000 | 2 | 200.0 ms | 2.00 s | 2.00 s | 4.00 | 2.00 (1 not answered) | – |"
    assert told in text
    assert "Over 1 s by the engine at 10,000: `plans` (2.00 s)." in text
    assert "| `plans` | 2.00 s | 200.0 ms | 8.00 s | HTTP 504 | 1.00 |" in text


def test_a_process_is_measured_and_a_failed_one_says_why() -> None:
    cost = run([sys.executable, "-c", "print(sum(range(10**6)))"])
    assert cost.output.strip() == "499999500000"
    assert cost.cpu > 0
    with pytest.raises(Failed, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"])
    with pytest.raises(Failed, match="ended with"):
        nowhere = "http://127.0.0.1:9/"
        with serving([sys.executable, "-c", "raise SystemExit(3)"], nowhere, nowhere, nowhere):
            pass


def test_memory_is_that_of_the_child_or_not_known() -> None:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    large = run([sys.executable, "-c", f"b'x' * {own + (40 << 20)}"])
    assert large.memory * 2**20 > own + (40 << 20)
    assert run([sys.executable, "-c", ""]).memory == 0


def test_what_interrupts_a_run_ends_its_command() -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    started = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            run([sys.executable, "-c", "import time; time.sleep(60)"])
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < 30


def test_a_run_that_is_killed_leaves_no_server_behind() -> None:
    child = "import time; time.sleep(60)"
    code = (
        "import sys\n"
        "from jsbio_kg.bench import processes\n"
        "processes._answers = lambda _: True\n"
        f"with processes.serving([sys.executable, '-c', {child!r}], '', '', '') as server:\n"
        "    print(server.process.pid, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe) as run_of_it:
        assert run_of_it.stdout is not None
        server = Path(f"/proc/{int(run_of_it.stdout.readline())}")
        assert server.is_dir()
        run_of_it.kill()
        run_of_it.wait()
    until = time.monotonic() + 10
    while server.is_dir() and time.monotonic() < until:
        time.sleep(0.05)
    assert not server.is_dir()


def test_honest_clients_are_answered_beside_hostile_ones(server: str) -> None:
    load = under_load(f"{server}/sparql", ["ASK { ?s ?p ?o }"], 1.5, clients=2, hostile=1)
    assert load.errors == []
    assert 0 < load.quantile(0.5) <= load.quantile(0.99)


def test_a_part_can_be_measured_alone(bench: Bench) -> None:
    (row,) = bench.measure("reasoning", SIZE)
    assert row.triples > 20_000
    assert "inferred from" in row.note


def test_a_store_elsewhere_is_measured_beside_our_own_and_alone(bench: Bench) -> None:
    installed("oxigraph")
    measured = bench.measure("store", SIZE)
    assert {row.note for row in measured} == {""}
    assert all(row.seconds > 0 for row in measured)
    asked: dict[str, set[str]] = {}
    for row in measured:
        asked.setdefault(row.engine, set()).add(row.what)
    whole = asked.pop("jsbio-kg")
    pages = {what for what in whole if what.startswith("page")}
    assert len(pages) == 16
    assert asked.pop("jsbio-kg --store") == whole
    assert asked.pop("oxigraph serve-read-only") == whole - pages
    (named,) = asked.values()
    assert {what.partition(":")[0] for what in named} == {what.partition(":")[0] for what in whole}


def test_an_answer_that_is_cut_short_does_not_count() -> None:
    class Cut(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"results":{"bindings":[The SPARQL operation has been cancelled')

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Cut) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(Failed, match="HTTP 200, but cut short"):
            ask(f"http://127.0.0.1:{server.server_port}/", "ASK {}")
        thread.join()


def test_of_two_replicas_one_is_killed_and_every_error_is_counted(bench: Bench) -> None:
    installed("nginx")
    measured = list(replicas(bench.material(SIZE), 2.0))
    assert [row.what.partition(",")[0] for row in measured[::2]] == [
        "one instance",
        "two behind nginx",
        "two",
    ]
    assert all(row.runs > 10 and 0 < row.seconds < 30 for row in measured)
    assert all(row.note.endswith(" a second, 0 errors") for row in measured)
    assert measured[2].memory > measured[4].memory > 0


def test_without_the_file_of_the_proxy_a_row_says_so(bench: Bench, tmp_path: Path) -> None:
    installed("nginx")
    material = replace(bench.material(SIZE), root=tmp_path)
    material.__dict__["release"] = bench.material(SIZE).release
    row = list(replicas(material, 0.5))[-1]
    assert (row.what, row.seconds) == ("two behind nginx", 0.0)
    assert row.note == "docs/scaling.md with replicas.conf is not here"


def test_a_server_that_is_killed_leaves_no_process(served: Release) -> None:
    with serve(served.root) as server:
        assert server.processes() > 1
        server.kill()
        assert server.process.returncode == -signal.SIGKILL
        assert server.processes() == 0
        with pytest.raises(Failed):
            fetch(f"{server.address}/healthz")
