"""The parts of the benchmark, each measured alone or all in turn.

In: a :class:`Bench`, which knows sizes and the work folder. Out: rows. A peer that is not
installed, or is too slow for a size, is a row that says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from . import asking_parts, beyond_parts, building_parts
from .material import Material
from .rows import Row

__all__ = ["PARTS", "SOAK", "Bench", "Part"]

Part: TypeAlias = Callable[[Material], Iterator[Row]]

#: By name, in the order of a whole run.
PARTS: Final[dict[str, Part]] = {
    "load": building_parts.load,
    "reasoning": building_parts.reasoning,
    "start": asking_parts.start,
    "queries": asking_parts.queries,
    "mix": asking_parts.mix,
    "pages": asking_parts.pages,
    "search": asking_parts.search,
    "hostile": asking_parts.hostile,
    "store": beyond_parts.store,
    "replicas": beyond_parts.replicas,
    "export": building_parts.export,
    "diff": building_parts.diff,
}
#: A part that takes as long as it is told to, and is measured only when it is named.
SOAK: Final = "soak"


@dataclass(frozen=True)
class Bench:
    """A run of the benchmark.

    :param root: the project that the graphs grow from.
    :param work: the folder for what is made; it is kept, so that a part can be run alone.
    :param minutes: how long to soak.
    """

    root: Path
    work: Path
    minutes: float = 60.0

    def material(self, size: int) -> Material:
        """Return the graphs of a size."""
        return Material(self.root, self.work / str(size), size)

    def measure(self, part: str, size: int) -> list[Row]:
        """Return the rows of a part at a size."""
        if part == SOAK:
            return list(asking_parts.soaking(self.material(size), self.minutes))
        return list(PARTS[part](self.material(size)))
