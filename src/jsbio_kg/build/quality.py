"""The quality of the vocabulary: rules in SPARQL, one a file, after ROBOT, OOPS! and FOOPS!.

In: a project with ``ontology/quality/*.rq``. Out: findings.

A rule is a ``SELECT`` whose rows are faults. Its header says in both languages ``what`` is wrong
and how to ``fix`` it; ``{?name}`` stands for the value of a variable. ``?term`` and ``?at`` are
subject and predicate of the place, ``?in`` is a graph or a saved query that uses the term. A file
that is a ``CONSTRUCT`` is a view: what it gives is there for the rules to ask. They are asked of
the ontology graphs by name, of their union, of how the project declares its graphs, and of what
uses which term (:mod:`.usage`).

Whether labels and definitions are there, in both languages and with a full stop, the shapes tell.
An exception stands on the term (``jsbio:leavesOpen``), never in a rule.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, QueryTriples, Store

from ..errors import SourceError
from ..i18n import LANGUAGES, message
from ..queries import explain_syntax, read_keys
from ..vocabulary import shrink
from .findings import Finding, OwnWords
from .index import quads_of
from .project import GraphFile, Project
from .reading import read_text
from .usage import place_of_use, uses

__all__ = ["check_vocabulary", "rule_files"]

#: The folder of the rules in a project.
RULES: Final = "ontology/quality"
VARIABLE: Final = re.compile(r"\{\?(\w+)\}")


@dataclass(frozen=True)
class Rule:
    """One rule of quality.

    :param file: its path inside the project.
    :param what: what a row says is wrong, by language; ``fix`` what to do.
    """

    file: str
    text: str
    what: Mapping[str, str]
    fix: Mapping[str, str]

    @property
    def variables(self) -> set[str]:
        """Return the variables that its sentences name."""
        sentences = (*self.what.values(), *self.fix.values())
        return {name for sentence in sentences for name in VARIABLE.findall(sentence)}


def rule_files(root: Path) -> list[Path]:
    """Return the rules and views of a project, by name."""
    return sorted((root / RULES).glob("*.rq"))


def check_vocabulary(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the terms of the ontology and with its header."""
    rules = []
    store = _store(project)
    for path in rule_files(project.root):
        try:
            rule = _read(path)
            answer = _answer(store, rule)
        except SourceError as error:
            yield Finding.from_error(error)
            continue
        if isinstance(answer, QueryTriples):
            store.extend(quads_of(answer, NamedNode(f"urn:view:{path.stem}")))
        elif isinstance(answer, QuerySolutions):
            rules.append(rule)
    for rule in rules:
        answer = _answer(store, rule)
        assert isinstance(answer, QuerySolutions)
        for row in answer:
            yield _finding(project, rule, row, [variable.value for variable in answer.variables])


def _store(project: Project) -> Store:
    """Return what the rules are asked of."""
    store = Store()
    for graph in project.of_role("OntologyGraph", "DescriptionGraph"):
        store.extend(quads_of(graph.triples, graph.iri))
    store.extend(quads_of(uses(project), NamedNode("urn:view:uses")))
    return store


def _read(path: Path) -> Rule:
    """Read a rule or a view.

    :raises SourceError: when its header is not as it should be.
    """
    file = f"{RULES}/{path.name}"
    text = read_text(path, file)
    header = read_keys(text, file)
    if set(header.values) == {"summary", "summary_zh"}:
        return Rule(file, text, {}, {})
    found: list[Mapping[str, str]] = []
    for key in ("what", "fix"):
        sentences = {"en": header.values.get(key), "zh": header.values.get(f"{key}_zh")}
        if not all(isinstance(sentence, str) and sentence for sentence in sentences.values()):
            raise SourceError(
                message("The rule does not say %(key)r in both languages.", key=key),
                header.where(key),
                message("Add #+ what, what_zh, fix and fix_zh; a view has a summary instead."),
            )
        found.append({language: str(sentence) for language, sentence in sentences.items()})
    return Rule(file, text, *found)


def _answer(store: Store, rule: Rule) -> object:
    """Return what a rule finds.

    :raises SourceError: when it is not SPARQL, or its sentences name what it does not select.
    """
    try:
        answer = store.query(rule.text, use_default_graph_as_union=True)
    except SyntaxError as error:
        explained = explain_syntax(rule.text, str(error))
        where = f"{rule.file}:{explained.where}"
        raise SourceError(explained.what, where, explained.fix) from None
    is_rule = bool(rule.what)
    if is_rule != isinstance(answer, QuerySolutions):
        raise SourceError(
            message("This is neither a rule nor a view."),
            f"{rule.file}:1",
            message("Write a SELECT with what and fix, or a CONSTRUCT with a summary."),
        )
    if isinstance(answer, QuerySolutions):
        unknown = sorted(rule.variables - {variable.value for variable in answer.variables})
        if unknown:
            raise SourceError(
                message("The sentences name ?%(name)s, which is not selected.", name=unknown[0]),
                f"{rule.file}:1",
                message("Select the variable, or correct its name."),
            )
    return answer


def _finding(project: Project, rule: Rule, row: QuerySolution, variables: Sequence[str]) -> Finding:
    terms = {name: row[name] for name in variables}
    values = {
        name: term.value for name, term in terms.items() if isinstance(term, NamedNode | Literal)
    }
    names = {
        name: shrink(value) if isinstance(terms[name], NamedNode) else value
        for name, value in values.items()
    }
    what, fix = (
        {
            language: VARIABLE.sub(lambda found: names.get(found[1], "[…]"), words[language])
            for language in LANGUAGES
        }
        for words in (rule.what, rule.fix)
    )
    return Finding(
        _place(project, values),
        OwnWords(what["en"], by_language=what),
        OwnWords(fix["en"], by_language=fix),
    )


def _place(project: Project, values: Mapping[str, str]) -> str:
    """Return file and line of what a row is about."""
    term, used_in = values.get("term", ""), values.get("in", "")
    if used_in:
        return place_of_use(project, used_in, term)
    for graph in project.of_role("OntologyGraph"):
        if _holds(graph, term):
            return graph.place(term, values.get("at", ""), values.get("other", ""))
    return ""


def _holds(graph: GraphFile, term: str) -> bool:
    return any(getattr(triple.subject, "value", "") == term for triple in graph.triples)
