"""Sending a release, in steps that may each be sent twice, and remembering which were done.

In: the dataset of a release and a target. Out: the target filled. What is done is written to a
file; the same command, run again, goes on from there. A graph is replaced, never added to: its
first batch empties it. Blank nodes cannot be named across requests, so the triples they tie
together go in one, and a graph that has any starts again from its first batch.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from ..changes.matching import blank_nodes
from ..changes.update import data_block
from ..dumps import Content
from ..i18n import Message, message
from .target import Target

__all__ = ["BATCH", "Transfer", "load_graphs", "load_updates"]

#: Triples in one update.
BATCH: Final = 2000

Progress = Callable[[int, int, Message], None]
Step = tuple[str, Callable[[], None]]


@dataclass(frozen=True)
class Transfer:
    """What was done already, kept in a file.

    :param file: one for each dataset and target.
    """

    file: Path

    @classmethod
    def of(cls, folder: Path, version: str, address: str, way: str) -> "Transfer":
        """Return the record of one dataset, one target and one way."""
        key = hashlib.sha256(f"{version}\n{address}\n{way}".encode()).hexdigest()[:16]
        return cls(folder / f"{key}.json")

    def done(self) -> set[str]:
        """Return the names of the steps that were done."""
        try:
            return set(json.loads(self.file.read_text()))
        except (OSError, ValueError):
            return set()

    def run(self, steps: Iterable[Step], total: int, progress: Progress) -> None:
        """Run the steps that were not done, noting each; forget all when the last is done."""
        done = self.done()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        for number, (name, step) in enumerate(steps):
            progress(number, total, message("%(name)s", name=name))
            if name not in done:
                step()
                done.add(name)
                part = self.file.with_suffix(".part")
                part.write_text(json.dumps(sorted(done)))
                part.replace(self.file)
        progress(total, total, message("done"))
        self.file.unlink(missing_ok=True)


def load_graphs(content: Content, target: Target, record: Transfer, progress: Progress) -> None:
    """Send each graph with one PUT of the Graph Store Protocol.

    :raises StoreError: when the store does not take one.
    """
    steps = [(graph.iri, _putting(content, target, graph.iri)) for graph in content.graphs]
    record.run(steps, len(steps), progress)


def _putting(content: Content, target: Target, graph: str) -> Callable[[], None]:
    return lambda: target.put(graph, _turtle(content, graph))


def _turtle(content: Content, graph: str) -> bytes:
    """Return one graph as N-Triples, which is Turtle that every store reads."""
    return b"".join(f"{triple} .\n".encode() for triple in content.triples(graph))


def load_updates(
    content: Content, target: Target, record: Transfer, progress: Progress, size: int = BATCH
) -> None:
    """Send each graph as updates of some triples each.

    :raises StoreError: when the store does not take one.
    """
    total = sum(-(-graph.triples // size) or 1 for graph in content.graphs)
    record.run(_steps(content, target, size), total, progress)


def _steps(content: Content, target: Target, size: int) -> Iterator[Step]:
    """Yield one step a batch; one for a whole graph where a batch cannot be sent twice."""
    for graph in content.graphs:
        clear = f"DROP SILENT GRAPH <{graph.iri}>"
        quads = list(content.quads(graph.iri))
        if blank_nodes(quads):
            texts = [clear, *map(_insert, _parts(quads, size))]
            yield graph.iri, _updating(target, texts, again=False)
            continue
        for number, batch in enumerate(_parts(quads, size), start=1):
            text = _insert(batch) if number > 1 else f"{clear} ;\n{_insert(batch)}"
            yield f"{graph.iri} {number}", _updating(target, [text], again=True)


def _insert(quads: list[Quad]) -> str:
    """Return an update; Virtuoso takes no blank node in INSERT DATA, which means the same."""
    if blank_nodes(quads):
        return f"INSERT {{\n{data_block(quads)}}} WHERE {{ }}"
    return f"INSERT DATA {{\n{data_block(quads)}}}"


def _updating(target: Target, texts: Iterable[str], again: bool) -> Callable[[], None]:
    def update() -> None:
        for text in texts:
            target.update(text, again)

    return update


def _parts(quads: Iterable[Quad], size: int) -> Iterator[list[Quad]]:
    """Yield batches; triples that share a blank node stay together, however many they are."""
    part: list[Quad] = []
    for group in _groups(quads):
        if part and len(part) + len(group) > size:
            yield part
            part = []
        part += group
    yield part


def _groups(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Yield the triples that blank nodes tie together, then each of the others."""
    leaders: dict[str, str] = {}

    def leader(node: str) -> str:
        while leaders.setdefault(node, node) != node:
            node = leaders[node]
        return node

    tied: list[tuple[str, Quad]] = []
    free: list[Quad] = []
    for quad in quads:
        nodes = blank_nodes([quad])
        for node in nodes[1:]:
            leaders[leader(node)] = leader(nodes[0])
        if nodes:
            tied.append((nodes[0], quad))
        else:
            free.append(quad)
    groups: dict[str, list[Quad]] = {}
    for node, quad in tied:
        groups.setdefault(leader(node), []).append(quad)
    yield from groups.values()
    yield from ([quad] for quad in free)
