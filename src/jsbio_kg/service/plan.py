"""What a worker's store holds: which files, which default graph, which limits.

In: paths. Out: a :class:`Plan` that travels to the zygote as one line of JSON and is loaded there.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..store import EmbeddedStore, Limits
from ..store.disk import estimate_memory

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """What to load: files with format and base, and how the default graph is made.

    :param default_graphs: named graphs to copy into the default graph.
    :param is_union: copy every named graph.
    :param disk: the folder of the same graph on disk, when workers read it there.
    :param triples: how many there are, by count or by estimate.
    :param copies: how many of them also stand in the default graph.
    """

    files: tuple[tuple[str, str, str], ...]
    default_graphs: tuple[str, ...] = ()
    is_union: bool = False
    base: str = ""
    limits: Limits = field(default_factory=Limits)
    disk: str = ""
    triples: int = 0
    copies: int = 0

    @property
    def store_bytes(self) -> int:
        """Return how many bytes the graph takes in memory, by estimate."""
        return estimate_memory(self.triples, self.copies)

    def to_json(self) -> bytes:
        """Return the plan as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> "Plan":
        """Read a line that :meth:`to_json` wrote."""
        content = json.loads(line)
        return cls(
            tuple((path, format, base) for path, format, base in content["files"]),
            tuple(content["default_graphs"]),
            content["is_union"],
            content["base"],
            Limits(**content["limits"]),
            content["disk"],
            content["triples"],
            content["copies"],
        )

    def load(self) -> EmbeddedStore:
        """Load the store.

        :raises StoreError: when a file is missing or broken.
        """
        if self.disk:
            return EmbeddedStore.on_disk(Path(self.disk), self.limits, self.base)
        store = EmbeddedStore(self.limits, self.base)
        for path, format, base in self.files:
            store.load(Path(path), format, base or None)
        if self.is_union:
            store.make_union()
        else:
            store.make_default(self.default_graphs)
        return store
