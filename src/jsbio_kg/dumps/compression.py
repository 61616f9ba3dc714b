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
#: Suffixes that would promise what is not done.
OTHER_SUFFIXES: Final = (".7z", ".br", ".bz2", ".lz4", ".xz", ".zip")
GZIP_LEVEL: Final = 9
ZSTD_LEVEL: Final = 12


def plain_name(path: Path) -> Path:
    """Return a path without the suffix that compresses.

    >>> plain_name(Path("jsbio.nt.gz")).name
    'jsbio.nt'
    """
    return path.with_suffix("") if path.suffix in SUFFIXES else path


@contextmanager
def opened(path: Path | None, is_archive: bool = False) -> Iterator[IO[bytes]]:
    """Give a stream to write to; a file takes its name when all of it is written.

    :param path: ``None`` for standard output.
    :param is_archive: what is written is a ZIP archive.
    :raises ReleaseError: when it cannot be written.
    """
    if path is None:
        with _standard_output() as out:
            yield out
        return
    _check_name(path, is_archive)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            yield _compressing(path.suffix, stack, stack.enter_context(part.open("wb")))
        part.replace(path)
    except OSError as error:
        raise _unwritable(str(path), error) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _standard_output() -> Iterator[IO[bytes]]:
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # who read it has enough
        raise
    except OSError as error:
        # What could not be written is not tried again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise _unwritable("--output", error) from error


def _unwritable(where: str, error: OSError) -> ReleaseError:
    return ReleaseError(
        message("The file cannot be written (%(reason)s).", reason=error.strerror or error),
        where,
        message("Check the folder, its permissions and its free space."),
    )


def _check_name(path: Path, is_archive: bool) -> None:
    if not path.name or path.is_dir():
        raise ReleaseError(
            message("A file is needed here, not a folder."), str(path), message("Name a file.")
        )
    if path.suffix in OTHER_SUFFIXES and not is_archive:
        raise ReleaseError(
            message("Files are not compressed as %(suffix)s.", suffix=path.suffix),
            str(path),
            message("Name a file that ends in one of: %(known)s.", known=", ".join(SUFFIXES)),
        )


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
