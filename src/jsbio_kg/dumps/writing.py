"""Writing one dump: to a file, a folder or standard output."""

import tempfile
import zipfile
from pathlib import Path
from typing import Final

from ..errors import ReleaseError
from ..i18n import message
from .compression import opened, plain_name
from .content import Content
from .formats import DumpFormat, FolderWriter

__all__ = ["export"]

#: The first moment a ZIP archive can state; it has to state one.
NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def export(content: Content, form: DumpFormat, output: Path | None) -> None:
    """Write a dataset in one form.

    :param output: a file, which is compressed by its suffix; a folder for forms that are one, or
        a file that ends in ``.zip``; ``None`` for standard output.
    :raises ReleaseError: when it cannot be written there.
    """
    if form.write is not None:
        with opened(output) as out:
            form.write(content, out)
        return
    assert form.write_folder is not None
    if output is None:
        raise ReleaseError(
            message("The format %(name)s is a folder of files.", name=form.name),
            "--output",
            message("Name the folder with --output."),
        )
    if output.suffix == ".zip":
        _write_archive(content, form.write_folder, output)
        return
    if output.is_file() or plain_name(output) != output:
        raise ReleaseError(
            message("A folder is needed here, not a file."),
            str(output),
            message("Name a folder, without a suffix."),
        )
    form.write_folder(content, output)


def _write_archive(content: Content, write: FolderWriter, output: Path) -> None:
    """Write a folder as one ZIP archive, by name and without a time."""
    with tempfile.TemporaryDirectory() as made, opened(output, is_archive=True) as out:
        write(content, Path(made))
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path in sorted(Path(made).iterdir()):
                entry = zipfile.ZipInfo(path.name, NO_TIME)
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
