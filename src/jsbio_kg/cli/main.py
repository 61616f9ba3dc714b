"""The command ``jsbio-kg``: its subcommands, and the edge where errors become one line."""

import sys
from typing import Any

import click

from .. import __version__
from ..errors import JsbioError
from ..i18n import language_of_terminal
from .build import build
from .check import check
from .evidence import evidence
from .fmt import fmt
from .serve import serve

__all__ = ["main"]


class Edge(click.Group):
    """A group that prints our errors as one line and exits with 1; ``--debug`` shows where."""

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


main.add_command(build)
main.add_command(check)
main.add_command(evidence)
main.add_command(fmt)
main.add_command(serve)
