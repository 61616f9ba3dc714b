"""Versions from where they are: a release folder, or the address of one.

In: a folder or an http address. Out: a version, its content compared with the hash it states.
"""

import hashlib
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Final, cast

from pyoxigraph import RdfFormat, parse

from ..errors import ReleaseError
from ..i18n import message
from ..release import MANIFEST, Manifest, Release
from .changes import Version

__all__ = ["TOLD_ROLES", "fetch_version", "read_version"]

#: The graphs that people are told of.
TOLD_ROLES: Final = frozenset(
    ("EntityGraph", "FactGraph", "ReferenceGraph", "EditorialGraph", "MappingGraph",
     "OntologyGraph", "ShapeGraph")
)  # fmt: skip
SECONDS: Final = 30
LARGEST: Final = 2 << 30


def read_version(folder: Path) -> Version:
    """Return the version in a release folder.

    :raises ReleaseError: when there is none, or it is broken.
    """
    release = Release.open(folder)
    return _version(str(folder), release.manifest, release.dataset.read_bytes())


def fetch_version(address: str) -> Version:
    """Return the version of a release that is served: its manifest and its dataset.

    :raises ReleaseError: when they cannot be fetched, or do not fit together.
    """
    base = address if address.endswith("/") else address + "/"
    try:
        manifest = Manifest.from_json(json.loads(_fetched(base, MANIFEST)))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unfit(base + MANIFEST, "it is no manifest") from None
    content = _fetched(base, "dataset.nq")
    if hashlib.sha256(content).hexdigest() != manifest.dataset_version:
        raise _unfit(base + "dataset.nq", "its hash is not the one of the manifest")
    return _version(address, manifest, content)


def _version(name: str, manifest: Manifest, content: bytes) -> Version:
    return Version(
        name=name,
        sha256=manifest.dataset_version,
        quads=tuple(parse(content, RdfFormat.N_QUADS)),
        told=frozenset(graph.iri for graph in manifest.graphs if graph.role in TOLD_ROLES),
    )


def _fetched(base: str, name: str) -> bytes:
    address = urllib.parse.urljoin(base, name)
    request = urllib.request.Request(address, headers={"Accept": "*/*"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            content = cast(bytes, answer.read(LARGEST + 1))
    except (urllib.error.URLError, OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise _unfit(address, str(getattr(error, "reason", "") or error)) from None
    if len(content) > LARGEST:
        raise _unfit(address, f"it is larger than {LARGEST} bytes")
    return content


def _unfit(address: str, reason: str) -> ReleaseError:
    return ReleaseError(
        message("The release cannot be fetched (%(reason)s).", reason=reason),
        address,
        message("Name the folder of a release that is served, with manifest.json in it."),
    )
