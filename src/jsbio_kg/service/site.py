"""What a service knows of the graph it serves, before any query: names, versions, graphs, files.

In: a release, or files of the reader's own. Out: a :class:`Site`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .. import __version__
from ..queries import SavedQuery, load_query
from ..release import Release, ReleaseDump, ReleaseFile, ReleaseGraph
from ..store import Limits
from ..vocabulary import BASE, PREFIXES

__all__ = ["Site"]

#: How many graphs of files are told by name.
_MOST_GRAPHS = 500


@dataclass(frozen=True)
class Site:
    """One graph as it is served.

    :param base: the address under which its things have their IRIs, with the final slash.
    :param version: the version of the dataset; what is cached is cached under it.
    :param is_fixed: nothing in it changes while it is served, so that answers can be kept.
    :param is_named: each query names the graphs that a remote store shall take.
    :param dumps: the forms of the dataset that the release carries.
    :param folder: the release, for downloads; nothing when files are served as they are.
    """

    base: str
    version: str
    triples: int
    graphs: tuple[ReleaseGraph, ...] = ()
    default_graphs: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES)
    queries: Mapping[str, SavedQuery] = field(default_factory=dict)
    files: Mapping[str, ReleaseFile] = field(default_factory=dict)
    dumps: tuple[ReleaseDump, ...] = ()
    folder: Path | None = None
    software: str = __version__
    ontology_iri: str = ""
    ontology_version: str = ""
    limits: Limits = field(default_factory=Limits)
    is_fixed: bool = True
    is_named: bool = True

    @property
    def has_all_graphs(self) -> bool:
        """Tell whether every graph is known by name; of files with very many, only some are."""
        return self.folder is not None or len(self.graphs) < _MOST_GRAPHS

    @classmethod
    def from_release(cls, release: Release, limits: Limits) -> "Site":
        """Return what a release says of itself."""
        manifest = release.manifest
        return cls(
            base=manifest.base,
            version=release.version,
            triples=manifest.triples,
            graphs=release.graphs,
            default_graphs=release.default_graphs,
            prefixes=release.prefixes,
            queries=_Queries(release.queries(), manifest.base),
            files=manifest.files,
            dumps=manifest.dumps,
            folder=release.root,
            ontology_iri=manifest.ontology_iri,
            ontology_version=manifest.ontology_version,
            limits=limits,
        )

    @classmethod
    def from_files(
        cls,
        version: str,
        triples: int,
        graphs: Sequence[str],
        default_graphs: Sequence[str],
        limits: Limits,
    ) -> "Site":
        """Return a site for files of the reader's own, without saved queries."""
        named = tuple(ReleaseGraph(iri, "", "", 0, {}, False) for iri in graphs)
        return cls(
            base=BASE,
            version=version,
            triples=triples,
            graphs=named,
            default_graphs=tuple(default_graphs),
            limits=limits,
        )


class _Queries(Mapping[str, SavedQuery]):
    """The saved queries of a release, each read when it is first asked for.

    They were checked when the release was built, so nothing is found wrong with them later.
    """

    def __init__(self, paths: Iterable[Path], base: str) -> None:
        self._base = base
        self._paths = {path.stem: path for path in paths}
        self._read: dict[str, SavedQuery] = {}

    def __getitem__(self, name: str) -> SavedQuery:
        if name not in self._read:
            self._read[name] = load_query(self._paths[name], self._base)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
