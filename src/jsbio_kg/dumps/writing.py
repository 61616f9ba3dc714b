"""Writing one dump: to a file, a folder or standard output."""

from pathlib import Path

from ..errors import ReleaseError
from ..i18n import message
from .compression import opened, plain_name
from .content import Content
from .formats import DumpFormat

__all__ = ["export"]


def export(content: Content, form: DumpFormat, output: Path | None) -> None:
    """Write a dataset in one form.

    :param output: a file, which is compressed by its suffix; a folder for forms that are one;
        ``None`` for standard output.
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
    if output.is_file() or plain_name(output) != output:
        raise ReleaseError(
            message("A folder is needed here, not a file."),
            str(output),
            message("Name a folder, without a suffix."),
        )
    form.write_folder(content, output)
