"""Which things there are, and which have a name like a mistyped one.

In: nothing, or the path somebody asked for. Out: IRIs with their names.
"""

import difflib
from typing import TYPE_CHECKING

from .names import Names, read_names

if TYPE_CHECKING:
    from .service import Service

__all__ = ["read_things", "suggest"]

_THINGS = """SELECT DISTINCT ?thing WHERE {{ ?thing a ?class
  FILTER(STRSTARTS(STR(?thing), "{base}id/")) }} ORDER BY ?thing"""


def read_things(service: "Service") -> list[str]:
    """Return the IRIs of all things that a plain query sees."""
    text = _THINGS.format(base=service.site.base)
    return [row["thing"].value for row in service.table(text, 50_000).dicts()]


def suggest(service: "Service", path: str, most: int = 5) -> tuple[list[str], Names]:
    """Return things whose address looks like a path that leads nowhere, the likeliest first."""
    wanted = path.rstrip("/").rpartition("/")[2].partition(".")[0].lower()
    if not wanted or len(wanted) > 80:
        return [], Names(base=service.site.base)
    by_slug: dict[str, list[str]] = {}
    for iri in read_things(service):
        by_slug.setdefault(iri.rpartition("/")[2].lower(), []).append(iri)
    near = difflib.get_close_matches(wanted, by_slug, n=most, cutoff=0.55)
    near += [slug for slug in by_slug if len(wanted) > 3 and wanted in slug and slug not in near]
    found = [iri for slug in near for iri in by_slug[slug]][:most]
    return found, read_names(service, found)
