"""The canonical hash: equal for every form of one dataset.

In: quads, or a dump. Out: the SHA-256 of the canonical N-Quads (RDFC-1.0), lines sorted by code
point. The dump in RDF 1.2 form is hashed as the RDF 1.1 dataset that it came from, see
:mod:`~jsbio_kg.dumps.reified`. Canonicalisation holds all quads in memory.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse

from .compression import opened_for_reading
from .content import Content
from .formats import FORMATS
from .reified import restored

__all__ = [
    "canonical_lines",
    "canonical_sha256",
    "graph_hashes",
    "of_triples",
    "read_dump",
    "sha256_of",
]

SYNTAXES: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


def canonical_lines(quads: Iterable[Quad]) -> list[str]:
    """Return a dataset as canonical N-Quads, sorted."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad} .\n" for quad in dataset)


def canonical_sha256(quads: Iterable[Quad]) -> str:
    """Return the canonical hash of a dataset."""
    return sha256_of(canonical_lines(quads))


def sha256_of(lines: Iterable[str]) -> str:
    """Return the SHA-256 of some lines."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode())
    return whole.hexdigest()


def of_triples(triples: Iterable[Triple]) -> Iterator[Quad]:
    """Yield triples as quads of the default graph."""
    return (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


def graph_hashes(content: Content) -> dict[str, str]:
    """Return the canonical hash of each graph of a dataset, by IRI, from one reading of it.

    The lines are sorted and canonical already. Only where a graph has blank nodes may they be
    called otherwise when it stands alone, so those are canonicalised again.
    """
    hashes = {f"<{graph.iri}>".encode(): hashlib.sha256() for graph in content.graphs}
    blank: dict[bytes, list[bytes]] = {}
    for line in content.lines():
        triple, _, graph = line[:-3].rpartition(b" ")
        hashes[graph].update(triple + b" .\n")
        if b"_:" in triple:
            blank.setdefault(graph, [])
    for line in content.lines() if blank else ():
        triple, _, graph = line[:-3].rpartition(b" ")
        if graph in blank:
            blank[graph].append(triple + b" .\n")
    found = {graph[1:-1].decode(): digest.hexdigest() for graph, digest in hashes.items()}
    for graph, lines in blank.items():
        quads = parse(b"".join(lines), RdfFormat.N_TRIPLES)
        found[graph[1:-1].decode()] = canonical_sha256(quads)
    return found


def read_dump(path: Path, name: str) -> list[Quad]:
    """Return what a dump holds, in RDF 1.1.

    :param name: of its form.
    :raises SyntaxError: when it is not of that form.
    """
    syntax = SYNTAXES[FORMATS[name].syntax]
    with opened_for_reading(path) as stream:
        return list(restored(parse(stream.read(), syntax)))
