"""Why a triple holds: its proof, rule by rule, down to what is stated and by what.

In: a triple, and the proofs of a release. Out: an :class:`Explanation`. A triple that is stated is
its own proof; one that is neither stated nor proved is not entailed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NotEntailed, NotFound
from ..i18n import message
from ..release import PROOFS, Proofs, Step, TripleText
from ..vocabulary import shrink
from .grounds import Ground, Record, number_grounds, read_records
from .names import Names, read_names
from .table import Term
from .triple import to_term

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Explained", "Explanation", "explain", "read_proofs", "written"]

_GRAPHS = "SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ {triple} }} {filter} }} ORDER BY ?graph"
_MEMBERS = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?member (COUNT(?before) AS ?place) WHERE {{
  {subject} {predicate} ?list . ?list rdf:rest* ?before . ?before rdf:rest* ?cell .
  ?cell rdf:first ?member
}} GROUP BY ?cell ?member ORDER BY ?place ?member"""


@dataclass(frozen=True)
class Explained:
    """One triple of a proof.

    :param number: its place in the proof, from 1.
    :param rule: the rule that gives it; empty when it is stated.
    :param premises: the numbers of the triples that the rule takes.
    :param graphs: where it is stated.
    :param records: the evidence records about it.
    :param grounds: what these rest on.
    :param members: when the object is a list, what the list holds.
    """

    number: int
    text: TripleText
    terms: tuple[Term, Term, Term]
    rule: str = ""
    premises: tuple[int, ...] = ()
    graphs: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    grounds: tuple[Ground, ...] = ()
    members: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """The proof of a triple: its steps, the triple itself first, and the names in them."""

    steps: tuple[Explained, ...]
    names: Names

    @property
    def goal(self) -> Explained:
        """Return the triple that is explained."""
        return self.steps[0]

    @property
    def is_inferred(self) -> bool:
        """Tell whether the triple follows, and is not itself stated."""
        return bool(self.goal.rule)


def read_proofs(service: "Service") -> Proofs:
    """Return the proofs of what is served; none when it is no release, or one without them.

    :raises ReleaseError: when they cannot be read.
    """
    folder = service.site.folder
    if folder is None or not (folder / PROOFS).is_file():
        return Proofs()
    return Proofs.read(folder / PROOFS)


def explain(service: "Service", proofs: Proofs, triple: TripleText) -> Explanation:
    """Return why a triple holds.

    :raises NotEntailed: when it is neither stated nor proved.
    :raises NotFound: when it is inferred, and its proof is not at hand.
    """
    steps = proofs.steps(triple)
    number = {step.triple: place for place, step in enumerate(steps, start=1)}
    explained = []
    for step in steps:
        premises = tuple(number[premise] for premise in step.premises)
        explained.append(_explained(service, step, number[step.triple], premises))
    if not explained[0].rule and _is_published_inference(service, steps[0]):
        raise NotFound(
            message(
                "The proof of %(triple)s is not published.", triple=written(explained[0].terms)
            ),
            fix=message('Ask for it with "jsbio-kg explain".'),
        )
    if not explained[0].rule and not explained[0].graphs:
        raise NotEntailed(
            message("Not entailed: %(triple)s.", triple=written(explained[0].terms)),
            fix=message(
                "What is stated gives no proof of it. Check subject, predicate and object."
            ),
        )
    return Explanation(tuple(explained), read_names(service, _mentioned(explained)))


def _explained(service: "Service", step: Step, number: int, premises: tuple[int, ...]) -> Explained:
    subject, predicate, value = map(to_term, step.triple)
    terms = (subject, predicate, value)
    members = _read_members(service, step) if value.kind == "bnode" else ()
    if step.rule:
        return Explained(number, step.triple, terms, step.rule, premises, members=members)
    graphs = _read_graphs(service, step, terms)
    records = tuple(
        record
        for record in (read_records(service, step.triple[0]) if subject.kind == "uri" else ())
        if (record.predicate, record.value) == (predicate.value, value) and record.graph in graphs
    )
    grounds, _ = number_grounds(service, records)
    return Explained(number, step.triple, terms, "", (), graphs, records, grounds, members)


def _read_graphs(service: "Service", step: Step, terms: tuple[Term, Term, Term]) -> tuple[str, ...]:
    """Return the graphs that state a triple; its blank nodes match any."""
    names = {name: term for name, term in zip(("?s", "?p", "?o"), terms, strict=True)}
    blank = [name for name, term in names.items() if term.kind == "bnode"]
    texts = [name if name in blank else text for name, text in zip(names, step.triple, strict=True)]
    filter = f"FILTER({' && '.join(f'ISBLANK({name})' for name in blank)})" if blank else ""
    text = _GRAPHS.format(triple=" ".join(texts), filter=filter)
    found = (row["graph"].value for row in service.table(text).dicts())
    default = set(service.site.default_graphs) - _inferred(service)
    return tuple(graph for graph in found if not default or graph in default)


def _inferred(service: "Service") -> set[str]:
    return {graph.iri for graph in service.site.graphs if graph.role == "InferredGraph"}


def _is_published_inference(service: "Service", step: Step) -> bool:
    """Whether a triple is among the inferred ones, though no proof of it is at hand."""
    if any("_:" in text[:2] for text in step.triple):
        return False
    text = _GRAPHS.format(triple=" ".join(step.triple), filter="")
    return any(row["graph"].value in _inferred(service) for row in service.table(text).dicts())


def _read_members(service: "Service", step: Step) -> tuple[Term, ...]:
    subject, predicate, _ = step.triple
    if subject.startswith("_:"):
        return ()
    rows = service.table(_MEMBERS.format(subject=subject, predicate=predicate)).dicts()
    return tuple(row["member"] for row in rows if "member" in row)


def _mentioned(steps: Iterable[Explained]) -> list[str]:
    found: set[str] = set()
    for step in steps:
        found |= {t.value for t in (*step.terms, *step.members) if t.kind == "uri"}
        found |= {*step.graphs}
        for ground in step.grounds:
            found |= {ground.source, ground.verification}
            found |= {ground.passage.document} if ground.passage else set()
            found |= {reading.iri for reading in ground.readings}
    return sorted(found - {""})


def written(terms: tuple[Term, Term, Term]) -> str:
    """Return a triple in compact names."""
    return " ".join(map(_written, terms))


def _written(term: Term) -> str:
    if term.kind == "uri":
        return "a" if shrink(term.value) == "rdf:type" else shrink(term.value)
    if term.kind == "bnode":
        return "[…]"
    number = shrink(term.datatype).removeprefix("xsd:") in ("integer", "decimal", "boolean")
    if number:
        return term.value
    language = f"@{term.language}" if term.language else ""
    return f'"{term.value}"{language}' + (f"^^{shrink(term.datatype)}" if term.datatype else "")
