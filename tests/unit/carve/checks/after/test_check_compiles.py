"""A text that Python does not take is never written."""

from pathlib import Path

from carving import extraction, god, tampered

from carve.checks.after import compiles

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
    done = tampered(extraction(workspace, "run"), "mixin", "return os.sep", "return return")
    found = list(compiles.find(done, workspace))
    assert [
        f.message
        for f in found
        if f.message
        == "the text that carve would write does not compile: invalid syntax (mixin_run.py, line 18)"  # noqa: E501 - one message
    ]
    assert (found[0].path, found[0].line) == ("src/pkg/mixin_run.py", 18)
    assert found[0].instead.startswith("this is a fault of carve")


def test_what_carve_writes_passes(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    assert not list(compiles.find(extraction(workspace, "run"), workspace))
