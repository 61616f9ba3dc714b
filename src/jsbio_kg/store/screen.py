"""What is refused before it runs, with a sentence: updates, SERVICE, graphs that are not here.

In: the text of a query. Out: nothing, or an error with line and column. This is politeness, not the
fence: what slips through still cannot reach a file or a socket, because the worker that runs it
cannot open any. It runs where the query runs, and reads tokens only when a cheap look at the text
says that there may be something to refuse.
"""

import ipaddress
import re
from collections.abc import Container
from urllib.parse import urljoin, urlsplit

from ..errors import JsbioError, QueryRefused
from ..i18n import Message, message
from ..queries import Token, place_of, tokenize

__all__ = ["DEEPEST", "check_graph", "refuse_graph", "screen"]

#: How deep brackets may nest; the engine's parser crashes its process at a few thousand.
DEEPEST = 256
_SUSPECT = tuple("service from insert delete load clear drop create copy move add".split())
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*\Z")


def screen(text: str, graphs: Container[str], base: str, is_overridden: bool = False) -> None:
    """Refuse what this store does not do.

    :param graphs: the IRIs of the graphs that are here.
    :param base: what relative IRIs are resolved against.
    :param is_overridden: whether the request names the graphs, so that FROM counts for nothing.
    :raises QueryRefused: with the place of the refused word.
    """
    folded = text.casefold()
    is_flat = text.count("(") + text.count("{") + text.count("[") <= DEEPEST
    if is_flat and not any(word in folded for word in _SUSPECT):
        return
    prefixes: dict[str, str] = {}
    tokens = list(tokenize(text))
    is_query = False
    for position, token in enumerate(tokens):
        if token.depth > DEEPEST:
            raise _refuse(
                text,
                token,
                message("The brackets nest deeper than %(depth)d.", depth=DEEPEST),
                message("Write the query with fewer brackets."),
            )
        if token.kind != "word":
            continue
        if token.is_word(*_FORMS):
            is_query = True
        elif not is_query and token.is_word(*_UPDATES):
            raise _refuse(
                text,
                token,
                message("The graph is read here, never written."),
                message(
                    "Send a SELECT, ASK, CONSTRUCT or DESCRIBE; the graph changes by its files."
                ),
            )
        elif token.is_word("SERVICE"):
            raise _refuse(
                text,
                token,
                message("SERVICE is not allowed: no query asks another endpoint from here."),
                message("Ask that endpoint directly, and join the answers on your side."),
            )
        elif token.is_word("PREFIX", "BASE"):
            base = _declare(tokens[position : position + 3], prefixes, base)
        elif token.is_word("FROM"):
            iri, named = _read_graph(tokens[position + 1 : position + 3], prefixes, base)
            if named and iri not in graphs and (not is_overridden or _is_near(iri)):
                refused = refuse_graph(iri)
                raise _refuse(text, named, refused.what, refused.fix)


def _declare(tokens: list[Token], prefixes: dict[str, str], base: str) -> str:
    word, name, *rest = [*tokens, tokens[0]] if len(tokens) < 2 else tokens
    if word.is_word("BASE") and name.kind == "iri":
        return urljoin(base, name.text[1:-1])
    if rest and rest[0].kind == "iri" and name.kind == "name":
        prefixes[name.text[:-1]] = urljoin(base, rest[0].text[1:-1])
    return base


def _read_graph(
    after: list[Token], prefixes: dict[str, str], base: str
) -> tuple[str, Token | None]:
    """Return the graph that FROM names, with its place; no place where it names none."""
    if after and after[0].is_word("NAMED"):
        after = after[1:]
    if not after or after[0].kind not in ("iri", "name"):
        return "", None
    token = after[0]
    if token.kind == "iri":
        iri = token.text[1:-1]
        return iri if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri) else urljoin(base, iri), token
    prefix, _, local = token.text.partition(":")
    return (prefixes[prefix] + local, token) if prefix in prefixes else ("", None)


def check_graph(iri: str) -> None:
    """Look at a graph that a request names beside its query, and that is not here.

    Such a graph is empty, as the protocol's own tests have it. Refused is what could only be meant
    to be fetched: a file, or something on this machine or its network.

    :raises QueryRefused: when it is no absolute IRI, or such an address.
    """
    if not _ABSOLUTE.match(iri):
        raise QueryRefused(
            message("%(iri)r is not an absolute IRI.", iri=iri[:200]),
            "",
            message("Give the whole IRI of a graph."),
        )
    if _is_near(iri):
        raise refuse_graph(iri)


def _is_near(iri: str) -> bool:
    """Tell whether an IRI is the address of a file, or of something on this network.

    >>> _is_near("http://127.0.0.1:8000/"), _is_near("http://example.org/g"), _is_near("urn:x")
    (True, False, False)
    """
    try:
        parts = urlsplit(iri)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return True
    if parts.scheme == "file" or f".{host}".endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def refuse_graph(iri: str) -> QueryRefused:
    """Say that a graph is not here; graphs are never fetched from elsewhere."""
    return QueryRefused(
        message("There is no graph %(iri)s here, and none is fetched.", iri=iri[:200]),
        "",
        message("Ask for one of the graphs that SELECT DISTINCT ?g { GRAPH ?g { } } lists."),
    )


def _refuse(text: str, token: Token, what: Message, fix: Message | None) -> JsbioError:
    line, column = place_of(text, token.start)
    return QueryRefused(what, f"{line}:{column}", fix)
