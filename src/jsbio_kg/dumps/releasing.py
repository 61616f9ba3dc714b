"""The dumps that a release carries, and what its manifest says of them.

In: the folder of a release that holds its dataset, and its manifest so far. Out: the dumps, a
description of them in DCAT, and the manifest with both. Parquet is not among them, because the
library for it is optional, and a release has the same bytes everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ..release import Manifest, ReleaseDump, ReleaseFile
from .canonical import canonical_sha256, graph_hashes, of_triples
from .content import Content
from .dcat import describe
from .facts import rows
from .formats import FORMATS
from .framed import context
from .property_graph import PropertyGraph
from .writing import export

__all__ = ["DATASET", "DCAT", "LICENCE", "RELEASED", "stated_dumps", "write_dumps"]

DATASET: Final = "dataset.nq"
DCAT: Final = "dcat.ttl"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
CONTEXT: Final = "dumps/context.jsonld"

#: File and form of each dump.
RELEASED: Final = (
    ("dumps/jsbio.ttl", "turtle"),
    ("dumps/jsbio.nt.gz", "ntriples"),
    ("dumps/jsbio.nq.gz", "nquads"),
    ("dumps/jsbio.trig", "trig"),
    ("dumps/jsbio.rdf", "rdfxml"),
    ("dumps/jsbio.jsonld", "jsonld"),
    ("dumps/jsbio.framed.jsonld", "jsonld-framed"),
    ("dumps/jsbio.rdf12.nq.gz", "rdf12"),
    ("dumps/jsbio.neo4j.zip", "neo4j"),
    ("dumps/jsbio.kuzu.zip", "kuzu"),
    ("dumps/facts.csv", "facts-csv"),
    ("dumps/facts.xlsx", "facts-xlsx"),
)
ENCODINGS: Final = {".gz": "gzip", ".zip": "zip"}


def write_dumps(
    folder: Path, manifest: Manifest, forms: Sequence[tuple[str, str]] = RELEASED
) -> Manifest:
    """Write the dumps of a release and return its manifest with them.

    :param forms: file and form of each; when there are none, the dataset itself is the dump.
    """
    content = Content.of(folder / DATASET, manifest)
    for name, form in forms:
        export(content, FORMATS[form], folder / name)
    (folder / CONTEXT).parent.mkdir(exist_ok=True)
    (folder / CONTEXT).write_bytes(context(content).encode())
    made = [*(name for name, _ in forms), CONTEXT]
    described = replace(manifest, licence=LICENCE, dumps=stated_dumps(content, forms))
    described = replace(described, files=_with(described, folder, made))
    (folder / DCAT).write_bytes(describe(described).encode())
    return replace(described, files=_with(described, folder, [DCAT]))


def stated_dumps(content: Content, forms: Sequence[tuple[str, str]]) -> tuple[ReleaseDump, ...]:
    """Return what a manifest says of the dumps of a dataset.

    :param forms: file and form of each dump of everything; when there are none, the dataset itself
        is the dump.
    """
    whole = _whole(content, forms) if forms else [_dataset(content.manifest)]
    return (*whole, *_graphs(content), _context())


def _with(manifest: Manifest, folder: Path, names: Iterable[str]) -> dict[str, ReleaseFile]:
    """Return the files of a manifest and some more, by name."""
    files = dict(manifest.files)
    for name in names:
        files[name] = ReleaseFile.of((folder / name).read_bytes())
    return dict(sorted(files.items()))


def _dataset(manifest: Manifest) -> ReleaseDump:
    return _dump(DATASET, "nquads", (manifest.triples, manifest.dataset_version))


def _whole(content: Content, forms: Sequence[tuple[str, str]]) -> list[ReleaseDump]:
    """Return what is said of the dumps of everything."""
    union = list(content.union())
    facts = sum(1 for _ in rows(content))
    held: dict[str, tuple[int, str]] = {
        "dataset": (content.manifest.triples, content.manifest.dataset_version),
        "union": (len(union), canonical_sha256(of_triples(union))),
        "table": (facts, ""),
        "property graph": (sum(1 for _ in PropertyGraph(content).edges), ""),
    }
    return [_dump(name, form, held[FORMATS[form].holds]) for name, form in forms]


def _dump(name: str, form: str, held: tuple[int, str]) -> ReleaseDump:
    known = FORMATS[form]
    return ReleaseDump(
        file=name,
        format=form,
        media_type=known.media_type,
        encoding=ENCODINGS.get(Path(name).suffix, ""),
        holds=known.holds,
        triples=held[0],
        title={"en": known.title, "zh": known.title_zh},
        canonical_sha256=held[1],
    )


def _graphs(content: Content) -> list[ReleaseDump]:
    """Return what is said of the Turtle files of single graphs."""
    turtle = FORMATS["turtle"]
    hashes = graph_hashes(content)
    return [
        ReleaseDump(
            file=graph.file,
            format="turtle",
            media_type=turtle.media_type,
            encoding="",
            holds="graph",
            triples=graph.triples,
            title=graph.title,
            canonical_sha256=hashes[graph.iri],
            graph=graph.iri,
        )
        for graph in content.graphs
    ]


def _context() -> ReleaseDump:
    title = {"en": "Context of the framed JSON-LD", "zh": "成框 JSON-LD 的上下文"}
    return ReleaseDump(CONTEXT, "jsonld-context", "application/ld+json", "", "context", 0, title)
