"""No token is lost, doubled or changed."""

from pathlib import Path

from carving import extraction, god, tampered

from carve.checks.after import tokens_conserved

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
    done = tampered(extraction(workspace, "run"), "mixin", "# How it runs.", "# How it  runs.")
    found = list(tokens_conserved.find(done, workspace))
    assert [
        f.message
        for f in found
        if f.message == "the comments in the mixin are not those that moved"
    ]
    assert (found[0].path, found[0].line) == ("src/pkg/god.py", 7)
    assert found[0].instead.startswith("this is a fault of carve")


def test_what_carve_writes_passes(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    assert not list(tokens_conserved.find(extraction(workspace, "run"), workspace))


def test_a_lost_line_counts(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    done = tampered(extraction(workspace, "run"), "host", "    limit = 3\n", "    limit = 4\n")
    messages = [f.message for f in tokens_conserved.find(done, workspace)]
    assert "'    limit = 3' would be lost from the class's module" in messages


def test_an_added_line_counts(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    done = tampered(
        extraction(workspace, "run"), "host", "    limit = 3\n", "    limit = 3\n    pass\n"
    )
    messages = [f.message for f in tokens_conserved.find(done, workspace)]
    assert messages == ["'    pass' would be added to the class's module"]
