"""How findings leave a command: one a line on standard error, then their number, exit 1."""

import sys
from collections.abc import Iterable
from typing import NoReturn

import click

from ..build.findings import Finding
from ..i18n import language_of_terminal, message

__all__ = ["report", "stop_with"]


def report(findings: Iterable[Finding]) -> int:
    """Print findings in the terminal's language and return how many there are."""
    language = language_of_terminal()
    lines = [finding.in_language(language) for finding in findings]
    for line in lines:
        click.echo(line, err=True)
    return len(lines)


def stop_with(count: int) -> NoReturn:
    """End the command with the number of findings."""
    click.echo(message("Findings: %(n)d.", n=count).in_language(language_of_terminal()), err=True)
    sys.exit(1)
