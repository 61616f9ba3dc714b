"""Moving a release to another base: its dataset as a build under that base would have made it.

In: a release under our own base. Out: N-Quads in a folder, and the manifest that fits them. The
names of blank nodes depend on the IRIs around them, so the whole is canonicalised again, in
memory.
"""

import hashlib
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from ..dumps import Content
from ..errors import ReleaseError
from ..i18n import message
from ..release import Manifest, Release, ReleaseGraph
from ..vocabulary import BASE, expand
from .dataset import NamedGraph, canonical_quads
from .project import GraphFile
from .rebase import Rebase, check_base

__all__ = ["moved"]

SPACE = NamedNode(expand("void:uriSpace"))


def moved(release: Release, base: str, folder: Path) -> Content:
    """Return the dataset of a release under another base, written into a folder.

    :raises SourceError: when the base is none.
    :raises ReleaseError: when the release has been moved already.
    """
    rebase = Rebase(check_base(base))
    if release.manifest.base != BASE:
        raise ReleaseError(
            message("The release stands under %(base)s already.", base=release.manifest.base),
            "--base-iri",
            message("Start from a release under %(base)s.", base=BASE),
        )
    whole = Content.of(release.dataset, release.manifest)
    triples = {graph.iri: tuple(whole.triples(graph.iri)) for graph in release.graphs}
    rebase.know_records(triples[graph.iri] for graph in whole.of_role("EvidenceGraph"))
    graphs = [
        NamedGraph(
            rebase.iri(NamedNode(graph.iri)),
            _source(graph),
            tuple(_placed(rebase.triple(triple), rebase) for triple in triples[graph.iri]),
        )
        for graph in release.graphs
    ]
    path = folder / "dataset.nq"
    path.write_bytes(canonical_quads(graphs))
    return Content.of(path, _manifest(release, rebase, path))


def _source(graph: ReleaseGraph) -> GraphFile:
    iri = NamedNode(graph.iri)
    return GraphFile(iri, graph.role, "", graph.title, graph.licence, None, (), "", ())


def _placed(triple: Triple, rebase: Rebase) -> Triple:
    """Say under which address things stand, where the dataset describes itself."""
    if triple.predicate == SPACE and triple.object == Literal(BASE):
        return Triple(triple.subject, triple.predicate, Literal(rebase.base))
    return triple


def _manifest(release: Release, rebase: Rebase, path: Path) -> Manifest:
    graphs = tuple(
        replace(graph, iri=rebase.text(graph.iri), evidence=rebase.text(graph.evidence))
        for graph in release.graphs
    )
    return replace(
        release.manifest,
        base=rebase.base,
        dataset_version=hashlib.sha256(path.read_bytes()).hexdigest(),
        graphs=graphs,
        default_graphs=tuple(map(rebase.text, release.default_graphs)),
        prefixes=rebase.prefixes(),
    )
