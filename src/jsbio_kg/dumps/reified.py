"""The RDF 1.2 form: an evidence record reifies its triple with one triple term.

The four triples by which RDF 1.1 says what a record is about (its type ``rdf:Statement``,
``rdf:subject``, ``rdf:predicate``, ``rdf:object``) become ``record rdf:reifies <<( s p o )>>``.
RDFC-1.0 knows no triple terms, so the canonical hash of this form is, by a rule of our own, that
of the dataset with every such triple turned back into the four: :func:`restored` undoes
:func:`reified` exactly.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from ..vocabulary import expand

__all__ = ["reified", "restored"]

REIFIES: Final = NamedNode(expand("rdf:reifies"))
TYPE: Final = NamedNode(expand("rdf:type"))
STATEMENT: Final = NamedNode(expand("rdf:Statement"))
PARTS: Final = tuple(NamedNode(expand(f"rdf:{n}")) for n in ("subject", "predicate", "object"))


def reified(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield a dataset in its RDF 1.2 form.

    :param quads: those of one subject together, as sorted lines have them.
    """
    for _, group in groupby(quads, key=lambda quad: quad.subject):
        held = list(group)
        for graph in dict.fromkeys(quad.graph_name for quad in held):
            yield from _with_term([quad for quad in held if quad.graph_name == graph])


def _with_term(quads: list[Quad]) -> list[Quad]:
    """Return the quads of one subject in one graph, four of them replaced if they reify."""
    parts = [[q.object for q in quads if q.predicate == part] for part in PARTS]
    is_record = any(q.predicate == TYPE and q.object == STATEMENT for q in quads)
    if not is_record or any(len(values) != 1 for values in parts):
        return quads
    subject, predicate, value = (values[0] for values in parts)
    if not isinstance(predicate, NamedNode) or not _is_node(subject):
        return quads
    term = Triple(subject, predicate, value)  # type: ignore[arg-type]
    record = quads[0]
    said = {*PARTS, TYPE}
    kept = [
        q
        for q in quads
        if q.predicate not in said or (q.predicate == TYPE and q.object != STATEMENT)
    ]
    return [*kept, Quad(record.subject, REIFIES, term, record.graph_name)]


def _is_node(term: object) -> bool:
    return hasattr(term, "value") and not hasattr(term, "datatype")


def restored(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield a dataset in its RDF 1.1 form."""
    for quad in quads:
        term = quad.object
        if quad.predicate != REIFIES or not isinstance(term, Triple):
            yield quad
            continue
        record, graph = quad.subject, quad.graph_name
        yield Quad(record, TYPE, STATEMENT, graph)
        for part, value in zip(PARTS, (term.subject, term.predicate, term.object), strict=True):
            yield Quad(record, part, value, graph)
