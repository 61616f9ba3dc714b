"""Where things are: the project's files, the release built from them, the caches.

In: the folder a command runs in and what its options say. Out: paths. Nothing here reads the
environment at import, and nothing is remembered.
"""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import platformdirs

from . import __version__
from .errors import SourceError
from .i18n import message

__all__ = ["Location", "locate"]

#: The file that makes a folder a project.
MARKER = Path("data") / "sources.ttl"


@dataclass(frozen=True)
class Location:
    """One project and the folder for what is made from it.

    :param root: holds ``ontology/``, ``data/`` and ``queries/``; only read.
    :param made: holds the release and the caches; safe to delete.
    """

    root: Path
    made: Path

    @property
    def release(self) -> Path:
        """Return the default folder of the release."""
        return self.made / "release"


def locate(project: Path | None = None, start: Path | None = None) -> Location:
    """Return the project to work on.

    The one that is named; else the nearest around the folder the command runs in; else the
    checkout this package runs from; else the copy inside the installed package, whose release
    goes to the user's cache folder, since the package may not be written to.

    :raises SourceError: when the named folder holds no project.
    """
    if project is not None:
        if not (project / MARKER).is_file():
            raise SourceError(
                message("There is no project here: %(marker)s is missing.", marker=MARKER),
                str(project),
                message("Name a folder that holds ontology, data and queries with --project."),
            )
        return Location(project, project / "build")
    here = (start or Path.cwd()).absolute()
    package = Path(str(files("jsbio_kg"))).absolute()
    for folder in (here, *here.parents, *package.parents[:2]):
        if (folder / MARKER).is_file():
            return Location(folder, folder / "build")
    return Location(package / "project", _user_cache(package))


def _user_cache(package: Path) -> Path:
    """Return this installation's own folder: two installations of one version do not meet."""
    key = hashlib.sha256(str(package).encode()).hexdigest()[:8]
    return Path(platformdirs.user_cache_path("jsbio-kg")) / f"{__version__}-{key}"
