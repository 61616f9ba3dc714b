"""The graphs that are measured: made once for each size, kept in the work folder."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

from ..build.fingerprint import fingerprint
from ..generate import generate_project
from ..release import Release
from ..vocabulary import BASE
from .processes import ours, run

__all__ = ["Material"]

#: Graphs that the build computes; a store that only loads is not given them.
COMPUTED: Final = ("InferredGraph", "CatalogueGraph")
SEED: Final = 1

Keeps: TypeAlias = Callable[[bytes], bool]


@dataclass(frozen=True)
class Material:
    """A made-up project of one size, and what the parts need of it.

    :param size: how many triples are made up.
    """

    root: Path
    folder: Path
    size: int

    @property
    def project(self) -> Path:
        """Return the project, generated when it is not there or the real one has changed."""
        folder = self.folder / "project"
        grown_from = fingerprint(self.root, BASE)
        marker = folder / ".grown-from"
        if not marker.is_file() or marker.read_text() != grown_from:
            shutil.rmtree(folder, ignore_errors=True)
            generate_project(self.root, folder, self.size, SEED)
            marker.write_text(grown_from)
        return folder

    @cached_property
    def release(self) -> Release:
        """Return the release of the project, built when it is not there or out of date."""
        place = self.folder / "release"
        run(ours("build", "--project", str(self.project), "--output", str(place)))
        return Release.open(place, verify=False)

    @cached_property
    def asserted(self) -> Path:
        """Return the asserted quads, as N-Quads: what a bare loader is given."""
        names = {g.iri for g in self.release.graphs if g.role in COMPUTED}
        endings = tuple(f" <{name}> .\n".encode() for name in names)
        return self._written("asserted.nq", lambda line: not line.endswith(endings), False)

    @cached_property
    def served(self) -> Path:
        """Return what ours serves, as N-Quads: all graphs, and the default graph as a union."""
        return self._written("served.nq", lambda line: True, True)

    @property
    def triples(self) -> int:
        """Return how many quads the release holds."""
        return self.release.manifest.triples

    def _written(self, name: str, keeps: Keeps, with_default: bool) -> Path:
        path = self.folder / f"{self.release.version[:12]}-{name}"
        if path.is_file():
            return path
        default = tuple(f" <{iri}> .\n".encode() for iri in self.release.default_graphs)
        with self.release.dataset.open("rb") as lines, path.open("wb") as out:
            for line in lines:
                if keeps(line):
                    out.write(line)
                if with_default and line.endswith(default):
                    out.write(line[:-3].rpartition(b" ")[0] + b" .\n")
        return path
