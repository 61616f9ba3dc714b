"""How fast the reasoner is, beside every other OWL 2 RL reasoner that Python can install.

    python benchmarks/reasoning.py --sizes 5000 20000 100000 1000000

Every engine runs in a process of its own, on the same file, one after the other; what it publishes
is compared triple by triple (as a hash of the sorted lines) with what the first engine publishes.
Reading and reasoning are timed apart: ``read`` ends when the engine holds the triples, ``reason``
when it holds what follows; the time of the processor is given too, since a busy machine bends the
clock. Peers that are not installed are left out; install them with ``pip
install -r benchmarks/requirements.txt``. One of them needs a newer Python: name it with
``--python 3.13=PATH``; there ``pip install purrdf==3.0.1 pyoxigraph rdflib owlrl``. ``--cases``
asks each engine the case of every rule instead, and prints which ones it gets wrong. What came
out, and what follows from it, is in ``docs/reasoning.md``.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, parse
from reasoning_engines import ENGINES, Triple, triples_of
from reasoning_graph import ONTOLOGY, n_triples

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

#: Other interpreters, by version, for engines that need them.
PYTHONS: dict[str, str] = {}

# -- one engine on one file, in a process of its own


def run(name: str, path: Path, unchecked: bool) -> dict[str, Any]:
    """Run an engine on a file and return what it took and what it found."""
    engine = ENGINES[name]()
    started = time.perf_counter()
    engine.read(path)
    read, cpu = time.perf_counter(), time.process_time()
    engine.reason()
    reasoned, used = time.perf_counter(), time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    took = {"read": read - started, "reason": reasoned - read, "cpu": used, "memory": memory}
    print(json.dumps(took), flush=True)
    if unchecked:
        return {}
    count, digest = _digest(engine.triples(), path)
    return {"inferred": count, "digest": digest}


def _digest(triples: Iterable[Triple], path: Path) -> tuple[int, str]:
    from reasoning_oracle import published

    lines = sorted(" ".join(map(str, triple)) for triple in published(triples, triples_of(path)))
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _python(name: str) -> str:
    """Return the version of Python that an engine needs, if it is another than this."""
    return getattr(ENGINES[name], "python", "")


def measure(name: str, path: Path, timeout: float, unchecked: bool = False) -> dict[str, Any]:
    """Run an engine in a process; what it had measured when it was stopped is kept."""
    command = [PYTHONS.get(_python(name), sys.executable), __file__, "--run", name, str(path)]
    command += ["--unchecked"] * unchecked
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as stopped:
        output = (stopped.stdout or b"").decode()
        measured = json.loads(output.splitlines()[0]) if output.strip() else {}
        return {**measured, "note": "" if measured else f"stopped after {timeout:.0f} s"}
    measured = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            measured.update(json.loads(line))
    if done.returncode:
        measured["note"] = (done.stderr.strip().splitlines() or ["failed"])[-1][:60]
    return measured


# -- the tables


def table(sizes: list[int], engines: list[str], timeout: float, unchecked: bool) -> None:
    """Print one row for each size and engine."""
    print(
        "| triples | engine | read s | reason s | CPU s | MB | inferred | same | times ours (CPU) |"
    )
    print("|--:|---|--:|--:|--:|--:|--:|---|--:|")
    stopped: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = write(Path(folder) / f"{size}.nt", size)
            triples = sum(1 for _ in path.open())
            first: dict[str, Any] = {}
            for name in engines:
                if name in stopped:
                    continue
                found = measure(name, path, timeout, unchecked)
                first = first or found
                if "reason" not in found:
                    stopped.add(name)
                print(_row(triples, name, found, first), flush=True)
            path.unlink()
            path.with_suffix(".ttl").unlink()


def _row(triples: int, name: str, found: dict[str, Any], first: dict[str, Any]) -> str:
    if "reason" not in found:
        return f"| {triples:,} | {name} | | {found.get('note', '')} | | | | | |"
    same = "" if "digest" not in found else "yes" if found["digest"] == first["digest"] else "NO"
    inferred = f"{found['inferred']:,}" if "inferred" in found else ""
    times = found["reason"] / first["reason"], found["cpu"] / first["cpu"]
    return (
        f"| {triples:,} | {name} | {found['read']:.2f} | {found['reason']:.3f} "
        f"| {found['cpu']:.3f} | {found['memory']} | {inferred} | {same} "
        f"| {times[0]:,.1f} ({times[1]:,.1f}) |"
    )


def write(path: Path, size: int) -> Path:
    """Write a graph as N-Triples, and once more under the name that reasonable asks for."""
    with path.open("w") as stream:
        for quad in parse(ONTOLOGY.encode(), RdfFormat.TURTLE):
            stream.write(f"{quad.subject} {quad.predicate} {quad.object} .\n")
        stream.writelines(n_triples(size))
    path.with_suffix(".ttl").symlink_to(path)
    return path


def cases(engines: list[str]) -> None:
    """Print which cases of the rules each engine gets wrong."""
    from reasoning_oracle import cases as all_cases

    with tempfile.TemporaryDirectory() as folder:
        for name in engines:
            wrong = []
            for rule, (given, gives) in all_cases().items():
                if gives is None:
                    continue
                path = Path(folder) / f"{name}-{rule}.nt"
                lines = [f"{s} {p} {o} .\n" for s, p, o in given]
                path.write_text("".join(lines))
                path.with_suffix(".ttl").write_text("".join(lines))
                expected = _digest([*given, *gives], path)
                found = measure(name, path, 60)
                if (found.get("inferred"), found.get("digest")) != expected:
                    wrong.append(rule)
            print(f"{name}: {len(wrong)} wrong: {' '.join(wrong)}", flush=True)


def installed(name: str) -> bool:
    """Tell whether an engine can be run here, and say which version it is."""
    package = ENGINES[name].package
    if other := PYTHONS.get(_python(name)):
        asked = f"from importlib.metadata import version; print(version({package!r}))"
        done = subprocess.run([other, "-c", asked], capture_output=True, text=True, check=False)
        number = done.stdout.strip() or None
    else:
        try:
            number = version(package)
        except PackageNotFoundError:
            number = "" if name == "ours" else None
    if number is None:
        print(f"{name}: not installed", file=sys.stderr)
        return False
    print(f"{name}: {ENGINES[name].package} {number}", file=sys.stderr)
    return True


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5000, 20_000, 100_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument(
        "--timeout", type=float, default=900, help="seconds for one engine and size"
    )
    parser.add_argument("--cases", action="store_true", help="the case of each rule, not the speed")
    parser.add_argument("--unchecked", action="store_true", help="do not compare what is inferred")
    parser.add_argument("--python", nargs="+", default=[], help="VERSION=PATH of interpreters")
    parser.add_argument("--run", nargs=2, metavar=("ENGINE", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    PYTHONS.update(each.split("=", 1) for each in options.python)
    if options.run:
        print(json.dumps(run(options.run[0], Path(options.run[1]), options.unchecked)))
    elif options.cases:
        cases([name for name in options.engines if installed(name)])
    else:
        engines = [name for name in options.engines if installed(name)]
        table(options.sizes, engines, options.timeout, options.unchecked)


if __name__ == "__main__":
    main()
