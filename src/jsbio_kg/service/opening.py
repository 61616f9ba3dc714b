"""Opening a service: from where the graph is to a service that is ready.

In: a :class:`Source`, which is a release, files of the reader's own, or a remote endpoint. Out: a
:class:`Service`.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import platformdirs

from ..errors import SourceError
from ..i18n import message
from ..release import Release, folder_of_kept
from ..search import search_files
from ..store import DATASETS, FORMATS, GRAPHS, Limits
from ..store.disk import ensure_disk_store, estimate_triples
from ..vocabulary import BASE
from .footprint import Footprint, free_memory
from .history import History
from .plan import Plan
from .pool import Lanes, WorkerPool
from .prepared import Prepared, Recorder, write_prepared
from .service import Service
from .site import Site

__all__ = ["Engine", "Source", "check_source", "open_service", "prepare_release"]

#: Kinds of RDF files by their ending; JSON and XML without a telling name are taken for RDF.
_FILE_KINDS = {
    **{each.extension: each.name for each in (*GRAPHS, *DATASETS)},
    "owl": "rdfxml",
    "xml": "rdfxml",
    "json": "jsonld",
}


#: A graph of fewer triples answers everything at once.
_LARGE = 200_000
Engine = Literal["auto", "memory", "disk"]


@dataclass(frozen=True)
class Source:
    """Where the graph is, and the limits that it is served under.

    :param remote_timeout: see :class:`~jsbio_kg.store.remote.RemoteStore`.
    :param is_named: whether each query names the graphs that a remote store shall take; if not, its
        own default graph has to be made of the same ones.
    :param older: older releases, or folders of such, beside those that are kept with the release.
    :param is_union: with files: whether the default graph also holds the named graphs.
    :param has_history: whether the releases that are kept can be had too.
    :param engine: whether workers share the graph in memory or read it from disk; by itself, memory
        while it and the workers take less than half of what is free.
    """

    release: Path | None = None
    files: tuple[Path, ...] = ()
    remote: str = ""
    remote_timeout: str = ""
    is_named: bool = True
    older: tuple[Path, ...] = ()
    is_union: bool = True
    engine: Engine = "auto"
    limits: Limits = field(default_factory=Limits)
    lanes: Lanes = field(default_factory=Lanes)
    has_history: bool = True


def check_source(source: Source) -> None:
    """Look whether the source is there and whole, without loading it.

    :raises ReleaseError: when the release is missing or broken.
    :raises SourceError: when a file is missing or of no known kind.
    :raises StoreError: when the address of the endpoint is none.
    """
    if source.remote:
        from ..loading import check_address  # see _open_remote

        check_address(source.remote)
    if source.release is not None:
        Release.open(source.release)
    for path in source.files:
        _format_of(path)
        if not path.is_file():
            raise SourceError(
                message("There is no such file."), str(path), message("Check its name.")
            )


def open_service(source: Source, meanwhile: Callable[[], object] = lambda: None) -> Service:
    """Open what the source names; the service answers when this returns.

    :param meanwhile: done while the graph is loaded in its own process.
    :raises JsbioError: when it cannot be opened, in one sentence.
    """
    if source.remote:
        return _open_remote(source)
    if source.files:
        return _open_files(source, meanwhile)
    release = _release_of(source)
    pool = WorkerPool(_plan_of(release, source), source.lanes)
    site = Site.from_release(release, source.limits)
    meanwhile()
    prepared = Prepared.open(_prepared_of(release))
    return _with_history(Service(pool.start(), site, prepared=prepared), release, source)


def prepare_release(source: Source, visit: Callable[[Service], object]) -> None:
    """Make what serving a large release needs beside it: its store on disk, and long answers.

    :param visit: asks a service what everybody asks it.
    :raises JsbioError: when it cannot be made.
    """
    release = _release_of(source)
    plan = _plan_of(release, source)
    path = _prepared_of(release)
    if release.manifest.triples < _LARGE or path.is_file():
        return
    recorder = Recorder(plan.load())
    visit(Service(recorder, Site.from_release(release, source.limits)))
    write_prepared(path, recorder.kept)


def _prepared_of(release: Release) -> Path:
    return release.root.parent / "answers" / f"{release.version[:16]}.sqlite"


def _plan_of(release: Release, source: Source) -> Plan:
    """Plan to serve a release, from memory or from its store on disk, which is made if need be."""
    plan = Plan(
        files=((str(release.dataset), "nquads", ""),),
        default_graphs=release.default_graphs,
        base=release.manifest.base,
        limits=source.limits,
        triples=release.manifest.triples,
        copies=sum(graph.triples for graph in release.graphs if graph.default),
    )
    return _place(plan, source, release.root.parent / "store" / release.version[:16])


def _open_remote(source: Source) -> Service:
    """Open an endpoint that holds the release, which says what graphs and queries there are."""
    # These load rdflib, and what writes dumps, which nothing else here needs.
    from ..loading import Credentials
    from ..store.remote import RemoteStore

    release = _release_of(source)
    store = RemoteStore(
        source.remote,
        release.default_graphs if source.is_named else (),
        source.limits,
        [graph.iri for graph in release.graphs] if source.is_named else (),
        Credentials.from_environment(os.environ),
        source.remote_timeout,
    )
    site = replace(
        Site.from_release(release, source.limits), is_fixed=False, is_named=source.is_named
    )
    return _with_history(Service(store, site), release, source)


def _with_history(service: Service, release: Release, source: Source) -> Service:
    """Add the releases that are kept; an older one gets the fewest workers, when it is opened."""

    def open_older(older: Release) -> Service:
        lanes = replace(source.lanes, fast=1, slow=1)
        return open_service(
            Source(older.root, limits=source.limits, lanes=lanes, has_history=False)
        )

    if source.has_history:
        folders = (folder_of_kept(release.root), *source.older)
        cache = release.root.absolute().parent / "changes"
        service.history = History(service, release, folders, open_older, cache)
    return service


def _open_files(source: Source, meanwhile: Callable[[], object]) -> Service:
    check_source(source)
    digest = hashlib.sha256()
    for path in source.files:
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    # Relative IRIs of the files and of queries mean the same.
    base = f"{BASE}files/"
    plan = Plan(
        files=tuple(
            (str(path), _format_of(path), base + quote(path.name)) for path in source.files
        ),
        is_union=source.is_union,
        base=base,
        limits=source.limits,
    )
    triples = estimate_triples(plan.files)
    plan = replace(plan, triples=triples, copies=triples if plan.is_union else 0)
    cache = Path(platformdirs.user_cache_path("jsbio-kg")) / "stores"
    mode = "union" if source.is_union else "strict"
    plan = _place(plan, source, cache / f"{digest.hexdigest()[:16]}-{mode}")
    pool = WorkerPool(plan, source.lanes)
    meanwhile()
    pool.start()
    default = pool.graphs if source.is_union else ()
    site = Site.from_files(digest.hexdigest(), pool.triples, pool.graphs, default, source.limits)
    typed = [(path, FORMATS[name].media_type, base) for path, name, base in plan.files]
    return Service(pool, site, make_search=lambda: search_files(typed, site.version))


def _place(plan: Plan, source: Source, folder: Path) -> Plan:
    """Decide whether workers share the graph in memory or read it from disk.

    Workers that scan come to own what they read, so every one counts for the whole graph.
    """
    if source.engine == "memory":
        return plan
    needed = Footprint.of(plan, source.lanes).read
    if source.engine == "auto" and needed <= free_memory() // 2:
        return plan
    folder = folder.with_name(f"{folder.name}-{version('pyoxigraph')}")
    ensure_disk_store(folder, plan.files, plan.default_graphs, plan.is_union)
    return replace(plan, disk=str(folder))


def _release_of(source: Source) -> Release:
    assert source.release is not None
    # A link may name another release tomorrow; what is served stays the one it names now.
    return Release.open(source.release.resolve(), verify=False)


def _format_of(path: Path) -> str:
    name = _FILE_KINDS.get(path.suffix.lower().lstrip("."))
    if name is None:
        raise SourceError(
            message("The kind of file is not known by its ending."),
            str(path),
            message("Use a file that ends in one of: %(known)s.", known=", ".join(_FILE_KINDS)),
        )
    return name
