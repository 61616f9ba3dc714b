"""The real files keep the rules of the house."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from jsbio_kg.build.check import CHECKS
from jsbio_kg.build.project import ROLES, Project, read_project
from jsbio_kg.vocabulary import expand


@pytest.fixture(scope="module")
def project() -> Project:
    read, findings = read_project(Path(__file__).parents[1])
    assert [str(finding) for finding in findings] == []
    return read


@pytest.mark.parametrize("name", [name for name, _, _ in CHECKS])
def test_the_real_files_pass(name: str, project: Project) -> None:
    check = next(check for known, _, check in CHECKS if known == name)
    assert [str(finding) for finding in check(project)] == []


def test_every_kind_of_graph_is_declared(project: Project) -> None:
    assert {graph.role for graph in project.graphs} == ROLES


def test_every_graph_has_a_title_in_both_languages_and_a_licence(project: Project) -> None:
    for graph in project.graphs:
        assert set(graph.title) == {"en", "zh"}, graph.iri
        assert graph.licence, graph.iri


def test_every_fact_number_is_a_passage(project: Project) -> None:
    passages = {node.value.rpartition("/")[2] for node in project.index.of_type("jsbio:Passage")}
    expected = {f"D1.{n}" for n in range(1, 100)} | {f"D2.{n}" for n in range(1, 47)}
    assert passages == expected


def test_no_sentence_of_a_document_is_copied_into_the_project(project: Project) -> None:
    for node in project.index.subjects():
        for quotation in ("oa:exact", "jsbio:asWritten"):
            for literal in project.index.literals(node, quotation):
                assert len(literal.value.split()) <= 8, literal


def test_no_inferred_triple_is_asserted_in_any_graph(dataset: Store) -> None:
    inferred = NamedNode(expand("graph:inferred"))
    asserted = {quad.triple for quad in dataset if quad.graph_name != inferred}
    found = {quad.triple for quad in dataset.quads_for_pattern(None, None, None, inferred)}
    assert found
    assert not found & asserted
