"""The command ``jsbio-kg``: its subcommands, and the edge where errors become one line."""

import sys
from importlib import import_module
from typing import Any

import click

from .. import __version__
from ..errors import JsbioError
from ..i18n import language_of_terminal

__all__ = ["COMMANDS", "main"]

#: Each is a module of this room with a command of the same name, loaded when it is asked for:
#: what serves need not wait for what reasons.
COMMANDS = (
    "bench",
    "build",
    "check",
    "cite",
    "diff",
    "evidence",
    "explain",
    "export",
    "fmt",
    "generate",
    "load",
    "query",
    "serve",
    "source",
    "verify",
)


class Edge(click.Group):
    """A group that prints our errors as one line and exits with 1; ``--debug`` shows where."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loading its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".{cmd_name}", __package__), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except JsbioError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(error.in_language(language_of_terminal()), err=True)
            sys.exit(1)


@click.group(cls=Edge, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jsbio-kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Build, check, query and serve a knowledge graph with evidence behind every fact."""
