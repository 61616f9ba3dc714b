"""Parts that make files: loading and building, reasoning, export, diff."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

from .material import Material
from .peers import load_oxigraph, load_virtuoso
from .processes import Cost, Failed, ours, run
from .rows import Row
from .trials import OURS

__all__ = ["diff", "export", "load", "reasoning"]

#: Quads beyond which rdflib is not asked to load: a minute and a gigabyte for each million.
RDFLIB_LIMIT: Final = 200_000
#: Forms of a dump that a graph of any size can be written in, a batch of lines in memory.
FORMS: Final = ("nquads", "ntriples", "turtle", "trig", "rdfxml", "jsonld", "rdf12")


def load(material: Material) -> Iterator[Row]:
    """Measure a build with all its steps, and bare loaders on the same asserted triples."""
    count = material.triples
    place = material.folder / "built"
    cost, said = _child("build", str(material.project), str(place))
    yield _row("load", "build", OURS, count, cost)
    for step, cpu in said["steps"].items():
        yield Row("load", f"build: {step}", OURS, count, cpu, cpu)
    indexed, _ = _child("index", str(place), str(material.folder / "names.sqlite"))
    yield _row("load", "search index", OURS, count, indexed)
    whole = Cost(cost.seconds + indexed.seconds, cost.cpu + indexed.cpu, cost.memory, "")
    yield _row("load", "build and search index", OURS, count, whole)
    asserted = material.asserted
    folder = material.folder
    yield _tried("load", "bare load", "oxigraph load", count, lambda: load_oxigraph(
        asserted, folder / "oxigraph-load"))  # fmt: skip
    yield _tried("load", "bare load", "Virtuoso", count, lambda: load_virtuoso(
        asserted, folder / "virtuoso-load"))  # fmt: skip
    if count <= RDFLIB_LIMIT:
        yield _tried("load", "bare load", "rdflib", count, lambda: _child(
            "rdflib", str(asserted))[0])  # fmt: skip
    shutil.rmtree(place, ignore_errors=True)


def reasoning(material: Material) -> Iterator[Row]:
    """Measure the reasoner alone; ``benchmarks/reasoning.py`` has its peers."""
    cost, said = _child("reason", str(material.release.root))
    note = f"{said['inferred']} inferred from {said['triples']}"
    yield Row(
        "reasoning", "materialise", OURS, material.triples, said["seconds"], said["cpu"],
        cost.memory, note=note,
    )  # fmt: skip


def export(material: Material) -> Iterator[Row]:
    """Measure dumps of the whole release, and the peer's own dump."""
    release = str(material.release.root)
    out = material.folder / "export"
    for form in FORMS:
        command = ours("export", "--release", release, "--format", form, "--output", str(out))
        yield _tried("export", form, OURS, material.triples, _runner(command))
        out.unlink(missing_ok=True)


def diff(material: Material) -> Iterator[Row]:
    """Measure the difference between a release and one with a tenth more documents."""
    other = Material(material.root, material.folder / "larger", material.size * 11 // 10)
    names = (str(material.release.root), str(other.release.root))
    yield _tried("diff", "a tenth more", OURS, material.triples, _runner(ours("diff", *names)))


def _runner(command: list[str]) -> Callable[[], Cost]:
    return lambda: run(command)


def _child(*arguments: str) -> tuple[Cost, dict[str, Any]]:
    cost = run([sys.executable, "-m", "jsbio_kg.bench.child", *arguments])
    said: dict[str, Any] = json.loads(cost.output.splitlines()[-1])
    return cost, said


def _row(part: str, what: str, engine: str, triples: int, cost: Cost) -> Row:
    return Row(part, what, engine, triples, cost.seconds, cost.cpu, cost.memory)


def _tried(part: str, what: str, engine: str, triples: int, work: Callable[[], Cost]) -> Row:
    """Return the row of some work, or one that says why it was not done."""
    try:
        return _row(part, what, engine, triples, work())
    except Failed as error:
        return Row(part, what, engine, triples, 0.0, note=str(error))
