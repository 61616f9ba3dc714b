"""Makes the index of a release: ``python -m jsbio_kg.search FOLDER``."""

import sys
from pathlib import Path

from ..release import Release
from .opening import make_index

if __name__ == "__main__":
    make_index(Release.open(Path(sys.argv[1]), verify=False))
