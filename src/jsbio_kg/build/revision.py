"""The dataset of an earlier revision of the files, worked out by the present software.

In: a project under git and the name of a revision. Out: its graphs and their canonical N-Quads.
The files are taken out of git into a folder of their own: the work tree stays as it is.
"""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import SourceError
from ..i18n import Message, message
from .dataset import assemble, canonical_quads
from .project import read_project
from .rebase import Rebase

__all__ = ["Revision", "dataset_of_revision"]

FOLDERS: Final = ("ontology", "data", "queries")


@dataclass(frozen=True)
class Revision:
    """A revision's dataset.

    :param roles: the role of each graph, by IRI.
    """

    commit: str
    quads: bytes
    roles: dict[str, str]


def dataset_of_revision(
    root: Path, name: str, progress: Callable[[int, int, Message], None]
) -> Revision:
    """Return the dataset that the files of a revision make.

    :raises SourceError: when there is no such revision, or its files cannot be read.
    """
    progress(0, 2, message("files"))
    commit = _git(root, name, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    prefix = _git(root, name, "rev-parse", "--show-prefix").decode().strip()
    revision = commit.decode().strip()
    packed = _git(root, name, "archive", "--format=tar", f"{revision}:{prefix}", *FOLDERS)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            # Python before 3.11.4 has no filters; what git packs of its own tree needs none.
            archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
            archive.extractall(folder)
        project, findings = read_project(Path(folder))
        if findings:
            raise SourceError(
                message("The files of the revision have %(n)d findings.", n=len(findings)),
                name,
                message("Compare with a revision that can be built."),
            )
        progress(1, 2, message("dataset"))
        graphs = assemble(project, Rebase())
    progress(2, 2, message("done"))
    roles = {graph.iri.value: graph.source.role for graph in graphs}
    return Revision(revision, canonical_quads(graphs), roles)


def _git(root: Path, name: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise SourceError(
            message("This is no release, no address and no revision of the files."),
            name,
            message("Name a release folder, an http address, or a git revision."),
        ) from None
    return done.stdout
