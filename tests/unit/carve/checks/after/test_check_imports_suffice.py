"""Both modules import what they use, and no more."""

from pathlib import Path

from carving import extraction, god, tampered

from carve.checks.after import imports_suffice

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
    done = tampered(extraction(workspace, "run"), "mixin", "import os\n", "")
    found = list(imports_suffice.find(done, workspace))
    assert [f.message for f in found if f.message == "'os' would be used here and bound nowhere"]
    assert (found[0].path, found[0].line) == ("src/pkg/mixin_run.py", 1)
    assert found[0].instead.startswith("this is a fault of carve")


def test_what_carve_writes_passes(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    assert not list(imports_suffice.find(extraction(workspace, "run"), workspace))


def test_an_import_too_many_counts(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    done = tampered(extraction(workspace, "run"), "mixin", "import os\n", "import os\nimport re\n")
    found = list(imports_suffice.find(done, workspace))
    assert [f.message for f in found] == ["'re' would be imported here and not used"]


def test_a_name_in_a_text_annotation_is_used(tmp_path: Path) -> None:
    text = TEXT.replace("def run(self):", 'def run(self) -> "tuple[os.PathLike, int]":')
    workspace = god(tmp_path, text.replace("return os.sep, self.limit", "return None"))
    assert not list(imports_suffice.find(extraction(workspace, "run"), workspace))
