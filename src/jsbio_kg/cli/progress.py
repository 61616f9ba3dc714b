"""How long work shows: a bar on a terminal, plain lines in a log."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from ..build.check import Progress as Report
from ..i18n import Message, language_of_terminal

__all__ = ["shown_progress"]


@contextmanager
def shown_progress() -> Iterator[Report]:
    """Give a function to report steps to; what it shows goes to standard error."""
    language = language_of_terminal()
    console = Console(stderr=True)
    if not console.is_terminal:

        def plain(done: int, total: int, step: Message) -> None:
            click.echo(f"[{done}/{total}] {step.in_language(language)}", err=True)

        yield plain
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("")

        def drawn(done: int, total: int, step: Message) -> None:
            bar.update(task, completed=done, total=total, description=step.in_language(language))

        yield drawn
