"""``jsbio-kg query``: ask from the shell."""

import difflib
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as RichTable

from ..errors import NotFound, QuerySyntaxError, SourceError
from ..i18n import LANGUAGES, language_of_terminal, message
from ..queries import SavedQuery, load_queries, read_query
from ..release import Release
from ..service import Shown, read_table, show
from ..store import DATASETS, FORMATS, GRAPHS, SOLUTIONS, Answer, EmbeddedStore, Limits, Query
from ..vocabulary import shrink
from .graph import find_release

__all__ = ["query"]

_FORMATS = ["table", *(each.name for each in (*SOLUTIONS, *GRAPHS, *DATASETS))]
#: The shell is its owner's: nothing is cut but by the machine.
_LIMITS = Limits(result_bytes=1 << 40, rows=1 << 40)


@click.command()
@click.argument("name", metavar="NAME-or-FILE")
@click.option("--param", "params", multiple=True, metavar="K=V", help="Bind a parameter.")
@click.option("--format", "format_name", type=click.Choice(_FORMATS), help="How to write.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of names and headings.")
@click.option("--limit", type=click.IntRange(0), help="Rows at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Rows to pass over.")
@click.option("--release", type=click.Path(path_type=Path), help="Folder of the release.")
@click.option("--project", type=click.Path(path_type=Path), help="Folder of the project.")
def query(
    name: str,
    params: tuple[str, ...],
    format_name: str | None,
    lang: str | None,
    limit: int | None,
    offset: int,
    release: Path | None,
    project: Path | None,
) -> None:
    """Answer a saved query by its NAME, or the query in a FILE ("-" reads standard input)."""
    language = lang or language_of_terminal()
    opened = Release.open(find_release(release, project), verify=False)
    saved, text = _find(name, opened)
    values = _read_params(params)
    if saved is not None:
        text = saved.bind(values, limit, offset)
    elif values or limit is not None or offset:
        raise SourceError(
            message("The file has no header, so it takes no parameter, limit or offset."),
            name,
            message("Write them in the query, or give the file a header."),
        )
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine cannot be interrupted otherwise
    store = EmbeddedStore.from_dataset(opened.dataset, opened.default_graphs, _LIMITS)
    wanted = FORMATS.get(format_name or "")
    try:
        answer = store.answer(Query(text, wanted or SOLUTIONS[0], wanted or GRAPHS[0]))
    except QuerySyntaxError as error:
        error.where = f"{'<stdin>' if name == '-' else name}:{error.where}"
        raise
    if wanted is None and answer.kind == "solutions":
        columns = saved.columns if saved else {}
        _print_table(show(read_table(answer.body), language, columns), language)
    else:
        _print_bytes(answer, wanted is None)


def _find(name: str, release: Release) -> tuple[SavedQuery | None, str]:
    path = Path(name)
    if name == "-":
        return None, sys.stdin.read()
    if path.suffix == ".rq" or path.is_file():
        text = _read(path)
        saved = (
            read_query(path.stem, text, str(path), release.manifest.base)
            if text.startswith("#+")
            else None
        )
        return saved, text
    queries = load_queries(release.root / "queries", release.manifest.base)
    if name in queries:
        return queries[name], ""
    near = difflib.get_close_matches(name, queries, n=3)
    raise NotFound(
        message("There is no saved query and no file of this name."),
        name,
        message("Perhaps you mean: %(names)s.", names=", ".join(near))
        if near
        else message("The folder queries/ holds the saved ones."),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise SourceError(
            message("The file cannot be read: %(reason)s.", reason=reason),
            str(path),
            message("Check its name and its rights."),
        ) from None


def _read_params(params: Sequence[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for each in params:
        key, equals, value = each.partition("=")
        if not equals:
            raise click.BadParameter(f"{each!r} is not K=V", param_hint="--param")
        values.setdefault(key, []).append(value)
    return values


def _print_table(shown: Shown, language: str) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    table = RichTable(box=None, pad_edge=False, header_style="bold")
    for heading in shown.headings:
        table.add_column(heading, overflow="fold")
    for row in shown.rows:
        table.add_row(*(_cell(cell.text) for cell in row))
    console.print(table, markup=False)
    count = message("Rows: %(n)d.", n=len(shown.rows))
    click.echo(count.in_language(language), err=True)


def _cell(text: str) -> str:
    return shrink(text).replace("[", "\\[")


def _print_bytes(answer: Answer, is_for_people: bool) -> None:
    if is_for_people and answer.kind == "boolean":
        click.echo("true" if b"true" in answer.body else "false")
        return
    sys.stdout.buffer.write(answer.body)
    if not answer.body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
