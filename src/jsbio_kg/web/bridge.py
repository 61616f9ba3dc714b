"""Between Flask and the framework-free request and response."""

from flask import Response as FlaskResponse
from flask import g, request

from .exchange import Request, Response
from .negotiation import choose_language

__all__ = ["accept", "current_request", "language", "to_flask"]


def current_request() -> Request:
    """Return what Flask knows of the request it handles."""
    return Request(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("latin-1"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(cache=False) if request.method == "POST" else b"",
        client=request.remote_addr or "",
    )


def to_flask(response: Response) -> FlaskResponse:
    """Return a Flask response; a HEAD request loses the body later, and keeps its length."""
    made = FlaskResponse(response.body, response.status)
    del made.headers["Content-Type"]
    for name, value in response.headers:
        made.headers.add(name, value)
    return made


def accept() -> str:
    """Return the Accept header."""
    return request.headers.get("Accept", "")


def language() -> str:
    """Return the language of this request: ``en`` or ``zh``."""
    if "language" not in g:
        asked = request.args.get("lang", "")
        g.language = choose_language(asked, request.headers.get("Accept-Language", ""))
    chosen: str = g.language
    return chosen
