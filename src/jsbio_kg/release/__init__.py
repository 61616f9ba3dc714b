"""A release: the immutable folder that building makes and serving reads.

In: a folder. Out: its manifest, checked: which graphs it holds, which of them a query sees by
default, the three versions (software, ontology, dataset), and a hash of every file. The caches
that others keep beside it (``store/``, ``search/``) are no part of it.
"""

from .folder import Release
from .keeping import KEPT, folder_of_kept, keep, released_at
from .manifest import FORMAT, MANIFEST, Manifest, ReleaseDump, ReleaseFile, ReleaseGraph
from .proofs import PROOFS, Proofs, Step, TripleText

__all__ = [
    "FORMAT",
    "KEPT",
    "MANIFEST",
    "PROOFS",
    "Manifest",
    "Proofs",
    "Release",
    "ReleaseDump",
    "ReleaseFile",
    "ReleaseGraph",
    "Step",
    "TripleText",
    "folder_of_kept",
    "keep",
    "released_at",
]
