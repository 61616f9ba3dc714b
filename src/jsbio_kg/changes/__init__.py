"""Changes: what lies between two versions of the dataset.

In: two versions. Out: the quads added and removed, told to people, or as RDF Patch, SPARQL Update
or JSON. Applied to the old version, they give the new one exactly.
"""

from .changes import Changes, Version, changes_between
from .fetching import fetch_version, read_version
from .patch import apply_patch, rdf_patch
from .telling import as_json, summary, tell
from .update import sparql_update

__all__ = [
    "Changes",
    "Version",
    "apply_patch",
    "as_json",
    "changes_between",
    "fetch_version",
    "rdf_patch",
    "read_version",
    "sparql_update",
    "summary",
    "tell",
]
