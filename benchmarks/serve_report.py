"""The report of ``serve.py``: ratios by load, and what hostile queries did."""

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

__all__ = ["write_report"]

#: By load: what to reach and what to aim at, against the server in memory and on disk.
GOALS = {
    "mix": ((5, 15), (30, 100)),
    "small": ((2, 3), (3, 5)),
    "rows": ((15, 25), (50, 100)),
    "unique-small": ((0.25, 0.5), (1, 3)),
    "unique-rows": ((0.5, 1), (2, 4)),
}


def write_report(
    folder: Path, loads: dict[str, str], peers: tuple[str, ...], results: dict[str, Any]
) -> None:
    """Write ``serving.json`` and ``serving.md``."""
    results["machine"] = (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, oxigraph {version('oxigraph')}, "
        f"granian {version('granian')}"
    )
    text = json.dumps(results, ensure_ascii=False, indent=1) + "\n"
    (folder / "serving.json").write_text(text, "utf-8")
    words = Path(__file__).with_name("serving.md").read_text("utf-8")
    about = (
        f"{results['triples']:,} triples; {results['seconds']} s a load, "
        f"{len(next(iter(results['rates'].values()))['ours'])} rounds, medians; "
        f"{results['machine']}; load average at the start {results['load average'][0]:.1f}."
    )
    tables = "\n".join((*_rates(loads, peers, results["rates"]), "", *_hostile(results["hostile"])))
    words = words.replace("{about}", about).replace("{tables}", tables)
    (folder / "serving.md").write_text(words, "utf-8")


def _rates(loads: dict[str, str], peers: tuple[str, ...], rates: dict[str, Any]) -> list[str]:
    lines = [
        "| load | ours, requests/s | " + " | ".join(peers) + " | goal, memory | goal, disk |",
        "|---|---:|" + "---:|" * len(peers) + "---:|---:|",
    ]
    for load, servers in rates.items():
        ours = servers["ours"]
        ratios = [median(a / b for a, b in zip(ours, servers[peer], strict=True)) for peer in peers]
        cells = " | ".join(f"{ratio:.2g}x" for ratio in ratios)
        goals = " | ".join(f"{reach:g}x / {aim:g}x" for reach, aim in GOALS[load])
        lines.append(f"| {loads[load]} | {median(ours):,.0f} | {cells} | {goals} |")
    return lines


def _hostile(hostile: dict[str, Any]) -> list[str]:
    if not hostile:
        return []
    names = list(next(iter(hostile.values())))
    lines = ["| server | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for server, figures in hostile.items():
        lines.append(f"| {server} | " + " | ".join(f"{figures[name]:g}" for name in names) + " |")
    return lines
