"""``jsbio-kg serve``: the site and the endpoint."""

import functools
from pathlib import Path

import click

from ..i18n import language_of_terminal, message
from ..service import Lanes, Source
from ..store import Limits
from ..web.server import Settings, run
from .graph import find_release

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, help="Port to listen at.")
@click.option("--workers", default=3, show_default=True, help="Queries at once in the fast lane.")
@click.option("--release", type=click.Path(path_type=Path), help="Folder of the release.")
@click.option("--store", "remote", metavar="URL", help="Ask this SPARQL endpoint instead.")
@click.option(
    "--default-graph",
    type=click.Choice(["union", "strict"]),
    default="union",
    show_default=True,
    help="With FILES: whether the default graph also holds the named graphs.",
)
@click.option("--timeout", default=10.0, show_default=True, help="Seconds a query may take.")
@click.option("--memory", default=1024, show_default=True, help="MiB a query may take.")
@click.option("--public-url", metavar="URL", help="Where the site is reached from outside.")
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    help="Folder with your copies of the documents, to show sentences from.",
)
@click.option(
    "--report-url", metavar="URL", help='Where "report this" leads; {iri} is what it is about.'
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def serve(
    host: str,
    port: int,
    workers: int,
    release: Path | None,
    remote: str | None,
    default_graph: str,
    timeout: float,
    memory: int,
    public_url: str | None,
    sources: Path | None,
    report_url: str | None,
    files: tuple[Path, ...],
) -> None:
    """Serve the release, or RDF FILES of your own, over HTTP."""
    source = Source(
        release=None if files else find_release(release),
        files=files,
        remote=remote or "",
        is_union=default_graph == "union",
        limits=Limits(seconds=timeout, heap=memory << 20),
        lanes=Lanes(fast=max(1, workers)),
    )
    language = language_of_terminal()
    announce = functools.partial(_announce, language)
    public = public_url.rstrip("/") + "/" if public_url else ""
    settings = Settings(
        source,
        host=host,
        port=port,
        language=language,
        public=public,
        sources=sources,
        report=report_url or "",
        announce=announce,
    )
    run(settings)


def _announce(language: str, address: str) -> None:
    """Print the address and three things to try."""
    say = functools.partial(_say, language)
    say(message("Serving at %(address)s", address=address))
    base = address.partition(" ")[0]
    say(message("Try:"))
    say(message("  open %(base)s in a browser", base=base))
    say(message("  curl %(base)squeries/", base=base))
    say(message("  curl -d 'query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' %(base)ssparql", base=base))


def _say(language: str, text: object) -> None:
    click.echo(text.in_language(language) if hasattr(text, "in_language") else str(text))
