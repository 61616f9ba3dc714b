"""What changed between two releases, worked out once, in a process of its own.

In: two releases. Out: the changes for people, as data of a page, and as files to take away. They
are kept in a folder, a cache that can be thrown away. The process that compares has the lowest
priority and limits of memory and time, so that serving does not notice.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from ..children import child_environment
from ..errors import Saturated, StoreError
from ..i18n import message
from ..release import Release, ReleaseFile
from .background import Background
from .fence import die_with_parent

__all__ = ["FILES", "Comparison", "Comparisons"]

#: The forms that changes are taken away in, by the ending of their address: file, media type.
FILES: Final = {
    "json": ("changes.json", "application/json"),
    "rdfp": ("changes.rdfp", "application/rdf-patch"),
    "ru": ("changes.ru", "application/sparql-update"),
}
SUMMARY: Final = "summary.json"
#: A new number when what is kept changes its shape.
FORMAT: Final = 1
#: Things of each kind that a page lists; the files have all.
MOST_LISTED: Final = 2000
#: How many comparisons are kept; those made longest ago go first.
MOST_KEPT: Final = 64
#: Seconds that somebody waits for a comparison to be worked out.
PATIENCE: Final = 5.0
MEMORY: Final = 4 << 30
SECONDS: Final = 1800


@dataclass(frozen=True)
class Comparison:
    """The changes from one release to another.

    :param folder: holds the files of :data:`FILES`.
    :param content: see :func:`jsbio_kg.changes.summary`.
    """

    folder: Path
    content: Mapping[str, Any]
    files: Mapping[str, ReleaseFile]

    @classmethod
    def read(cls, folder: Path) -> "Comparison":
        """Read one that was worked out."""
        content = json.loads((folder / SUMMARY).read_bytes())
        files = {name: ReleaseFile(**entry) for name, entry in content.pop("files").items()}
        return cls(folder, content, files)


class Comparisons:
    """Comparisons by their two versions, each worked out when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._background = Background("changes")
        self._ordered: dict[str, Future[Path]] = {}
        self._child: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def order(self, old: Release, new: Release) -> "Future[Path]":
        """Have two releases compared, without waiting for it."""
        name = _name(old, new)
        future = self._ordered.get(name)
        if future is None or _is_gone(future):
            future = self._background.submit(lambda: self._made(old.root, new.root, name))
            self._ordered[name] = future
        return future

    def of(self, old: Release, new: Release, patience: float = PATIENCE) -> Comparison:
        """Return what changed from one release to another.

        :raises Saturated: when it is not worked out yet.
        :raises StoreError: when it cannot be worked out here.
        """
        try:
            return Comparison.read(self.order(old, new).result(patience))
        except NotYet:
            raise Saturated(
                message("The changes are being worked out."),
                fix=message("Ask again in a moment."),
            ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                message("The changes cannot be worked out here (%(reason)s).", reason=error),
                fix=message('Compare the two releases with "jsbio-kg diff".'),
            ) from error

    def known(self, old: Release, new: Release) -> Comparison | None:
        """Return what changed, if it is worked out already."""
        future = self._ordered.get(_name(old, new))
        if future is None or not future.done() or future.exception() or _is_gone(future):
            return None
        return Comparison.read(future.result())

    def close(self) -> None:
        """Let go of what is being worked out."""
        self._is_closed = True
        if self._child is not None:
            self._child.kill()

    def _made(self, old: Path, new: Path, name: str) -> Path:
        """Return the folder of a comparison, made now unless it was before."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            target = self._folder / name
            if (target / SUMMARY).is_file():
                return target
            beside = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
        except OSError:  # the folder may only be read
            self._folder = Path(tempfile.mkdtemp(prefix="jsbio-kg-changes-"))
            return self._made(old, new, name)
        try:
            self._run(old, new, beside)
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        self._forget_old()
        return target

    def _run(self, old: Path, new: Path, beside: Path) -> None:
        if self._is_closed:
            raise OSError("closed")
        self._child = subprocess.Popen(
            [sys.executable, "-m", __name__, str(old), str(new), str(beside)],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=child_environment(),
        )
        _, said = self._child.communicate()
        if self._child.returncode:
            last = said.decode(errors="replace").strip().splitlines()[-1:] or ["stopped"]
            raise OSError(last[0][:200])

    def _forget_old(self) -> None:
        made = [each for each in self._folder.iterdir() if (each / SUMMARY).is_file()]
        made.sort(key=lambda each: each.stat().st_mtime, reverse=True)
        for each in made[MOST_KEPT:]:
            shutil.rmtree(each, ignore_errors=True)


def _name(old: Release, new: Release) -> str:
    return f"{old.version[:16]}-{new.version[:16]}.{FORMAT}"


def _is_gone(future: "Future[Path]") -> bool:
    """Tell whether what was made was thrown away; what failed is not tried again."""
    return future.done() and future.exception() is None and not future.result().is_dir()


def _compare(old: Path, new: Path, folder: Path) -> None:
    """Write the comparison of two releases into a folder."""
    # Needed here only: a service starts sooner without it.
    from ..changes import as_json, changes_between, rdf_patch, read_version, sparql_update, summary

    die_with_parent()
    os.nice(19)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    before, after = (
        replace(version, name=version.sha256[:12])
        for version in (read_version(old), read_version(new))
    )
    changes = changes_between(before, after)
    texts = {"json": [as_json(changes)], "rdfp": rdf_patch(changes), "ru": sparql_update(changes)}
    files = {}
    for ending, parts in texts.items():
        content = "".join(parts).encode()
        (folder / FILES[ending][0]).write_bytes(content)
        files[ending] = asdict(ReleaseFile.of(content))
    told = {**summary(changes, MOST_LISTED), "files": files}
    (folder / SUMMARY).write_text(json.dumps(told, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    _compare(*map(Path, sys.argv[1:4]))
