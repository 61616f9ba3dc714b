"""The bulk loaders that stores bring: Oxigraph's and Virtuoso's.

In: a release. Out: a store filled by its own program, started here and waited for.
"""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from ..errors import StoreError
from ..i18n import message
from ..release import Release

__all__ = ["bulk_oxigraph", "bulk_virtuoso"]


def bulk_oxigraph(release: Release, location: Path) -> None:
    """Fill the folder of an Oxigraph store that is not running.

    :raises StoreError: when the program is missing or stops.
    """
    if ":/" in str(location):
        raise StoreError(
            message("A bulk load fills a folder, not an address."),
            str(location),
            message("Name the folder of the store, or leave out --bulk."),
        )
    if location.exists() and any(location.iterdir()):
        raise StoreError(
            message("The folder is not empty, and a bulk load only adds."),
            str(location),
            message("Name an empty folder, or empty this one."),
        )
    arguments = ["load", "--location", str(location), "--file", str(release.dataset)]
    _run("oxigraph", [*arguments, "--format", "nq"])


def bulk_virtuoso(release: Release, server: str, environment: Mapping[str, str]) -> None:
    """Fill a Virtuoso server that may read the folder of the release (``DirsAllowed``).

    :param server: host and port of its SQL listener, such as ``127.0.0.1:1111``.
    :param environment: holds JSBIO_STORE_USER and JSBIO_STORE_PASSWORD.
    :raises StoreError: when the program is missing or stops.
    """
    user = environment.get("JSBIO_STORE_USER", "dba")
    password = environment.get("JSBIO_STORE_PASSWORD", "dba")
    folder = str(release.dataset.resolve().parent)
    commands = "".join(f"SPARQL DROP SILENT GRAPH <{g.iri}>;\n" for g in release.graphs)
    commands += "DELETE FROM DB.DBA.LOAD_LIST;\n"
    commands += f"ld_dir('{folder}', 'dataset.nq', 'urn:x-jsbio:none');\n"
    commands += "rdf_loader_run();\ncheckpoint;\n"
    commands += "SELECT ll_error FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL;\n"
    program = "isql-vt" if shutil.which("isql-vt") else "isql"
    answer = _run(program, [server, user, password, "VERBOSE=OFF", "BANNER=OFF"], commands)
    if "***" in answer or "Error" in answer:
        raise _failed(program, answer)


def _run(program: str, arguments: list[str], text: str = "") -> str:
    try:
        done = subprocess.run(
            [program, *arguments],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise StoreError(
            message("The program %(name)s is not installed.", name=program),
            "--bulk",
            message("Install the store's own tools, or load with --via graphs or updates."),
        ) from None
    if done.returncode:
        raise _failed(program, done.stderr or done.stdout)
    return done.stdout + done.stderr


def _failed(program: str, said: str) -> StoreError:
    return StoreError(
        message("%(name)s stopped (%(reason)s).", name=program, reason=said.strip()[-300:]),
        "--bulk",
        message("Check that it may read the release and write its store."),
    )
