"""Older releases, kept beside the one that takes their place.

In: a release folder. Out: the same folder under ``releases/``, named by its version, with a note of
when it was made. The note stands beside the manifest and is no part of it: what a release publishes
knows no clock.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from .folder import Release
from .manifest import MANIFEST

__all__ = ["KEPT", "folder_of_kept", "keep", "released_at"]

#: The folder of older releases, beside the release.
KEPT: Final = "releases"
NOTE: Final = ".released"
#: The characters of a version that name its folder.
NAMED: Final = 12


def folder_of_kept(release: Path) -> Path:
    """Return the folder of the older releases of a release."""
    return release.absolute().parent / KEPT


def released_at(root: Path) -> str:
    """Return when a release was made, in UTC: as noted, else when its manifest was written."""
    try:
        return (root / NOTE).read_text("utf-8").strip()
    except OSError:
        moment = datetime.fromtimestamp((root / MANIFEST).stat().st_mtime, UTC)
        return moment.isoformat(timespec="seconds")


def keep(root: Path, folder: Path) -> Path | None:
    """Move a release to where older ones are kept, unless its version is there already.

    :raises ReleaseError: when it is no release.
    """
    target = folder / Release.unchecked(root).version[:NAMED]
    if target.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    (root / NOTE).write_text(f"{released_at(root)}\n", "utf-8")
    return root.rename(target)
