"""Files that were found whole before, and have not changed since.

In: the folder of a release. Out: which files need not be read again to know their hash. A note
beside the manifest, no part of the release, keeps what a file looked like when it was compared:
size, inode, and the time of its last change, which nobody can set. ``jsbio-kg verify`` reads every
file and no note.
"""

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["Seen"]

NOTE: Final = ".found-whole"
#: Nanoseconds within which a file may change again and bear the same time; such are not noted.
_YOUNG: Final = 2 * 10**9


class Seen:
    """What the files of a release looked like when they were found whole.

    :param root: the folder of the release.
    """

    def __init__(self, root: Path) -> None:
        self._path = root / NOTE
        self._noted = _read(self._path)
        self._is_changed = False

    def knows(self, name: str, sha256: str, status: os.stat_result) -> bool:
        """Tell whether a file was found to have this hash, and has not changed since."""
        return self._noted.get(name) == _looks(sha256, status)

    def add(self, name: str, sha256: str, status: os.stat_result) -> None:
        """Note that a file has this hash; ``status`` is of before it was read."""
        if time.time_ns() - status.st_ctime_ns > _YOUNG:
            self._noted[name] = _looks(sha256, status)
            self._is_changed = True

    def keep(self) -> None:
        """Write the note; a folder that cannot be written to does no harm."""
        if not self._is_changed:
            return
        beside = self._path.with_name(f"{NOTE}.{os.getpid()}")
        try:
            beside.write_text(json.dumps(self._noted, indent=0) + "\n", "utf-8")
            beside.rename(self._path)
        except OSError:
            with suppress(OSError):  # where all is read-only, even what is not there
                beside.unlink()


def _read(path: Path) -> dict[str, list[object]]:
    try:
        noted = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _looks(sha256: str, status: os.stat_result) -> list[object]:
    return [sha256, status.st_size, status.st_ino, status.st_ctime_ns]
