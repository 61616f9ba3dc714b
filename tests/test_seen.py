"""A file of a release that was found whole is not read again until it changes."""

import os
import time
from pathlib import Path

import pytest
from serving import make_release

from jsbio_kg.errors import ReleaseError
from jsbio_kg.release import Release
from jsbio_kg.release.seen import NOTE, Seen


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release that was opened when its files were no longer young."""
    root = make_release(tmp_path / "release")
    time.sleep(2.1)
    Release.open(root)
    return root


def change(path: Path) -> None:
    """Change a byte, and let size and time of modification be what they were."""
    before = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_whole_file_is_known_and_a_changed_one_is_not(release: Path) -> None:
    dataset = release / "dataset.nq"
    sha256 = Release.unchecked(release).manifest.files["dataset.nq"].sha256
    assert Seen(release).knows("dataset.nq", sha256, dataset.stat())
    assert not Seen(release).knows("dataset.nq", sha256[::-1], dataset.stat())
    change(dataset)
    assert not Seen(release).knows("dataset.nq", sha256, dataset.stat())
    with pytest.raises(ReleaseError, match="not the one that was released"):
        Release.open(release)


def test_a_file_that_took_the_place_of_a_whole_one_is_read(release: Path) -> None:
    dataset = release / "dataset.nq"
    other = release / "other"
    other.write_bytes(dataset.read_bytes())
    change(other)
    other.rename(dataset)
    with pytest.raises(ReleaseError, match="not the one that was released"):
        Release.open(release)


def test_a_young_file_may_still_change_and_is_not_noted(tmp_path: Path) -> None:
    root = make_release(tmp_path / "release")
    Release.open(root)
    assert not (root / NOTE).exists()


@pytest.mark.parametrize("note", [b"", b"[]", b"{", b'{"dataset.nq": 1}', b"\xff", b"[" * 10**5])
def test_a_broken_note_is_no_note(note: bytes, release: Path) -> None:
    (release / NOTE).write_bytes(note)
    assert Release.open(release).version
    change(release / "dataset.nq")
    with pytest.raises(ReleaseError):
        Release.open(release)


def test_a_folder_that_cannot_be_written_to_does_no_harm(release: Path) -> None:
    (release / NOTE).unlink()
    (release / NOTE).mkdir()
    (release / NOTE / "full").touch()
    assert Release.open(release).version
    assert not list(release.glob(f"{NOTE}.*"))


def test_a_note_that_cannot_be_taken_back_does_no_harm(release: Path) -> None:
    # A file system that is read-only refuses to delete too, and so does a folder in the way.
    (release / NOTE).unlink()
    (release / f"{NOTE}.{os.getpid()}").mkdir()
    assert Release.open(release).version
