"""The site as a Flask application: routes, languages, errors, headers.

In: a service. Out: a WSGI application. Nothing is read at import and nothing is global.
"""

import functools
import logging
from dataclasses import replace

from flask import Flask, request
from flask import Response as FlaskResponse
from werkzeug.exceptions import HTTPException

from ..i18n import message, translations
from ..service import Edition, Service
from . import pages
from .bridge import accept, language, to_flask
from .context import Options, make_context
from .editions import Dispatch, Editions
from .error_pages import draw_problem
from .exchange import Environ, Response
from .front import Front, FrontSettings
from .negotiation import choose_type
from .problems import HttpError, Problem, is_fault, problem_of, respond_problem
from .querylog import LogSettings

__all__ = ["create_app"]

log = logging.getLogger(__name__)

_PROBLEM_TYPES = ("application/problem+json", "application/json", "text/html")


def create_app(
    service: Service, options: Options | None = None, settings: FrontSettings | None = None
) -> Flask:
    """Make the application for one service."""
    options = options or Options()
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = 2 << 20
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: translations(language()).gettext(text),
        lambda one, many, n: translations(language()).ngettext(one, many, n),
        newstyle=True,
    )
    app.context_processor(lambda: make_context(service, options))
    for blueprint in pages.make_blueprints(service, options):
        app.register_blueprint(blueprint)
    app.register_error_handler(Exception, functools.partial(_handle, service))
    app.after_request(_finish)
    front = Front(
        app.wsgi_app,
        functools.partial(_methods_of, app),
        service,
        settings,
        functools.partial(_page_of_error, app, service),
    )
    if service.history is not None and options.edition is None:
        make_site = functools.partial(_make_site, options, front.settings)
        front.editions = Editions(service.history, make_site)
    app.wsgi_app = front  # type: ignore[method-assign]
    return app


def _make_site(
    options: Options, settings: FrontSettings, service: Service, edition: Edition
) -> Dispatch:
    """Return who answers for one release, below its own address."""
    address = (settings.address or service.site.base) + f"releases/{edition.name}/"
    inner = create_app(
        service,
        replace(options, edition=edition),
        replace(settings, address=address, log=LogSettings()),
    )
    front = inner.wsgi_app
    assert isinstance(front, Front)
    return front.dispatch


def _methods_of(app: Flask, path: str) -> list[str]:
    """Return the methods of a path; none when there is no such path."""
    return sorted(app.url_map.bind("").allowed_methods(path))


def _finish(response: FlaskResponse) -> FlaskResponse:
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language())
        response.vary.update(("Accept", "Accept-Language"))
    return response


def _handle(service: Service, error: Exception) -> FlaskResponse | tuple[str, int, dict[str, str]]:
    """Say any error in the one shape; a browser gets the same words as a page."""
    if isinstance(error, HTTPException):
        if error.code is not None and error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        error = _from_werkzeug(error)
    if is_fault(error):
        log.error("%s %s failed", request.method, request.path, exc_info=error)
    if choose_type(accept(), _PROBLEM_TYPES) == "text/html":
        problem = problem_of(error, language())
        return draw_problem(service, problem), problem.status, dict(_headers(problem))
    return to_flask(respond_problem(error, language()))


def _page_of_error(
    app: Flask, service: Service, environ: Environ, error: Exception
) -> Response | None:
    """Return an error from ahead of the pages as one of them, for who likes a page better."""
    if choose_type(environ.get("HTTP_ACCEPT", "")[:4096], _PROBLEM_TYPES) != "text/html":
        return None
    with app.request_context(environ):
        problem = problem_of(error, language())
        body = draw_problem(service, problem).encode()
        headers = (("Content-Language", language()), *_headers(problem))
    page = (("Content-Type", "text/html; charset=utf-8"), *headers)
    return Response(problem.status, body, page, {"problem": problem.members["type"]})


def _headers(problem: Problem) -> tuple[tuple[str, str], ...]:
    return ("Cache-Control", "no-store"), *problem.headers


def _from_werkzeug(error: HTTPException) -> Exception:
    status = error.code or 500
    if status == 404:
        return HttpError(
            404,
            message("There is nothing at %(path)r.", path=request.path[:200]),
            message("Begin at /, which links to everything."),
        )
    if status == 405:
        allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
        return HttpError(
            405,
            message("The method %(method)s is not allowed here.", method=request.method[:20]),
            message("Use one of: %(allowed)s.", allowed=allowed),
            headers=(("Allow", allowed),),
        )
    if status == 413:
        return HttpError(
            413, message("The request is too large."), message("Send less than 2 MiB.")
        )
    if status >= 500:
        return error.__cause__ if isinstance(error.__cause__, Exception) else RuntimeError(status)
    return HttpError(
        status,
        message("The request cannot be understood."),
        message("Check its address, headers and body."),
    )
