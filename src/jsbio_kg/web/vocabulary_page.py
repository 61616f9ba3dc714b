"""The page of the vocabulary: the tree of classes, and each term with its anchor.

In: a service. Out: HTML.
"""

from flask import render_template

from ..i18n import message
from ..service import Service
from ..service.terms import Constraint, Term
from .bridge import language
from .context import current_urls
from .urls import Urls

__all__ = ["draw_vocabulary"]

_SECTIONS = (
    ("class", message("Classes")),
    ("object", message("Properties with things as values")),
    ("datatype", message("Properties with literals as values")),
    ("annotation", message("Annotations")),
    ("individual", message("Individuals")),
)
_EXACTLY_ONE = message("exactly one")
_AT_LEAST = message("at least %(count)d")
_AT_MOST = message("at most %(count)d")
_NONE = message("none")


def draw_vocabulary(service: Service) -> str:
    """Return the page."""
    vocabulary = service.vocabulary
    urls = current_urls(service.site.base)
    sections = [
        (name, title.in_language(language()), vocabulary.of_kind(name)) for name, title in _SECTIONS
    ]
    return render_template(
        "ontology.html",
        vocabulary=vocabulary,
        names=vocabulary.names,
        sections=[section for section in sections if section[2]],
        bounds=_bounds,
        use=lambda term: _use(urls, term),
    )


def _bounds(constraint: Constraint) -> str:
    """Return how many values a shape asks for, in words."""
    least, most = constraint.least, constraint.most
    if most == 0:
        return _NONE.in_language(language())
    if least == most == 1:
        return _EXACTLY_ONE.in_language(language())
    words = []
    if least:
        words.append(_AT_LEAST.in_language(language()) % {"count": least})
    if most is not None:
        words.append(_AT_MOST.in_language(language()) % {"count": most})
    return ("，" if language() == "zh" else ", ").join(words)


def _use(urls: Urls, term: Term) -> str:
    """Return the query that lists where a term is used."""
    if term.kind in ("class", "individual"):
        pattern = f"?thing a <{term.iri}>"
        return urls.sparql(
            f"SELECT DISTINCT ?thing WHERE {{\n  {{ {pattern} }} UNION "
            f"{{ GRAPH ?graph {{ {pattern} }} }}\n}}\nORDER BY ?thing"
        )
    pattern = f"?thing <{term.iri}> ?value"
    return urls.sparql(
        f"SELECT DISTINCT ?thing ?value WHERE {{\n  {{ {pattern} }} UNION "
        f"{{ GRAPH ?graph {{ {pattern} }} }}\n}}\nORDER BY ?thing ?value"
    )
