"""Which things there are, and which have a name like a mistyped one.

In: nothing, or the path somebody asked for. Out: IRIs with their names.
"""

import difflib
from typing import TYPE_CHECKING

from .names import Names, read_names

if TYPE_CHECKING:
    from .service import Service

__all__ = ["read_things", "suggest"]

#: The most that a sitemap may list.
MOST_THINGS = 50_000
#: How many things that are found by the words of a path are compared with it.
MOST_COMPARED = 50

_THINGS = """SELECT DISTINCT ?thing WHERE {{ ?thing a ?class
  FILTER(STRSTARTS(STR(?thing), "{base}id/")) }} LIMIT {most}"""


def read_things(service: "Service") -> list[str]:
    """Return the IRIs of all things that a plain query sees, or of as many as a sitemap may list.

    The engine stops when it has them; which ones they are of more is its choice.
    """
    text = _THINGS.format(base=service.site.base, most=MOST_THINGS)
    return sorted(row["thing"].value for row in service.table(text, MOST_THINGS).dicts())


def suggest(service: "Service", path: str, most: int = 5) -> tuple[list[str], Names]:
    """Return things whose address looks like a path that leads nowhere, the likeliest first."""
    wanted = path.rstrip("/").rpartition("/")[2].partition(".")[0].lower()
    if not wanted or len(wanted) > 80:
        return [], Names(base=service.site.base)
    hits = service.search.suggest(wanted.replace("-", " "), limit=MOST_COMPARED)
    things = f"{service.site.base}id/"
    by_slug: dict[str, list[str]] = {}
    for iri in sorted(hit.iri for hit in hits if hit.iri.startswith(things)):
        by_slug.setdefault(iri.rpartition("/")[2].lower(), []).append(iri)
    near = difflib.get_close_matches(wanted, by_slug, n=most, cutoff=0.55)
    near += [slug for slug in by_slug if len(wanted) > 3 and wanted in slug and slug not in near]
    found = [iri for slug in near for iri in by_slug[slug]][:most]
    return found, read_names(service, found)
