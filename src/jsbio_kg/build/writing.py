"""Writing a release: whole or not at all, and the same bytes for the same content.

In: the graphs of a dataset and the saved queries. Out: a folder.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from .. import __version__
from ..dumps import RELEASED, write_dumps
from ..errors import ReleaseError, SourceError
from ..i18n import message
from ..release import (
    MANIFEST,
    PROOFS,
    Manifest,
    Proofs,
    Release,
    ReleaseFile,
    ReleaseGraph,
    folder_of_kept,
    keep,
)
from ..vocabulary import expand
from .dataset import NamedGraph, canonical_lines
from .index import Index
from .ontology_page import ontology_files
from .project import DEFAULT_ROLES, Project
from .proving import prove
from .quality import rule_files
from .rebase import Rebase
from .turtle import heading, write_turtle

__all__ = ["replaced_folder", "write_release"]

#: The graphs that a proof may begin with.
REASONED_ROLES: Final = DEFAULT_ROLES - {"InferredGraph"}


#: A release beyond this many quads is its N-Quads and its Turtle; other forms of it are made where
#: they are asked for. So are proofs, when half as many triples are inferred: each takes the
#: better part of a millisecond, and every server holds them all.
CARRIED: Final = 100_000


def write_release(
    folder: Path,
    project: Project,
    graphs: Sequence[NamedGraph],
    rebase: Rebase,
    checks: Sequence[str],
    carried: int = CARRIED,
) -> None:
    """Write a release into an empty folder.

    :param carried: quads up to which it carries every form of itself; up to half as many inferred
        triples it carries their proofs.
    """
    lines = canonical_lines(graphs)
    files = {"dataset.nq": _write(folder / "dataset.nq", lines)}
    is_large = len(lines) > carried
    manifest = _manifest(project, graphs, rebase, checks, files["dataset.nq"], len(lines))
    reasoned = [g.iri.value for g in graphs if g.source.role in REASONED_ROLES]
    inferred = sum(len(g.triples) for g in graphs if g.source.role == "InferredGraph")
    is_proved = 2 * inferred <= carried
    proofs = prove(b"".join(lines), reasoned) if is_proved else Proofs()
    del lines
    files[PROOFS] = _write(folder / PROOFS, [proofs.to_json().encode()])
    for graph in graphs:
        name = f"graphs/{graph.name}.ttl"
        files[name] = _write(folder / name, [_turtle(graph, rebase).encode()])
    ontology = next(graph for graph in graphs if graph.source.role == "OntologyGraph")
    pages = ontology_files(ontology.triples, f"../graphs/{ontology.name}.ttl")
    for name, content in pages.items():
        files[f"docs/{name}"] = _write(folder / "docs" / name, [content])
    for path in rule_files(project.root):
        name = f"quality/{path.name}"
        files[name] = _write(folder / name, [path.read_bytes()])
    for path in project.queries:
        text = rebase.text(path.read_text("utf-8"))
        files[f"queries/{path.name}"] = _write(folder / "queries" / path.name, [text.encode()])
    manifest = replace(manifest, files=dict(sorted(files.items())))
    manifest = write_dumps(folder, manifest, () if is_large else RELEASED)
    (folder / MANIFEST).write_bytes(manifest.to_json().encode())


def _write(path: Path, parts: Iterable[bytes]) -> ReleaseFile:
    """Write a file; return what the manifest says of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    with path.open("wb") as stream:
        for part in parts:
            digest.update(part)
            size += stream.write(part)
    return ReleaseFile(bytes=size, sha256=digest.hexdigest())


def _turtle(graph: NamedGraph, rebase: Rebase) -> str:
    """Return a graph as canonical Turtle, as its own file is already where nothing moves."""
    if graph.source.file and not rebase.moves:
        return graph.source.text
    return write_turtle(graph.triples, heading(graph.source.text), prefixes=rebase.prefixes())


def _manifest(
    project: Project,
    graphs: Sequence[NamedGraph],
    rebase: Rebase,
    checks: Sequence[str],
    dataset: ReleaseFile,
    triples: int,
) -> Manifest:
    ontology_iri, ontology_version = _ontology(project)
    return Manifest(
        base=rebase.base,
        software_version=__version__,
        ontology_iri=ontology_iri,
        ontology_version=ontology_version,
        dataset_version=dataset.sha256,
        triples=triples,
        graphs=tuple(_described(graph, rebase) for graph in graphs),
        default_graphs=tuple(graph.iri.value for graph in graphs if graph.source.is_default),
        prefixes=rebase.prefixes(),
        checks=tuple(checks),
        files={},
    )


def _described(graph: NamedGraph, rebase: Rebase) -> ReleaseGraph:
    source = graph.source
    return ReleaseGraph(
        iri=graph.iri.value,
        role=source.role,
        file=f"graphs/{graph.name}.ttl",
        triples=len(graph.triples),
        title=dict(sorted(source.title.items())),
        default=source.is_default,
        licence=source.licence,
        evidence=rebase.iri(source.evidence).value if source.evidence else "",
    )


def _ontology(project: Project) -> tuple[str, str]:
    """Return the IRI of the ontology and its version.

    :raises SourceError: when no graph declares an ontology with a version.
    """
    for graph in project.of_role("OntologyGraph"):
        index = Index(graph.triples)
        for node in index.of_type("owl:Ontology"):
            versions = index.iris(node, "owl:versionIRI")
            if versions:
                return node.value, index.text(node, "owl:versionInfo") or versions[0]
    raise SourceError(
        message("The ontology has no version."),
        "ontology",
        message("Add %(name)s to its owl:Ontology.", name=expand("owl:versionIRI")),
    )


@contextmanager
def replaced_folder(output: Path, is_kept: bool = False) -> Iterator[Path]:
    """Give a new folder that takes the place of a release when the work on it succeeds.

    :param is_kept: keep the one that was there, under its version, when it is another.
    :raises ReleaseError: when the place holds something that is no release.
    """
    if output.exists() and not (output / MANIFEST).is_file() and not _is_empty(output):
        raise ReleaseError(
            message("This is no release, and is not replaced."),
            str(output),
            message("Name another folder with --output, or empty this one."),
        )
    new = output.with_name(f".{output.name}.{os.getpid()}.new")
    old = output.with_name(f".{output.name}.{os.getpid()}.old")
    try:
        new.mkdir(parents=True)
        yield new
        if output.exists():
            output.rename(old)
        new.rename(output)
        if is_kept and old.exists():
            _keep(old, output)
    except OSError as error:
        raise ReleaseError(
            message("The release cannot be written (%(reason)s).", reason=error.strerror or error),
            str(output),
            message("Check the folder and its permissions."),
        ) from error
    finally:
        if old.exists() and not output.exists():
            old.rename(output)
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _keep(old: Path, output: Path) -> None:
    with suppress(ReleaseError):  # what was no whole release is not worth keeping
        if Release.open(old).version != Release.unchecked(output).version:
            keep(old, folder_of_kept(output))


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())
