"""Tables as files: CSV, XLSX and Parquet, without a time in any of them.

In: columns and rows of text. Out: bytes. CSV and Parquet stream; XLSX holds at most
:data:`XLSX_ROWS` rows of :data:`XLSX_CHARACTERS` characters a cell.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import IO, Any, Final

import xlsxwriter

from ..errors import ReleaseError
from ..i18n import message

__all__ = ["XLSX_CHARACTERS", "XLSX_ROWS", "csv_lines", "write_parquet", "write_xlsx"]

#: The limits of the format itself; the first row holds the names of the columns.
XLSX_ROWS: Final = 1_048_575
XLSX_CHARACTERS: Final = 32_767
#: The creation time that a workbook must state: the first moment a ZIP archive can.
NO_TIME: Final = datetime(1980, 1, 1)
BATCH: Final = 50_000


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    r"""Yield CSV as RFC 4180 has it, UTF-8 without a byte order mark.

    >>> list(csv_lines(["a", "b"], [["1", "x, y"]]))
    ['a,b\r\n', '1,"x, y"\r\n']
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(row)
    yield buffer.getvalue()


def write_xlsx(
    columns: Sequence[str], rows: Iterable[Sequence[str]], title: str, out: IO[bytes]
) -> None:
    """Write a workbook with one sheet.

    :raises ReleaseError: when the format cannot hold the rows.
    """
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": title, "created": NO_TIME})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, columns, bold)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, start=1):
        _check(last, row)
        for column, text in enumerate(row):
            if text:
                sheet.write_string(last, column, text)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    out.write(memory.getvalue())


def _check(number: int, row: Sequence[str]) -> None:
    if number > XLSX_ROWS:
        what = message("A sheet of XLSX holds %(n)d rows at most.", n=XLSX_ROWS)
    elif any(len(text) > XLSX_CHARACTERS for text in row):
        what = message("A cell of XLSX holds %(n)d characters at most.", n=XLSX_CHARACTERS)
    else:
        return
    raise ReleaseError(what, "--format", message("Take facts-csv, which has no such limit."))


def write_parquet(
    columns: Sequence[str], rows: Iterable[Sequence[str | None]], out: IO[bytes]
) -> None:
    """Write a Parquet file of text columns, in row groups of 50,000.

    :raises ReleaseError: when the library for it is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ReleaseError(
            message("Parquet needs a library that is not installed."),
            "--format",
            message('Install it with: pip install "jsbio-kg[parquet]".'),
        ) from None
    schema: Any = pyarrow.schema([(name, pyarrow.string()) for name in columns])
    source = iter(rows)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(source, BATCH)):
            held = [[row[place] for row in batch] for place in range(len(columns))]
            writer.write_table(pyarrow.table(held, schema=schema))
