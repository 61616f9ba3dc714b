"""``jsbio-kg bench``: what each part costs as graphs grow, beside what others use."""

from pathlib import Path

import click

from ..i18n import language_of_terminal, message
from ..settings import locate

__all__ = ["bench"]

#: Names of the parts; the room itself is loaded when it is asked for.
PARTS = tuple(
    "load reasoning start queries mix pages search hostile store replicas export diff".split()
)
SOAK = "soak"


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice((*PARTS, SOAK)))
@click.option(
    "--size",
    "sizes",
    type=click.IntRange(min=1),
    multiple=True,
    default=(10_000, 100_000),
    show_default=True,
    help="Triples to make up; give it again for more sizes.",
)
@click.option("--minutes", default=60.0, show_default=True, help="How long to soak.")
@click.option("--work", type=click.Path(path_type=Path), help="Folder for the graphs; kept.")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    default=Path("docs") / "benchmarks.json",
    show_default=True,
    help="Where all results are kept; docs/benchmarks.md is written beside them.",
)
def bench(
    parts: tuple[str, ...],
    sizes: tuple[int, ...],
    minutes: float,
    work: Path | None,
    results: Path,
) -> None:
    """Measure PARTS (all but the soak, when none is named) and write the report.

    What was measured before of other parts and sizes stays in the report.
    """
    from ..bench import Bench, Results, write_report
    from ..bench.rows import machine

    location = locate()
    run = Bench(location.root, work or location.made / "bench", minutes)
    kept = Results.read(results)
    kept.machine = machine()
    for size in sizes:
        for part in parts or PARTS:
            text = message("Measuring %(part)s at %(size)d.", part=part, size=size)
            click.echo(text.in_language(language_of_terminal()), err=True)
            kept.replace(run.measure(part, size))
            kept.write(results)
    write_report(kept, results.with_suffix(".md"))
