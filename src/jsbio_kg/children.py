"""Processes of our own: what they need to find the software that starts them.

In: nothing. Out: the environment of a child that runs ``python -m jsbio_kg.…``.
"""

import os
from pathlib import Path

__all__ = ["child_environment"]


def child_environment() -> dict[str, str]:
    """Return this environment, with this very package the first to be found."""
    source = str(Path(__file__).parents[1])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{known}" if known else source}
