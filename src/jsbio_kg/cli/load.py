"""``jsbio-kg load``: a release into another store."""

import os
from pathlib import Path

import click
import platformdirs

from ..dumps import Content
from ..errors import StoreError
from ..i18n import language_of_terminal, message
from ..loading import Credentials, Target, Transfer, compare, load_graphs, load_updates
from ..loading.bulk import bulk_oxigraph, bulk_virtuoso
from ..release import Release
from .graph import find_release
from .progress import shown_progress

__all__ = ["load"]


@click.command()
@click.option("--to", required=True, metavar="URL", help="Query endpoint; a folder for oxigraph.")
@click.option(
    "--via",
    type=click.Choice(["graphs", "updates"]),
    default="graphs",
    show_default=True,
    help="Graph Store Protocol, or SPARQL Update in batches.",
)
@click.option("--graphs", "graphs_url", metavar="URL", help="Graph Store endpoint.")
@click.option("--update", "update_url", metavar="URL", help="Update endpoint.")
@click.option("--bulk", type=click.Choice(["oxigraph", "virtuoso"]), help="The store's own loader.")
@click.option(
    "--isql", default="127.0.0.1:1111", show_default=True, help="Virtuoso's SQL listener."
)
@click.option("--batch", default=2000, show_default=True, help="Triples in one update.")
@click.option(
    "--check",
    type=click.Choice(["hash", "sample", "counts", "none"]),
    default="hash",
    show_default=True,
    help="What is compared afterwards.",
)
@click.option("--only-check", is_flag=True, help="Load nothing, only compare.")
@click.option("--graph", "names", multiple=True, help="Graph to load, or default; may be repeated.")
@click.option("--release", type=click.Path(path_type=Path), help="Folder of the release.")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def load(
    to: str,
    via: str,
    graphs_url: str | None,
    update_url: str | None,
    bulk: str | None,
    isql: str,
    batch: int,
    check: str,
    only_check: bool,
    names: tuple[str, ...],
    release: Path | None,
    project: Path | None,
) -> None:
    """Fill another store with the release, and compare what arrived.

    Credentials come from JSBIO_STORE_USER and JSBIO_STORE_PASSWORD, or JSBIO_STORE_TOKEN.
    """
    opened = Release.open(find_release(release, project))
    content = Content.of(opened.dataset, opened.manifest)
    content = content.narrowed(names) if names else content
    language = language_of_terminal()
    if bulk == "oxigraph":
        bulk_oxigraph(opened, Path(to))
        click.echo(message("Loaded %(n)d triples.", n=content.size).in_language(language))
        return
    target = _target(to, graphs_url, update_url)
    if only_check:
        pass
    elif bulk == "virtuoso":
        bulk_virtuoso(opened, isql, os.environ)
    else:
        folder = Path(platformdirs.user_cache_path("jsbio-kg")) / "loads"
        record = Transfer.of(folder, opened.version, to, f"{via} {batch} {sorted(names)}")
        with shown_progress() as progress:
            if via == "graphs":
                load_graphs(content, target, record, progress)
            else:
                load_updates(content, target, record, progress, max(1, batch))
    _report(content, target, check, to, language)


def _target(to: str, graphs: str | None, update: str | None) -> Target:
    """Return a store; its other addresses are guessed from the query endpoint.

    Oxigraph has ``/query``, ``/update`` and ``/store``; where they differ, they are options.
    """
    base = to.removesuffix("/").removesuffix("/query").removesuffix("/sparql")
    is_oxigraph = to.endswith("/query")
    credentials = Credentials.from_environment(os.environ)
    return Target(
        to,
        update or (f"{base}/update" if is_oxigraph else to),
        graphs or (f"{base}/store" if is_oxigraph else f"{base}/sparql-graph-crud"),
        credentials,
    )


def _report(content: Content, target: Target, check: str, to: str, language: str) -> None:
    if check != "none":
        found = compare(content, target, check)
        for difference in found:
            line = f"{difference.where}: {difference.what.in_language(language)}"
            click.echo(line, err=True)
        if found:
            raise StoreError(
                message("%(n)d differences from what was published.", n=len(found)),
                to,
                message("Load again; docs/loading.md lists what each store changes."),
            )
    text = message(
        "Loaded %(n)d triples in %(graphs)d graphs; compared: %(check)s.",
        n=content.size,
        graphs=len(content.graphs),
        check=check,
    )
    click.echo(text.in_language(language))
