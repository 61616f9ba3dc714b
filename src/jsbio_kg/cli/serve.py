"""``jsbio-kg serve``: the site and the endpoint."""

import functools
import ipaddress
from pathlib import Path
from typing import Any

import click

from ..i18n import Message, language_of_terminal, message
from ..service import Footprint, Lanes, Source
from ..store import Limits
from ..web.querylog import LogSettings
from ..web.rates import Rates
from ..web.server import Settings, run
from .graph import find_release

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default="8000",
    help="Port to listen at.",
)
@click.option("--workers", type=click.IntRange(1), help="Quick queries at once.  [cores + 1]")
@click.option("--release", type=click.Path(path_type=Path), help="Folder of the release.")
@click.option(
    "--older",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Older release to serve too, or a folder of them; may be repeated.",
)
@click.option("--store", "remote", metavar="URL", help="Ask this SPARQL endpoint instead.")
@click.option(
    "--store-timeout",
    type=click.Choice(["s", "ms"]),
    help="With --store: pass the deadline on as the parameter timeout, in this unit.",
)
@click.option(
    "--store-graphs",
    type=click.Choice(["named", "own"]),
    default="named",
    show_default=True,
    help="With --store: name the graphs with each query, or take its own default graph.",
)
@click.option(
    "--default-graph",
    type=click.Choice(["union", "strict"]),
    default="union",
    show_default=True,
    help="With FILES: whether the default graph also holds the named graphs.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "memory", "disk"]),
    default="auto",
    show_default=True,
    help="Where workers read the graph.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default="10.0",
    help="Seconds a query may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(1),
    default=1024,
    show_default="1024",
    help="MiB a query may take.",
)
@click.option("--public-url", metavar="URL", help="Where the site is reached from outside.")
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    help="Folder with your copies of the documents, to show sentences from.",
)
@click.option(
    "--report-url", metavar="URL", help='Where "report this" leads; {iri} is what it is about.'
)
@click.option(
    "--rate",
    type=click.IntRange(0),
    default=600,
    show_default="600",
    help="Requests a minute of one client; 0: as many as it likes.",
)
@click.option("--trust-proxy", multiple=True, metavar="NET", help="Networks of your proxies.")
@click.option("--log", "log_path", metavar="FILE", help='Log requests as JSON lines; "-": here.')
@click.option("--log-clients", is_flag=True, help="Tell clients apart in the log, by a hash.")
@click.option("--log-queries", is_flag=True, help="Write the texts of queries in the log.")
@click.option("--reload", is_flag=True, help="Swap to a new release as soon as it is built.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def serve(files: tuple[Path, ...], **options: Any) -> None:
    """Serve the release, or RDF FILES of your own, over HTTP."""
    if files and options["remote"]:
        raise click.UsageError("FILES are served from here: leave out --store.")
    language = language_of_terminal()
    public = options["public_url"]
    settings = Settings(
        _source(files, options),
        host=options["host"],
        port=options["port"],
        language=language,
        public=public.rstrip("/") + "/" if public else "",
        sources=options["sources"],
        report=options["report_url"] or "",
        rates=Rates(requests=options["rate"], proxies=_networks(options["trust_proxy"])),
        log=LogSettings(
            path=options["log_path"] or "",
            clients=options["log_clients"],
            texts=options["log_queries"],
        ),
        watches=options["reload"],
        announce=functools.partial(_announce, language),
    )
    run(settings)


def _source(files: tuple[Path, ...], options: dict[str, Any]) -> Source:
    return Source(
        release=None if files else find_release(options["release"]),
        files=files,
        remote=options["remote"] or "",
        remote_timeout=options["store_timeout"] or "",
        is_named=options["store_graphs"] == "named",
        older=options["older"],
        is_union=options["default_graph"] == "union",
        engine=options["engine"],
        limits=Limits(seconds=options["timeout"], heap=options["memory"] << 20),
        lanes=Lanes.of_machine(options["workers"]),
    )


def _networks(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        try:
            ipaddress.ip_network(name, strict=False)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--trust-proxy") from None
    return names


def _announce(language: str, address: str, footprint: Footprint | None) -> None:
    """Print the address, the memory that it will take, and three things to try."""
    say = functools.partial(_say, language)
    say(message("Serving at %(address)s", address=address))
    if footprint is not None:
        say(_memory(footprint))
    base = address.partition(" ")[0]
    say(message("Try:"))
    say(message("  open %(base)s in a browser", base=base))
    say(message("  curl %(base)squeries/", base=base))
    say(message("  curl -d 'query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' %(base)ssparql", base=base))


def _memory(footprint: Footprint) -> Message:
    sizes = {
        "shared": footprint.shared >> 20,
        "read": footprint.read >> 20,
        "heap": footprint.heap >> 20,
    }
    if footprint.is_on_disk:
        return message(
            "The graph is read from disk: about %(shared)d MiB of memory, and up to %(heap)d MiB "
            "for a query. With --engine memory it answers faster and takes up to %(read)d MiB.",
            **sizes,
        )
    return message(
        "The graph is in memory: about %(shared)d MiB, up to %(read)d MiB when every worker has "
        "read all of it, and up to %(heap)d MiB for a query.",
        **sizes,
    )


def _say(language: str, text: object) -> None:
    click.echo(text.in_language(language) if hasattr(text, "in_language") else str(text))
