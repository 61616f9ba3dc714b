"""Validation against the SHACL shapes of the project.

In: a project, or files of anybody's. Out: a finding for each result, in the words of the shape
(``sh:message`` in English and Chinese), at the block of the node it is about.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import shacl
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from ..i18n import Message, message
from ..vocabulary import expand, shrink
from .data_files import read_data
from .findings import Finding, OwnWords
from .project import Project

__all__ = ["check_data", "check_shapes", "shape_inputs"]


def shape_inputs(project: Project) -> tuple[bytes, bytes]:
    """Return shapes and data as N-Triples: all graphs together, so that classes are known."""
    shapes = [t for graph in project.of_role("ShapeGraph") for t in graph.triples]
    data = {t: None for g in project.graphs if g.role != "ShapeGraph" for t in g.triples}
    return _n_triples(shapes), _n_triples(list(data))


def _n_triples(triples: list[Triple]) -> bytes:
    written = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert written is not None
    return written


def check_shapes(project: Project) -> Iterator[Finding]:
    """Yield what the shapes object to."""
    words = _messages(project)
    for result in _results(project):
        yield _finding(project, result, words)


def check_data(project: Project, paths: Iterable[Path]) -> Iterator[Finding]:
    """Yield what the shapes of a project object to in files that are no part of it.

    The graph of the project stands behind them, so that a file may speak of its things; what is
    not mentioned in the files is not looked at.

    :raises SourceError: when a file cannot be read or is not RDF.
    """
    files = tuple(map(read_data, paths))
    for file in files:
        if not file.triples:
            what = message("There is nothing in the file.")
            yield Finding(file.file, what, message("Name a file that holds triples."))
    held = replace(project, graphs=files)
    mentioned = {str(term) for f in files for t in f.triples for term in (t.subject, t.object)}
    whole = replace(project, graphs=(*project.graphs, *files))
    words = _messages(project)
    told = set()
    for result in _results(whole):
        found = _finding(held, result, words)
        if result.focus_node in mentioned and str(found) not in told:
            told.add(str(found))
            yield found if found.where or len(files) > 1 else replace(found, where=files[0].file)


def _results(project: Project) -> list[shacl.Result]:
    """Return what the engine finds.

    It is given a file and not a text, which would stand in memory twice beside the triples.
    """
    shapes = [_n_triples(list(graph.triples)) for graph in project.of_role("ShapeGraph")]
    if not any(shapes):
        return []
    compiled = shacl.Shapes.from_text(b"".join(shapes).decode(), format="ntriples")
    with tempfile.TemporaryDirectory(prefix="jsbio-kg-") as folder:
        path = Path(folder) / "data.nt"
        with path.open("wb") as out:
            for graph in project.graphs:
                if graph.role != "ShapeGraph":
                    serialize(graph.triples, out, RdfFormat.N_TRIPLES)
        report = compiled.validate_file(str(path), allow_warnings=False)
    return sorted(report.results, key=lambda r: (r.focus_node, r.path or "", repr(r)))


def _messages(project: Project) -> Mapping[str, Mapping[str, str]]:
    """Return each message of the shapes with its translations."""
    by_shape: dict[object, dict[str, str]] = {}
    for graph in project.of_role("ShapeGraph"):
        for triple in graph.triples:
            if triple.predicate.value == expand("sh:message") and isinstance(
                triple.object, Literal
            ):
                texts = by_shape.setdefault(triple.subject, {})
                texts[triple.object.language or "en"] = triple.object.value
    return {text: texts for texts in by_shape.values() for text in texts.values()}


def _finding(
    project: Project, result: shacl.Result, words: Mapping[str, Mapping[str, str]]
) -> Finding:
    focus = _term(result.focus_node)
    path = (result.path or "").strip("<>")
    name = shrink(focus.value) if isinstance(focus, NamedNode) else result.focus_node
    where = _place(project, focus, path)
    own = next((words[text] for text in result.messages if text in words), None)
    what: Message
    if own is None:
        what = message(
            "%(node)s breaks %(constraint)s.",
            node=name,
            constraint=result.component.removesuffix("ConstraintComponent"),
        )
    else:
        what = OwnWords(own.get("en", ""), by_language=own)
    return Finding(where, message("%(node)s: %(what)s", node=name, what=what), _fix(result))


def _fix(result: shacl.Result) -> Message | None:
    if not result.path:
        return None
    path = re.sub("<([^>]*)>", lambda each: shrink(each[1]), result.path)
    if result.value_plain is None:
        return message("See %(path)s.", path=path)
    return message("See %(path)s %(value)r.", path=path, value=result.value_plain)


def _place(project: Project, focus: object, path: str) -> str:
    """Return the place of the property where a file has it, else of the node."""
    if not isinstance(focus, NamedNode):
        return ""
    for graph in project.graphs:
        if any(t.subject == focus and t.predicate.value == path for t in graph.triples):
            return graph.place(focus.value, path)
    return project.place(focus)


def _term(text: str) -> object:
    line = f"<urn:s> <urn:p> {text} ."
    return next(iter(parse(line, RdfFormat.N_TRIPLES))).object
