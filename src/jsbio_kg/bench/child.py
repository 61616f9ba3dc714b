"""What is measured inside a process of its own: ``python -m jsbio_kg.bench.child WHAT PATH …``.

Prints one JSON object.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

__all__ = ["main"]


def build(project: str, output: str) -> dict[str, object]:
    """Build a release; return the CPU seconds of each step.

    At every size without proofs and without other forms than N-Quads and Turtle, which a large
    release does not carry.
    """
    from ..build.building import build as make
    from ..i18n import Message

    steps: list[tuple[str, float]] = []

    def progress(_: int, __: int, step: Message) -> None:
        steps.append((str(step), time.process_time()))

    built = make(Path(project), Path(output), progress, force=True, carried=0)
    steps.append(("", time.process_time()))
    assert built.release is not None, str(built.findings[0])
    taken: dict[str, float] = {}
    for (name, begun), (_, ended) in pairwise(steps):
        taken[name] = taken.get(name, 0.0) + ended - begun
    return {"steps": taken, "triples": built.release.manifest.triples}


def index(release: str, output: str) -> dict[str, object]:
    """Make the search index of a release."""
    from ..release import Release
    from ..search.indexing import write_index

    opened = Release.open(Path(release), verify=False)
    started = time.perf_counter()
    with opened.dataset.open("rb") as lines:
        write_index(Path(output), lines, opened.version, opened.manifest.base)
    return {"seconds": time.perf_counter() - started}


def reason(release: str) -> dict[str, object]:
    """Reason over the default graph of a release."""
    from pyoxigraph import RdfFormat, parse

    from ..build.index import terms_of
    from ..reasoning import materialise
    from ..release import Release

    opened = Release.open(Path(release), verify=False)
    graphs = {g.iri for g in opened.graphs if g.default and g.role != "InferredGraph"}
    quads = parse(path=opened.dataset, format=RdfFormat.N_QUADS)
    triples = [terms_of(q.triple) for q in quads if getattr(q.graph_name, "value", "") in graphs]
    started, cpu = time.perf_counter(), time.process_time()
    inferred = sum(1 for _ in materialise(triples).inferred())
    return {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "triples": len(triples),
        "inferred": inferred,
    }


def rdflib(path: str) -> dict[str, object]:
    """Load N-Quads into rdflib."""
    import rdflib as library

    started = time.perf_counter()
    dataset = library.Dataset()
    dataset.parse(path, format="nquads")
    return {"seconds": time.perf_counter() - started, "triples": len(dataset)}


def main(arguments: list[str]) -> None:
    """Do one thing and print what it cost."""
    tasks: dict[str, Callable[..., dict[str, object]]] = {
        "build": build,
        "index": index,
        "reason": reason,
        "rdflib": rdflib,
    }
    print(json.dumps(tasks[arguments[0]](*arguments[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])
