"""Every member is the code that it was."""

from pathlib import Path

from carving import extraction, god, tampered

from carve.checks.after import members_unchanged

TEXT = """\
import os


class God:
    limit = 3

    # How it runs.
    def run(self):
        return os.sep, self.limit
"""


def test_it_objects(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    done = tampered(
        extraction(workspace, "run"),
        "mixin",
        "return os.sep, self.limit",
        "return self.limit, os.sep",
    )
    found = list(members_unchanged.find(done, workspace))
    assert [f.message for f in found if f.message == "'run' is not the same code as before"]
    assert (found[0].path, found[0].line) == ("src/pkg/god.py", 4)
    assert found[0].instead.startswith("this is a fault of carve")


def test_what_carve_writes_passes(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    assert not list(members_unchanged.find(extraction(workspace, "run"), workspace))


def test_a_member_too_many_counts(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    done = tampered(extraction(workspace, "run"), "host", "limit = 3", "limit = 3\n    more = 4")
    found = list(members_unchanged.find(done, workspace))
    assert [f.message for f in found] == ["'more' was not a member of God"]


def test_the_two_constructors_are_the_old_one(tmp_path: Path) -> None:
    text = TEXT + "\n    def __init__(self):\n        super().__init__()\n        self.at = 1\n"
    workspace = god(tmp_path, text)
    done = extraction(workspace, "at")
    assert not list(members_unchanged.find(done, workspace))
    found = list(
        members_unchanged.find(tampered(done, "mixin", "self.at = 1", "self.at = 2"), workspace)
    )
    assert [f.message for f in found] == [
        "the mixin's constructor does not assign the moved attributes"
    ]
