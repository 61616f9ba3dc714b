"""Dumps: a dataset written for people to take away, in every form that others read.

In: a release, or its dataset as N-Quads. Out: files, the same bytes for the same dataset; and what
a release says of them (DCAT, plain JSON). Nothing here builds, reasons or serves.
"""

from .content import Content
from .formats import FORMATS, DumpFormat, format_of
from .releasing import RELEASED, write_dumps
from .verifying import Difference, verify
from .writing import export

__all__ = [
    "FORMATS",
    "RELEASED",
    "Content",
    "Difference",
    "DumpFormat",
    "export",
    "format_of",
    "verify",
    "write_dumps",
]
