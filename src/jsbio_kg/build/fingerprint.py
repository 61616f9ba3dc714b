"""Whether anything that a release is made from has changed since.

In: the project's files and this software. Out: one hash. Kept beside the manifest and no part of
it, since it says nothing of what is published.
"""

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Final

from .. import __version__
from ..vocabulary import BASE

__all__ = ["FINGERPRINT", "fingerprint", "is_stale"]

FINGERPRINT: Final = ".made-from"
FOLDERS: Final = (
    ("data", "*.ttl"),
    ("ontology", "*.ttl"),
    ("ontology", "*.rq"),
    ("queries", "*.rq"),
)


def fingerprint(root: Path, base: str) -> str:
    """Return the hash of everything that goes into a release of a project."""
    whole = hashlib.sha256(f"{__version__}\n{base}\n".encode())
    for folder, pattern in FOLDERS:
        _add(whole, root, (root / folder).rglob(pattern))
    package = Path(str(files("jsbio_kg")))
    _add(whole, package, package.rglob("*.py"))
    _add(whole, package, (package / "build" / "templates").glob("*.*"))
    return whole.hexdigest()


def is_stale(root: Path, output: Path, base: str = BASE) -> bool:
    """Whether a release is missing, or was made from other files or by other software."""
    try:
        return (output / FINGERPRINT).read_text().strip() != fingerprint(root, base)
    except OSError:
        return True


def _add(whole: "hashlib._Hash", root: Path, paths: Iterable[Path]) -> None:
    for path in sorted(paths):
        name = path.relative_to(root).as_posix()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{name} {digest}\n".encode())
