"""The benchmark: what each part of the work costs as graphs grow, beside what others use.

In: sizes, and which parts to measure. Out: rows, as JSON; and a report with tables and plots. Ours
and the peers run as processes of their own, one after the other, on the same files, in the same
run. Timings decide no test.
"""

from .parts import PARTS, SOAK, Bench
from .report import write_report
from .rows import Results, Row

__all__ = ["PARTS", "SOAK", "Bench", "Results", "Row", "write_report"]
