"""Each process keeps its temporary files in one folder, and dead ones leave none for long."""

import fcntl
import os
import tempfile
from pathlib import Path

import pytest

from carve.run.room import room


@pytest.fixture
def above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _taken(folder: Path) -> int:
    """Return the handle of a folder that another process holds, as far as locks can tell."""
    folder.mkdir()
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def test_what_a_dead_process_left_goes_and_what_a_living_one_has_stays(above: Path) -> None:
    (above / "carve-room-dead/carve-1").mkdir(parents=True)
    (above / "carve-roommate").mkdir()
    handle = _taken(above / "carve-room-living")
    with room():
        own = Path(tempfile.gettempdir())
        assert own.parent == above
        kept = {"carve-roommate", "carve-room-living"}
        assert {path.name for path in above.iterdir()} == {*kept, own.name}
    assert {path.name for path in above.iterdir()} == kept
    os.close(handle)


def test_what_died_at_the_same_moment_goes_in_the_end(above: Path) -> None:
    handle = _taken(above / "carve-room-dying")
    with room():
        assert (above / "carve-room-dying").is_dir()
        os.close(handle)
    assert list(above.iterdir()) == []
