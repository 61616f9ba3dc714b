"""The documentation of the vocabulary as files that stand alone: a page and a diagram a language.

In: the triples of the ontology. Out: files by name, for the folder ``docs`` of a release. They
need no server: the page links to its neighbours only, and its style follows the reader's
preference for light or dark.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from pyoxigraph import Triple

from ..i18n import LANGUAGES, message, translations
from ..vocabulary import shrink
from .diagram import ABOUT, COLOURS, DATATYPES, draw_diagram
from .model import Model, read_model

__all__ = ["ontology_files"]

SECTIONS: Final = {
    "class": message("Classes"),
    "object": message("Properties whose values are things"),
    "datatype": message("Properties whose values are numbers or texts"),
    "annotation": message("Annotations"),
}
TRAITS: Final = {
    "owl:FunctionalProperty": message("has one value at most"),
    "owl:TransitiveProperty": message("transitive"),
    "owl:SymmetricProperty": message("symmetric"),
}
TONGUES: Final = {"en": "en", "zh": "zh-Hans"}


def ontology_files(triples: Iterable[Triple], turtle: str) -> Mapping[str, bytes]:
    """Return the documentation of an ontology, by the names of its files.

    :param turtle: where its Turtle stands, as seen from the page.
    """
    model = read_model(triples)
    found = {"ontology.css": _style()}
    for language in LANGUAGES:
        page = f"ontology.{language}.html"
        found[page] = _page(model, language, turtle)
        found[f"model.{language}.svg"] = draw_diagram(model, language, page)
    return {name: text.encode() for name, text in found.items()}


def _style() -> str:
    light = " ".join(f"--{name}: {colours[0]};" for name, colours in COLOURS.items())
    dark = " ".join(f"--{name}: {colours[1]};" for name, colours in COLOURS.items())
    drawn = "".join(
        f".model .{name} {{ fill: var(--{name}); }}\n"
        f".model .{name}-line {{ stroke: var(--{name}); }}\n"
        for name in COLOURS
    )
    scheme = f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    return f":root {{ {light} }}\n{scheme}\n{_template('ontology.css')}{drawn}"


def _template(name: str) -> str:
    return (files("jsbio_kg.build") / "templates" / name).read_text("utf-8")


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        translations(language), newstyle=True
    )
    return environment


def _page(model: Model, language: str, turtle: str) -> str:
    text = _template("ontology.html")
    other = next(name for name in LANGUAGES if name != language)
    words = {iri: named.in_language(language) for iri, named in DATATYPES.items()}
    return (
        _environment(language)
        .from_string(text)
        .render(
            model=model,
            language=language,
            other=other,
            tongue=TONGUES[language],
            other_tongue=TONGUES[other],
            turtle=turtle,
            caption=ABOUT.in_language(language),
            diagram=Markup(draw_diagram(model, language)),
            separator="、" if language == "zh" else ", ",
            sections=[
                (kind, title.in_language(language), model.of_kind(kind))
                for kind, title in SECTIONS.items()
            ],
            traits={name: named.in_language(language) for name, named in TRAITS.items()},
            word=lambda iri: words.get(iri) or shrink(iri),
        )
    )
