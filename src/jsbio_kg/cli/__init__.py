"""The command line: it parses arguments, calls a room below and prints. Nothing else.

Exit codes: 0 fine, 1 findings or a failure, 2 wrong usage.
"""

from .main import main

__all__ = ["main"]
