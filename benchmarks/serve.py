"""Compare the service with Oxigraph's own server, and see what hostile queries do to honest ones.

Run ``python benchmarks/serve.py [--triples N] [--seconds S] [--rounds R]`` with ``wrk``,
``oxigraph`` and ``nginx`` on the path. Every figure is requests a second, as wrk counts them, of
servers that hold the same made-up triples on the same machine, one load after the other; the ratios
of one round are what counts, since a shared machine changes from minute to minute. ``--report``
writes them to ``docs/serving.md`` and ``docs/serving.json``.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from serve_report import write_report
from serve_servers import LIMITED, OURS, PEERS, ask, servers, write_data

from jsbio_kg.bench.asking import quantile

HERE = Path(__file__).parent
LOADS = {
    "mix": "80 % repeats of 20 queries, 20 % unique",
    "small": "repeated small query",
    "rows": "repeated 1,000-row result",
    "unique-small": "unique small queries",
    "unique-rows": "unique 1,000-row results",
}
HOSTILE = (
    "SELECT ?a WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} ORDER BY ?a ?f LIMIT 1 # {n}",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) WHERE "
    "{{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {n}",
)


def wrk(address: str, load: str, seconds: int, subjects: int) -> float:
    """Return good answers a second under a load; tell of those that were not 2xx or 3xx."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(HERE / "load.lua"), address]
    environment = {**os.environ, "LOAD": load, "SUBJECTS": str(subjects)}
    text = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment
    ).stdout
    requests = re.search(r"(\d+) requests in", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    assert requests and rate, text
    share = 1.0
    if failed := re.search(r"Non-2xx or 3xx responses: (\d+)", text):
        share -= int(failed[1]) / int(requests[1])
        print(f"    {address}, {load}: {failed[0]} of {requests[1]}", file=sys.stderr)
    return float(rate[1]) * share


def honest(address: str, seconds: float, subjects: int) -> tuple[list[float], int]:
    """Ask small unique queries one after the other; return times in ms and failures."""
    times, failures, number = [], 0, int(time.time() * 1000) % 10**6
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number += 1
        query = f"SELECT ?p ?o {{ <http://example.org/s/{number % subjects}> ?p ?o }} # {number}"
        started = time.monotonic()
        try:
            ask(address, query)
        except OSError:
            failures += 1
        times.append((time.monotonic() - started) * 1000)
        time.sleep(0.005)
    return times, failures


def attack(address: str, stop: threading.Event) -> None:
    """Send two hostile queries every second and wait for none of them."""
    number = 0

    def send(query: str) -> None:
        try:
            ask(address, query)
        except OSError:
            pass

    while not stop.wait(0.5):
        number += 1
        query = HOSTILE[number % 2].format(n=number)
        threading.Thread(target=send, args=(query,), daemon=True).start()


def hostility(address: str, seconds: float, subjects: int) -> dict[str, float]:
    """Return the p99 of honest queries without and with hostile ones beside them."""
    quiet, failed = honest(address, seconds, subjects)
    stop = threading.Event()
    attacker = threading.Thread(target=attack, args=(address, stop))
    attacker.start()
    time.sleep(2)
    loud, failed_loud = honest(address, seconds, subjects)
    stop.set()
    attacker.join()
    figures = {
        "p99 without (ms)": quantile(quiet, 0.99),
        "p99 with (ms)": quantile(loud, 0.99),
        "p50 without (ms)": statistics.median(quiet),
        "p50 with (ms)": statistics.median(loud),
        "failures": failed + failed_loud,
        "queries": len(quiet) + len(loud),
    }
    return {name: round(value, 2) for name, value in figures.items()}


def measure(options: argparse.Namespace, found: dict[str, str]) -> dict[str, Any]:
    """Return requests a second by load, server and round; and times beside hostile queries."""
    subjects = options.triples // 5
    rates: dict[str, dict[str, list[float]]] = {}
    for _ in range(options.rounds):
        for load in [name for name in options.loads if name in LOADS]:
            for name in (OURS, *PEERS):
                address = found[name]
                rate = wrk(address, load, options.seconds, subjects)
                rates.setdefault(load, {}).setdefault(name, []).append(round(rate))
            print(
                json.dumps({load: {name: rates[load][name][-1] for name in rates[load]}}),
                flush=True,
            )
    hostile = {}
    if "hostile" in options.loads:
        for name in (OURS, LIMITED):
            hostile[name] = hostility(found[name], options.seconds * 2, subjects)
            print(json.dumps({"hostile": name, **hostile[name]}), flush=True)
    return {"rates": rates, "hostile": hostile}


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    loads = [*LOADS, "hostile"]
    parser.add_argument("--loads", nargs="*", choices=loads, default=loads)
    parser.add_argument("--report", action="store_true", help="write docs/serving.*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nt"
        write_data(data, options.triples)
        busy = os.getloadavg()
        with servers(data, Path(folder)) as found:
            results = measure(options, found)
    if options.report:
        about = {"triples": options.triples, "seconds": options.seconds, "load average": busy}
        write_report(HERE.parent / "docs", LOADS, PEERS, {**about, **results})


if __name__ == "__main__":
    main()
