"""The files of the release, to take away.

In: a release's site and a name below ``/downloads/``. Out: the file, whole or the range that is
asked for. What is read is what the manifest lists: no name leads out of the release.
"""

import base64
import hashlib
import re
from pathlib import Path

from ..errors import NotFound
from ..i18n import message
from ..release import MANIFEST
from ..service import Site
from .exchange import Response

__all__ = ["FOREVER", "MEDIA_TYPES", "answer_download"]

#: The lifetime of what never changes.
FOREVER = "public, max-age=31536000, immutable"

_TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gz": "application/gzip",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "rq": "application/sparql-query",
    "svg": "image/svg+xml",
    "trig": "application/trig",
    "ttl": "text/turtle; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
_OTHER = "application/octet-stream"
#: What a file may come as.
MEDIA_TYPES = tuple(sorted({each.partition(";")[0] for each in (*_TYPES.values(), _OTHER)}))


def answer_download(site: Site, name: str, is_forever: bool = False) -> Response:
    """Return a file.

    :param is_forever: its address names the release, so that it never gives another.
    :raises NotFound: when the release has none of this name.
    """
    if site.folder is None or (name not in site.files and name != MANIFEST):
        raise NotFound(
            message("There is no file %(name)r.", name=name[:200]),
            fix=message("The page /downloads/ lists the files."),
        )
    media_type = _TYPES.get(name.rpartition(".")[2], _OTHER)
    headers = [("Content-Type", media_type), ("Accept-Ranges", "bytes")]
    if is_forever:
        headers.append(("Cache-Control", FOREVER))
    path = site.folder / name
    if not path.is_file():
        raise NotFound(
            message("The file %(name)r is gone.", name=name[:200]),
            fix=message("Tell the people who run the service."),
        )
    if name.endswith(".svg"):
        headers.append(("Content-Security-Policy", _policy_of_drawing(path)))
    digest = site.files[name].sha256 if name in site.files else ""
    return Response(200, headers=tuple(headers), facts={"digest": digest}, file=path)


def _policy_of_drawing(path: Path) -> str:
    """Return the policy of a drawing that stands alone: the one style allowed is its own."""
    styles = (
        f"'sha256-{base64.b64encode(hashlib.sha256(each).digest()).decode()}'"
        for each in _STYLE.findall(path.read_bytes())
    )
    allowed = " ".join(styles) or "'none'"
    return f"default-src 'none'; style-src {allowed}; base-uri 'none'; frame-ancestors 'none'"
