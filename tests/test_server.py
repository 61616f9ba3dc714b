"""Where a server may listen."""

import pytest

from jsbio_kg.errors import SourceError
from jsbio_kg.service import Source
from jsbio_kg.web.server import Settings, run


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_without_the_fence_only_this_machine_is_served(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(SourceError, match="others are not served"):
        run(Settings(Source(), host=host, port=0))
