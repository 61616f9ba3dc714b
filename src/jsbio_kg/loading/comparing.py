"""Whether what arrived is what was published.

In: a release and a target. Out: differences, each named: counts of every graph; then either the
canonical hash of the whole with the triples that differ, or samples that must be there.
"""

import random
from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from ..changes import Version, changes_between
from ..dumps import Content, Difference
from ..dumps.canonical import canonical_lines, sha256_of
from ..errors import StoreError
from ..i18n import message
from .target import Target

__all__ = ["SAMPLES", "compare"]

SAMPLES: Final = 200
#: How many triples are shown of those that differ.
SHOWN: Final = 5


def compare(content: Content, target: Target, way: str = "hash") -> list[Difference]:
    """Return what differs between a target and a dataset.

    :param way: ``counts``, ``sample`` (counts, and some triples asked for), or ``hash`` (counts,
        and everything fetched and canonicalised, in memory).
    :raises StoreError: when the target cannot be asked.
    """
    found = list(_counts(content, target))
    if way == "sample":
        found += _samples(content, target)
    elif way == "hash":
        found += _hash(content, target)
    return found


def _counts(content: Content, target: Target) -> Iterator[Difference]:
    for graph in content.graphs:
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph.iri}> {{ ?s ?p ?o }} }}"
        rows = target.select(text)
        try:
            count = int(rows[0]["n"]["value"])
        except (IndexError, KeyError, ValueError):
            count = 0
        if count != graph.triples:
            what = message(
                "%(stated)d triples were published, %(found)d are there.",
                stated=graph.triples,
                found=count,
            )
            yield Difference(graph.iri, what)


def _samples(content: Content, target: Target) -> Iterator[Difference]:
    """Ask for triples chosen by the hash of the dataset: the same ones every time."""
    chance = random.Random(content.manifest.dataset_version)
    quads = [quad for quad in content.quads() if _is_named(quad)]
    for quad in chance.sample(quads, min(SAMPLES, len(quads))):
        pattern = _triple(quad)
        text = f"SELECT ?p WHERE {{ GRAPH {quad.graph_name} {{ {pattern} . BIND(1 AS ?p) }} }}"
        if not target.select(text):
            yield Difference(_graph(quad), message("Missing: %(triple)s.", triple=pattern))


def _is_named(quad: Quad) -> bool:
    return not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)


def _hash(content: Content, target: Target) -> Iterator[Difference]:
    """Fetch all graphs and compare their canonical hash; name triples where it differs."""
    fetched = [quad for graph in content.graphs for quad in _fetched(target, graph.iri)]
    lines = canonical_lines(fetched)
    found = sha256_of(lines)
    published = sha256_of(canonical_lines(content.quads()))
    if found == published:
        return
    there = tuple(parse("".join(lines), RdfFormat.N_QUADS))
    changes = changes_between(
        Version("published", published, tuple(content.quads()), frozenset()),
        Version("found", found, there, frozenset()),
    )
    what = message(
        "Published: %(stated)s; found: %(found)s; %(missing)d triples missing, %(more)d not"
        " published.",
        stated=published,
        found=found,
        missing=len(changes.removed),
        more=len(changes.added),
    )
    yield Difference("RDFC-1.0", what)
    for quad in changes.removed[:SHOWN]:
        yield Difference(_graph(quad), message("Missing: %(triple)s.", triple=_triple(quad)))
    for quad in changes.added[:SHOWN]:
        what = message("Not published: %(triple)s.", triple=_triple(quad))
        yield Difference(_graph(quad), what)


def _triple(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object}"


def _graph(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _fetched(target: Target, graph: str) -> Iterator[Quad]:
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    body = target.construct(text)
    try:
        quads = list(parse(body, RdfFormat.N_TRIPLES, rename_blank_nodes=True))
    except SyntaxError as error:
        raise StoreError(
            message("The store's answer is no N-Triples (%(reason)s).", reason=str(error)[:120]),
            target.query_address,
            message("Compare counts or samples instead, with --check."),
        ) from None
    for quad in quads:
        assert not isinstance(quad.object, Triple)
        yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph))
