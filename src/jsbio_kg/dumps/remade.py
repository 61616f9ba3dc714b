"""Dumps that are no RDF, made again: tables, property graphs and the context of JSON-LD.

In: a dataset and a dump of it in a release. Out: whether the dump is what this software makes of
the dataset. Archives are compared by what is in them, since what packs them may differ.
"""

import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Final

from ..release import ReleaseDump
from .content import Content
from .formats import FORMATS
from .framed import context
from .writing import export

__all__ = ["is_remade"]

#: What a spreadsheet says of the program that wrote it.
_OF_PROGRAM: Final = "docProps/"


def is_remade(content: Content, dump: ReleaseDump, path: Path) -> bool:
    """Tell whether a dump holds what is made of the dataset now."""
    if dump.holds == "context":
        return path.read_bytes() == context(content).encode()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / path.name
        export(content, FORMATS[dump.format], made)
        return _held(path) == _held(made)


def _held(path: Path) -> dict[str, bytes] | None:
    """Return the files in an archive, or the file itself; None for an archive that is broken."""
    if path.suffix not in (".zip", ".xlsx"):
        return {"": path.read_bytes()}
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.startswith(_OF_PROGRAM)]
            return {name: archive.read(name) for name in names}
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error):
        return None
