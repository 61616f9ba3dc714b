"""Opening a release: everything the manifest promises is there, byte for byte."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Self

from ..errors import NotFound, ReleaseError
from ..i18n import Message, message
from .manifest import FORMAT, MANIFEST, Manifest, ReleaseFile, ReleaseGraph
from .seen import Seen

__all__ = ["Release"]


@dataclass(frozen=True)
class Release:
    """A release that was opened and found whole."""

    root: Path
    manifest: Manifest

    @classmethod
    def open(cls, root: Path, verify: bool = True) -> Self:
        """Open a release.

        :param verify: compare every file with its hash, not only its size; one that was found whole
            before and has not changed since is not read again.
        :raises ReleaseError: when there is none, it is of another kind, or it is broken.
        """
        manifest = _read_manifest(root)
        seen = Seen(root) if verify else None
        for name, entry in manifest.files.items():
            _compare(root, name, entry, seen)
        if seen is not None:
            seen.keep()
        return cls(root, manifest)

    @classmethod
    def unchecked(cls, root: Path) -> Self:
        """Open a release by its manifest alone.

        :raises ReleaseError: when there is none, or its manifest cannot be read.
        """
        return cls(root, _read_manifest(root))

    @property
    def version(self) -> str:
        """Return the version of the dataset."""
        return self.manifest.dataset_version

    @property
    def dataset(self) -> Path:
        """Return the path of the dataset as sorted N-Quads."""
        return self.root / "dataset.nq"

    @property
    def graphs(self) -> tuple[ReleaseGraph, ...]:
        """Return the named graphs, by IRI."""
        return self.manifest.graphs

    @property
    def default_graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the graphs that a query sees by default."""
        return self.manifest.default_graphs

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Return the namespaces by prefix."""
        return self.manifest.prefixes

    def graph(self, iri: str) -> ReleaseGraph:
        """Return the graph of an IRI.

        :raises NotFound: when the release holds no such graph.
        """
        for graph in self.graphs:
            if graph.iri == iri:
                return graph
        raise NotFound(
            message("There is no graph %(iri)s.", iri=iri),
            fix=message("The manifest lists the graphs."),
        )

    def queries(self) -> list[Path]:
        """Return the paths of the saved queries, by name."""
        names = (name for name in self.manifest.files if name.startswith("queries/"))
        return [self.root / name for name in sorted(names) if name.endswith(".rq")]


def _read_manifest(root: Path) -> Manifest:
    path = root / MANIFEST
    try:
        content: Any = json.loads(path.read_bytes())
    except FileNotFoundError:
        what = message("There is no release here: %(name)s is missing.", name=MANIFEST)
        raise _error(root, what, message('Make one with "jsbio-kg build".')) from None
    except (OSError, ValueError):
        raise _broken(path, message("The manifest cannot be read.")) from None
    kind = content.get("format") if isinstance(content, dict) else None
    if kind != FORMAT:
        what = message("This is not a %(format)r but %(kind)r.", format=FORMAT, kind=kind)
        raise _error(path, what, message('Make one with "jsbio-kg build" of this version.'))
    try:
        return Manifest.from_json(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = message("The manifest lacks or misspells a member (%(error)s).", error=error)
        raise _broken(path, what) from None


def _compare(root: Path, name: str, entry: ReleaseFile, seen: Seen | None) -> None:
    path = root / name
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        raise _broken(root / MANIFEST, message("It names %(name)r, outside itself.", name=name))
    if not path.is_file():
        raise _broken(path, message("A file of the release is missing."))
    status = path.stat()
    if status.st_size == entry.bytes:
        if seen is None or seen.knows(name, entry.sha256, status):
            return
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() == entry.sha256:
                seen.add(name, entry.sha256, status)
                return
    raise _broken(path, message("The file is not the one that was released."))


def _broken(path: Path, what: Message) -> ReleaseError:
    return _error(path, what, message('Make the release anew with "jsbio-kg build --force".'))


def _error(path: Path, what: Message, fix: Message) -> ReleaseError:
    return ReleaseError(what, str(path), fix)
