"""Opening a search: the index of a release, made when it is not there yet.

In: a release, or lines of N-Quads. Out: :class:`~jsbio_kg.search.Search`.
"""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, parse, serialize

from ..children import child_environment
from ..errors import StoreError
from ..i18n import message
from ..release import Release
from ..vocabulary import BASE
from .index import Index
from .indexing import write_index
from .searching import Search

__all__ = ["INDEX", "make_index", "open_search", "search_files", "search_lines"]

#: Where the index stands in the folder of a release; the manifest does not list it.
INDEX: Final = Path("search") / "names.sqlite"
#: Bytes of N-Quads from which on indexing takes long.
_LARGE: Final = 32 << 20


def open_search(release: Release) -> Search:
    """Return the search of a release; a folder that cannot be written to does no harm.

    :raises StoreError: when SQLite lacks its full-text search.
    """
    path = release.root / INDEX
    index = Index.open(path, release.version) if path.is_file() else None
    if index is not None:
        return Search(index)
    try:
        _make(release)
        index = Index.open(path, release.version)
    except (OSError, sqlite3.OperationalError, subprocess.CalledProcessError):
        pass
    if index is not None:
        return Search(index)
    # The folder cannot be written to, or another release is being put into it.
    with release.dataset.open("rb") as lines:
        return search_lines(lines, release.version, release.manifest.base)


def make_index(release: Release) -> None:
    """Write the index of a release into its folder, anew.

    :raises OSError: when the folder cannot be written to.
    :raises sqlite3.Error: when SQLite cannot write there, or lacks its full-text search.
    """
    with release.dataset.open("rb") as lines:
        write_index(release.root / INDEX, lines, release.version, release.manifest.base)


def _make(release: Release) -> None:
    """Write the index; a large one in a process of its own, so that this one goes on answering."""
    if release.dataset.stat().st_size < _LARGE:
        make_index(release)
        return
    subprocess.run(
        [sys.executable, "-m", __package__, str(release.root)],
        env=child_environment(),
        check=True,
    )


def search_lines(lines: Iterable[bytes], version: str, base: str = BASE) -> Search:
    """Return the search of N-Quads in which the triples of a subject stand together.

    :raises StoreError: when SQLite lacks its full-text search, or no file can be made.
    """
    with tempfile.TemporaryDirectory(prefix="jsbio-kg-") as folder:
        path = Path(folder) / INDEX.name
        try:
            write_index(path, lines, version, base)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                message("The search index cannot be made: %(reason)s.", reason=str(error)),
                "",
                message("Use a Python whose SQLite has FTS5, and a temporary folder with room."),
            ) from None
        return _opened(path, version)


def search_files(files: Iterable[tuple[str, str, str]], version: str) -> Search:
    """Return the search of files of the reader's own, each with its media type and base.

    Their triples are sorted in memory, where the store holds them too.

    :raises StoreError: when a file is broken, or the index cannot be made.
    """
    lines: set[bytes] = set()
    for path, media_type, base in files:
        format = RdfFormat.from_media_type(media_type)
        try:
            quads = parse(path=path, format=format, base_iri=base or None)
            lines.update((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(True))
        except (OSError, SyntaxError, ValueError) as error:
            raise StoreError(
                message("The file cannot be loaded: %(reason)s.", reason=str(error)[:300]),
                Path(path).name,
                message("Check the file."),
            ) from None
    return search_lines(sorted(lines), version)


def _opened(path: Path, version: str) -> Search:
    index = Index.open(path, version)
    if index is None:
        raise StoreError(
            message("The search index cannot be read."),
            path.name,
            message("Delete it; it is made anew."),
        )
    return Search(index)
