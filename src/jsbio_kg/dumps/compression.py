"""Where a dump goes: a file, standard output, compressed by suffix, whole or not at all.

Compressed files carry no name and no time, so that the same dump gives the same bytes.
"""

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final, cast

import zstandard

from ..errors import ReleaseError
from ..i18n import message

__all__ = ["SUFFIXES", "opened", "opened_for_reading", "plain_name"]

#: The suffixes that compress.
SUFFIXES: Final = (".gz", ".zst")
GZIP_LEVEL: Final = 9
ZSTD_LEVEL: Final = 12


def plain_name(path: Path) -> Path:
    """Return a path without the suffix that compresses.

    >>> plain_name(Path("jsbio.nt.gz")).name
    'jsbio.nt'
    """
    return path.with_suffix("") if path.suffix in SUFFIXES else path


@contextmanager
def opened(path: Path | None) -> Iterator[IO[bytes]]:
    """Give a stream to write to; a file takes its name when all of it is written.

    :param path: ``None`` for standard output.
    :raises ReleaseError: when it cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            yield _compressing(path.suffix, stack, stack.enter_context(part.open("wb")))
        part.replace(path)
    except OSError as error:
        raise ReleaseError(
            message("The file cannot be written (%(reason)s).", reason=error.strerror or error),
            str(path),
            message("Check the folder, its permissions and its free space."),
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _compressing(suffix: str, stack: ExitStack, raw: IO[bytes]) -> IO[bytes]:
    if suffix == ".gz":
        packed = gzip.GzipFile("", "wb", GZIP_LEVEL, raw, mtime=0)
        stack.callback(packed.close)
        return cast(IO[bytes], packed)
    if suffix == ".zst":
        compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True)
        return stack.enter_context(compressor.stream_writer(raw, closefd=False))
    return raw


@contextmanager
def opened_for_reading(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream of what a file holds, decompressed by suffix."""
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("rb"))
        if path.suffix == ".gz":
            yield cast(IO[bytes], gzip.GzipFile(fileobj=raw))
        elif path.suffix == ".zst":
            yield stack.enter_context(zstandard.ZstdDecompressor().stream_reader(raw))
        else:
            yield raw
