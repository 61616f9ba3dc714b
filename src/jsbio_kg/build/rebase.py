"""Publishing the things under another owner's address.

In: named graphs. Out: the same graphs with another base. The vocabulary never moves; evidence
records, whose IRIs are made from their triples, get the IRIs their new triples give them.
"""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from ..errors import SourceError
from ..i18n import message
from ..vocabulary import BASE, prefixes_under
from .evidence_iri import evidence_iri
from .index import Index, Term, terms_of, triple_of

__all__ = ["Rebase", "check_base"]

MOVED = ("id/", "graph/", "queries/", "downloads/", "openapi.json", "sparql")


def check_base(base: str) -> str:
    """Return a base IRI.

    :raises SourceError: when it is not an absolute http IRI with a final slash.
    """
    try:
        NamedNode(base)
    except ValueError:
        base = ""
    if base.startswith(("http://", "https://")) and base.endswith("/") and "#" not in base:
        return base
    raise SourceError(
        message("A base IRI is an http address that ends with a slash."),
        "--base-iri",
        message("Write it like %(base)s.", base=BASE),
    )


class Rebase:
    """Moves IRIs from :data:`~jsbio_kg.vocabulary.BASE` to another base."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base
        self._records: dict[str, NamedNode] = {}

    @property
    def moves(self) -> bool:
        """Whether anything gets another IRI."""
        return self.base != BASE

    def know_records(self, graphs: Iterable[Sequence[Triple]]) -> None:
        """Work out the new IRIs of the evidence records in some graphs."""
        if not self.moves:
            return
        for triples in graphs:
            index = Index(triples)
            for record in index.of_type("rdf:Statement"):
                names = ("rdf:subject", "rdf:predicate", "rdf:object", "jsbio:inGraph")
                subject, predicate, value, graph = (index.values(record, n)[0] for n in names)
                triple = self.triple(triple_of(subject, predicate, value))
                named = self.node(graph)
                assert isinstance(named, NamedNode)
                self._records[record.value] = evidence_iri(triple, named, self.base)

    def text(self, text: str) -> str:
        """Return a text, such as a query, with every IRI of ours moved."""
        if self.moves:
            for part in MOVED:
                text = text.replace(BASE + part, self.base + part)
        return text

    def iri(self, iri: NamedNode) -> NamedNode:
        """Return an IRI moved."""
        if not self.moves or not iri.value.startswith(BASE):
            return iri
        known = self._records.get(iri.value)
        return known or NamedNode(self.text(iri.value))

    def node(self, term: Term) -> Term:
        """Return a term moved; a literal where it quotes an IRI of ours."""
        if isinstance(term, NamedNode):
            return self.iri(term)
        if isinstance(term, Literal) and BASE in term.value:
            if term.language:
                return Literal(self.text(term.value), language=term.language)
            return Literal(self.text(term.value), datatype=term.datatype)
        return term

    def triple(self, triple: Triple) -> Triple:
        """Return a triple moved."""
        if not self.moves:
            return triple
        return triple_of(*map(self.node, terms_of(triple)))

    def prefixes(self) -> Mapping[str, str]:
        """Return the namespaces by prefix, moved."""
        return prefixes_under(self.base)
