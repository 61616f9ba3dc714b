"""Why a triple holds: the page of a proof, and the proof as data.

In: a service. Out: a blueprint with ``/explain?s=...&p=...&o=...``. Subject, predicate and object
are names (``park:biobay``), IRIs, numbers or texts in quotes (``"Wuxi"@en``); ``format`` is
``json`` or ``turtle``, and without it the ``Accept`` header decides.
"""

from functools import cache

from flask import Blueprint, render_template, request
from flask import Response as FlaskResponse

from ..errors import ParameterError
from ..i18n import message
from ..release import Proofs
from ..service import Service, Term
from ..service.proof import explain, read_proofs
from ..service.proof_data import proof_as_json, proof_as_turtle
from ..service.rules import SPECIFICATION, rule_sentence
from ..service.triple import read_triple
from ..vocabulary import PREFIXES, shrink
from .bridge import accept, language
from .context import current_urls
from .negotiation import choose_type

__all__ = ["make_blueprint", "write_term"]

FORMATS = {
    "html": "text/html",
    "json": "application/json",
    "turtle": "text/turtle",
}
FIELDS = ("s", "p", "o")


def make_blueprint(service: Service) -> Blueprint:
    """Return the proofs of one service."""
    proofs = Blueprint("proofs", __name__)
    base = service.site.base

    @cache
    def known() -> Proofs:
        return read_proofs(service)

    def proof_url(subject: str, predicate: str, value: Term | str) -> str:
        """Return where the proof of a triple is; a value that is a text is an IRI."""
        urls = current_urls(base)
        term = Term("uri", value) if isinstance(value, str) else value
        return urls.to("/explain", s=shrink(subject), p=shrink(predicate), o=write_term(term))

    @proofs.app_context_processor
    def names() -> dict[str, object]:
        return {"proof_url": proof_url}

    @proofs.get("/explain")
    def show() -> FlaskResponse | str:
        triple = read_triple(*_fields(), service.site.prefixes)
        chosen = _format()
        explanation = explain(service, known(), triple)
        if chosen == "application/json":
            return FlaskResponse(proof_as_json(explanation, language()), mimetype=chosen)
        if chosen == "text/turtle":
            return FlaskResponse(proof_as_turtle(explanation), mimetype=chosen)
        return render_template(
            "proof.html",
            explanation=explanation,
            names=explanation.names,
            says=lambda rule: rule_sentence(rule, language()),
            specification=SPECIFICATION,
            fields=dict(zip(FIELDS, _fields(), strict=True)),
        )

    return proofs


def _fields() -> tuple[str, str, str]:
    """Return what the address asks for.

    :raises ParameterError: when a part of the triple is missing.
    """
    found = [request.args.get(name, "") for name in FIELDS]
    for name, text in zip(FIELDS, found, strict=True):
        if not text:
            raise ParameterError(
                message("A triple has a subject (s), a predicate (p) and an object (o)."),
                name,
                message("Give all three, such as %(example)s.", example="p=a&o=jsbio:Park"),
            )
    return found[0], found[1], found[2]


def _format() -> str:
    asked = request.args.get("format", "")
    if asked and asked not in FORMATS:
        raise ParameterError(
            message("%(value)r is not one of the values.", value=asked[:100]),
            "format",
            message("Choose one of: %(values)s.", values=", ".join(FORMATS)),
        )
    return FORMATS.get(asked) or choose_type(accept(), tuple(FORMATS.values())) or "text/html"


def write_term(term: Term) -> str:
    """Return a term as the address of a proof writes it.

    >>> write_term(Term("literal", "Wuxi", "en"))
    '"Wuxi"@en'
    """
    if term.kind == "uri":
        return shrink(term.value)
    name = term.datatype.removeprefix(PREFIXES["xsd"])
    if name in ("integer", "decimal", "boolean"):
        return term.value
    if term.language:
        return f'"{term.value}"@{term.language}'
    return f'"{term.value}"' + (f"^^{shrink(term.datatype)}" if term.datatype else "")
