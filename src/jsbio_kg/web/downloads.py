"""The files of the release, to take away.

In: a name below ``/downloads/``. Out: the file, whole or the range that is asked for. What is read
is what the manifest lists: no name leads out of the release.
"""

from ..errors import NotFound
from ..i18n import message
from ..release import MANIFEST
from ..service import Service
from .exchange import Response

__all__ = ["answer_download"]

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


def answer_download(service: Service, name: str) -> Response:
    """Return a file.

    :raises NotFound: when the release has none of this name.
    """
    site = service.site
    if site.folder is None or (name not in site.files and name != MANIFEST):
        raise NotFound(
            message("There is no file %(name)r.", name=name[:200]),
            fix=message("The page /downloads/ lists the files."),
        )
    media_type = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    headers = (("Content-Type", media_type), ("Accept-Ranges", "bytes"))
    digest = site.files[name].sha256 if name in site.files else ""
    return Response(200, headers=headers, facts={"digest": digest}, file=site.folder / name)
