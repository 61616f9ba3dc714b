"""Saved queries answer as worked out by hand, and only because the documents say so.

``tests/expected/<query>.csv`` holds the answers to a query: its columns, before them one column
``$name`` for each parameter (empty: the committed example), and last ``facts``.

- A cell is a term in Turtle with the project's prefixes; text stands in single quotes; an empty
  cell is unbound. Numbers compare by value. The order of rows counts.
- Columns that end in ``En`` or ``Zh`` are left out: where one follows its thing it has to hold
  that thing's label in that language, so that a better name is no other answer.
- ASK has the column ``answer``; CONSTRUCT and DESCRIBE have a column for each part of a triple,
  rows in any order; what DESCRIBE says besides is the engine's choice.
- ``facts`` cites every numbered fact that a row rests on; of ``D1.53|D1.54`` either suffices. A
  row that rests on none says why: ``reference`` (known from elsewhere than the documents),
  ``editorial`` (a judgement of the editors on no single fact, such as names and the order of
  sectors), ``vocabulary`` (the ontology or the project itself), ``absence`` (no fact says
  otherwise). ``nothing`` marks the empty answer.

Taking facts away is taking away

1. each triple of a document graph whose evidence record cites one of them, and the record;
2. their passages, and what readings say of these; a reading falls with its last passage;
3. each derived value, alignment or gap that is derived from such a passage, or that is derived
   from, stated by or found in a node that has thereby lost its type or a member;

and reasoning anew. Then every row that rests on the facts is gone, and every other row still there.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from jsbio_kg.build.dataset import assemble
from jsbio_kg.build.project import read_project
from jsbio_kg.build.rebase import Rebase
from jsbio_kg.queries import SavedQuery, load_queries
from jsbio_kg.reasoning import materialise
from jsbio_kg.vocabulary import BASE, expand, shrink

ROOT = Path(__file__).parent.parent
EXPECTED = Path(__file__).parent / "expected"
QUERIES = load_queries(ROOT / "queries")
REASONS = {"reference", "editorial", "vocabulary", "absence"}
GROUNDS = ("jsbio:derivedFrom", "jsbio:gapIn", "jsbio:statedBy")
Row = tuple[str, ...]
#: What a row rests on: of each set of facts, one.
Grounds = tuple[frozenset[str], ...]
Held = tuple[ox.Triple, ox.NamedNode | ox.DefaultGraph]


@dataclass(frozen=True)
class Case:
    """One expected answer."""

    query: SavedQuery
    values: Mapping[str, str]
    rows: Mapping[Row, Grounds]

    @property
    def text(self) -> str:
        return self.query.bind({name: [value] for name, value in self.values.items()})


def test_every_saved_query_has_an_expected_answer() -> None:
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(QUERIES)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_is_asked_as_committed_and_with_other_values(name: str) -> None:
    assert any(not case.values for case in cases(name))
    assert {key for case in cases(name) for key in case.values} == set(QUERIES[name].parameters)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_saved_query_answers_as_worked_out_by_hand(name: str) -> None:
    for case in cases(name):
        found = world().answer(case)
        if case.query.kind == "SELECT":
            assert found == list(case.rows), case.values
        elif case.query.kind == "DESCRIBE":
            assert case.rows.keys() <= set(found), case.values
        else:
            assert sorted(found) == sorted(case.rows), case.values


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_label_column_holds_the_label_of_the_column_before(name: str) -> None:
    for case in cases(name):
        for row in world().solutions(case):
            for column in case.query.variables:
                thing, language = column[:-2], column[-2:].lower()
                if thing in case.query.variables and language in ("en", "zh"):
                    assert row[column] == world().labels.get((row[thing], language))


def test_every_row_says_on_what_it_rests_and_every_fact_is_behind_some_row() -> None:
    assert all(all(case.rows.values()) for name in QUERIES for case in cases(name))
    assert frozenset().union(*all_grounds()) == world().passages.keys() | REASONS


def test_taking_facts_away_changes_the_rows_that_rest_on_them_and_no_other() -> None:
    wrong = []
    reasons = {frozenset((reason,)) for reason in REASONS}
    factual = [c for n in QUERIES for c in cases(n) if set().union(*c.rows.values()) - reasons]
    single = {frozenset((fact,)) for fact in world().passages}
    for facts in sorted(map(sorted, single | all_grounds() - reasons)):
        with world().without(facts):
            for case in factual:
                wrong += [(case.query.name, *fault) for fault in faults(case, set(facts))]
    assert wrong == []


def faults(case: Case, facts: set[str]) -> Iterator[tuple[str, str, Row]]:
    found = set(world().answer(case))
    for row, grounds in case.rows.items():
        rests = any(ground <= facts for ground in grounds)
        if rests == (row in found):
            yield " ".join(sorted(facts)), "is left" if rests else "is gone", row


def test_every_term_of_the_vocabulary_is_used_by_a_saved_query() -> None:
    texts = "\n".join(query.text for query in QUERIES.values())
    unused = world().terms - set(re.findall(r"jsbio:[A-Za-z0-9]+", texts))
    assert {term for term in unused if term.startswith("jsbio:")} == set()


def all_grounds() -> set[frozenset[str]]:
    answers = (case.rows.values() for name in QUERIES for case in cases(name))
    return {ground for rows in answers for grounds in rows for ground in grounds}


@cache
def cases(name: str) -> tuple[Case, ...]:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    query, bound = QUERIES[name], sum(column.startswith("$") for column in header)
    assert tuple(header[bound:-1]) == columns_of(query), name
    found: dict[Row, dict[Row, Grounds]] = defaultdict(dict)
    for line in lines:
        rows, row = found[tuple(line[:bound])], tuple(map(normal, line[bound:-1]))
        assert row not in rows, (name, line)
        if line[-1] != "nothing":
            rows[row] = tuple(frozenset(ground.split("|")) for ground in line[-1].split())
    names = [column[1:] for column in header[:bound]]
    return tuple(
        Case(query, {n: v for n, v in zip(names, values, strict=True) if v}, rows)
        for values, rows in found.items()
    )


def columns_of(query: SavedQuery) -> Row:
    if query.kind != "SELECT":
        return ("answer",) if query.kind == "ASK" else ("subject", "predicate", "object")
    return tuple(column for column in query.variables if column[-2:] not in ("En", "Zh"))


def normal(cell: str) -> str:
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell):
        return f"{Decimal(cell).normalize():f}"
    return cell


def cell(term: object) -> str:
    """Write a term as the expected answers do."""
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    if not isinstance(term, ox.Literal):
        return "" if term is None else str(term).lower()
    kind = shrink(term.datatype.value)
    if kind in ("xsd:integer", "xsd:decimal"):
        return normal(term.value)
    text = "'" + term.value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if term.language:
        return f"{text}@{term.language}"
    return text if kind == "xsd:string" else f"{text}^^{kind}"


class World:
    """The dataset of the project in a store that can lose facts and get them back."""

    def __init__(self) -> None:
        project, findings = read_project(ROOT)
        assert findings == []
        held = {(t, g.iri) for g in assemble(project, Rebase(BASE)) for t in g.triples}
        self.fact_graphs = {graph.iri for graph in project.of_role("FactGraph")}
        self.given = {graph.iri for graph in project.graphs if graph.is_default and graph.file}
        self.asserted = Counter(triple for triple, name in held if name in self.given)
        self.inferred = inferred(self.asserted)
        self.around: dict[object, set[Held]] = defaultdict(set)
        for triple, name in held:
            self.around[triple.subject].add((triple, name))
            self.around[triple.object].add((triple, name))
        self.store = ox.Store()
        self._put(held | {(t, ox.DefaultGraph()) for t in self.inferred.union(self.asserted)})
        self.passages = {str(t.object.value): t.subject for t in self._all("jsbio:factNumber")}
        self.labels = {(t.subject, t.object.language): t.object for t in self._all("rdfs:label")}
        self.terms = {shrink(t.subject.value) for t in self._all("skos:definition")}

    def _all(self, predicate: str) -> set[ox.Triple]:
        return {quad.triple for quad in self.store.quads_for_pattern(None, iri(predicate), None)}

    def _put(self, held: Iterable[Held]) -> None:
        self.store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t, name in held)

    def solutions(self, case: Case) -> list[dict[str, object]]:
        if case.query.kind != "SELECT":
            return []
        result = self.store.query(case.text, base_iri=BASE)
        return [{name: row[name] for name in case.query.variables} for row in result]

    def answer(self, case: Case) -> list[Row]:
        columns = columns_of(case.query)
        if case.query.kind == "SELECT":
            return [tuple(cell(row[c]) for c in columns) for row in self.solutions(case)]
        result = self.store.query(case.text, base_iri=BASE)
        if case.query.kind == "ASK":
            return [(cell(bool(result)),)]
        return [tuple(cell(getattr(triple, c)) for c in columns) for triple in result]

    @contextmanager
    def without(self, facts: Iterable[str]) -> Iterator[None]:
        """Take numbered facts away for a while."""
        gone = self.resting_on({self.passages[fact] for fact in facts})
        left, lost = self.asserted.copy(), set()
        for triple, _ in (held for held in gone if held[1] in self.given):
            left[triple] -= 1
            if not left[triple]:
                del left[triple]
                lost.add(triple)
        gone |= {(triple, ox.DefaultGraph()) for triple in (lost | self.inferred) - inferred(left)}
        for triple, name in gone:
            self.store.remove(ox.Quad(triple.subject, triple.predicate, triple.object, name))
        yield
        self._put(gone)

    def resting_on(self, passages: set[ox.NamedNode]) -> set[Held]:
        """Return what is taken away with passages, as the docstring of this module says."""
        gone, lost, fallen = set(), set(passages), set(passages)
        for record in self.subjects("jsbio:citesPassage", passages):
            fallen.add(record)
            triple, name = self.described(record)
            if name in self.fact_graphs:
                gone.add((triple, name))
                if triple.predicate in (iri("rdf:type"), iri("jsbio:hasMember")):
                    lost.add(triple.subject)
        for reading in self.subjects("jsbio:appliesTo", passages):
            if self.objects(reading, "jsbio:appliesTo") <= passages:
                fallen.add(reading)
        for passage in passages:
            for selector in self.objects(passage, "oa:hasSelector"):
                fallen |= {selector, *self.objects(selector, "oa:refinedBy")}
        for ground in GROUNDS:
            fallen |= self.subjects(ground, lost)
        return gone.union(*(self.around[node] for node in fallen))

    def described(self, record: ox.NamedNode) -> Held:
        parts = ("rdf:subject", "rdf:predicate", "rdf:object", "jsbio:inGraph")
        subject, predicate, object_, name = (self.objects(record, part).pop() for part in parts)
        return ox.Triple(subject, predicate, object_), name

    def subjects(self, predicate: str, nodes: Iterable[ox.NamedNode]) -> set[ox.NamedNode]:
        wanted = iri(predicate)
        return {
            triple.subject
            for node in nodes
            for triple, _ in self.around[node]
            if triple.object == node and triple.predicate == wanted
        }

    def objects(self, node: ox.NamedNode, predicate: str) -> set[ox.NamedNode]:
        wanted = iri(predicate)
        around = self.around[node]
        return {t.object for t, _ in around if t.subject == node and t.predicate == wanted}


@cache
def world() -> World:
    return World()


@cache
def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


@cache
def short(name: str) -> str:
    return shrink(name) if shrink(name) != name else f"<{name}>"


def inferred(asserted: Iterable[ox.Triple]) -> set[ox.Triple]:
    return {ox.Triple(*triple) for triple in materialise(asserted).inferred()}
