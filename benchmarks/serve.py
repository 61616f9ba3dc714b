"""Compare the service with Oxigraph's own server, and see what hostile queries do to honest ones.

Run ``python benchmarks/serve.py [--triples N] [--seconds S] [--rounds R]`` with ``wrk`` and
``oxigraph`` on the path. Every figure is requests a second, as wrk counts them, of servers that hold
the same synthetic triples on the same machine, one load after the other; the ratios of one round
are what counts, since a shared machine changes from minute to minute. Results go to
``docs/benchmarks.md`` by hand.
"""

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

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


def write_data(path: Path, triples: int) -> None:
    """Write subjects of five triples each, in groups of a thousand, as N-Triples."""
    base = "http://example.org/"
    with path.open("w") as stream:
        for number in range(triples // 5):
            subject = f"<{base}s/{number}>"
            stream.write(
                f"{subject} <{base}type> <{base}Class{number % 20}> .\n"
                f"{subject} <{base}group> <{base}group/{number // 1000}> .\n"
                f'{subject} <{base}label> "Label of {number}"@en .\n'
                f'{subject} <{base}value> "{number % 997}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
                f"{subject} <{base}next> <{base}s/{(number * 7 + 1) % (triples // 5)}> .\n"
            )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str, port: int) -> Iterator[str]:
    """Run a server until it answers, then until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 600
        while True:
            try:
                ask(address, "ASK {}")
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None and time.monotonic() < until, command
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(60)


def ask(address: str, query: str, timeout: float = 60) -> bytes:
    url = f"{address}/query?" + urllib.parse.urlencode({"query": query})
    request = urllib.request.Request(url, headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        body: bytes = answer.read()
        return body


@contextmanager
def servers(data: Path, folder: Path) -> Iterator[dict[str, str]]:
    """Run ours, Oxigraph in memory and Oxigraph on disk, over the same data."""
    memory, disk, ours = free_port(), free_port(), free_port()
    oxigraph = shutil.which("oxigraph") or str(Path(sys.executable).parent / "oxigraph")
    location = str(folder / "disk")
    load = [oxigraph, "load", "--location", location, "--file", str(data)]
    subprocess.run(load, check=True, stderr=subprocess.DEVNULL)
    subprocess.run([oxigraph, "optimize", "--location", location], check=True)
    with ExitStack() as stack:
        enter = stack.enter_context
        found = {
            "ours": enter(
                running(
                    sys.executable,
                    "-m",
                    "jsbio_kg.cli",
                    "serve",
                    "--port",
                    str(ours),
                    "--timeout",
                    "10",
                    str(data),
                    port=ours,
                )
            ),
            "memory": enter(
                running(oxigraph, "serve", "--bind", f"127.0.0.1:{memory}", port=memory)
            ),
            "disk": enter(
                running(
                    oxigraph,
                    "serve-read-only",
                    "--location",
                    location,
                    "--bind",
                    f"127.0.0.1:{disk}",
                    port=disk,
                )
            ),
        }
        post = urllib.request.Request(
            f"{found['memory']}/store?default",
            data=data.read_bytes(),
            headers={"Content-Type": "application/n-triples"},
            method="POST",
        )
        urllib.request.urlopen(post, timeout=600).close()
        yield found


def wrk(address: str, load: str, seconds: int, subjects: int) -> float:
    """Return requests a second under a load; any answer that is not 2xx is an error."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(HERE / "load.lua"), address]
    environment = {**os.environ, "LOAD": load, "SUBJECTS": str(subjects)}
    text = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment
    ).stdout
    if failed := re.search(r"Non-2xx or 3xx responses: (\d+)", text):
        print(f"    {load}: {failed[0]}", file=sys.stderr)
    found = re.search(r"Requests/sec:\s+([\d.]+)", text)
    assert found, text
    return float(found[1])


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


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
    return {
        "p99 without (ms)": percentile(quiet, 0.99),
        "p99 with (ms)": percentile(loud, 0.99),
        "p50 without (ms)": statistics.median(quiet),
        "p50 with (ms)": statistics.median(loud),
        "failures": failed + failed_loud,
        "queries": len(quiet) + len(loud),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loads", nargs="*", default=[*LOADS, "hostile"])
    options = parser.parse_args()
    subjects = options.triples // 5
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nt"
        write_data(data, options.triples)
        with servers(data, Path(folder)) as found:
            for number in range(options.rounds):
                for load in [name for name in options.loads if name in LOADS]:
                    rates = {
                        name: wrk(address, load, options.seconds, subjects)
                        for name, address in found.items()
                    }
                    ratios = {
                        f"x{name}": round(rates["ours"] / rates[name], 2)
                        for name in ("memory", "disk")
                    }
                    rounded = {name: round(rate) for name, rate in rates.items()}
                    print(
                        json.dumps({"round": number, "load": load, **rounded, **ratios}), flush=True
                    )
            if "hostile" in options.loads:
                figures = hostility(found["ours"], options.seconds * 2, subjects)
                figures = {name: round(value, 2) for name, value in figures.items()}
                print(json.dumps({"load": "hostile", **figures}), flush=True)


if __name__ == "__main__":
    main()
