"""What the old module offered, it goes on offering."""

from pathlib import Path

from carving import extract, extraction, god, objection, tampered

from carve.checks.after import names_stay_importable

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
    done = tampered(extraction(workspace, "run"), "host", "import os\n", "")
    (found,) = names_stay_importable.find(done, workspace)
    assert (found.path, found.line) == ("src/pkg/god.py", 1)
    assert found.message == "'os' could no longer be imported from pkg.god"
    assert found.instead == "list 'os' under drops: when nobody needs it"


def test_a_dropped_name_may_go(tmp_path: Path) -> None:
    assert "import os" not in extract(god(tmp_path, TEXT), "run", drops=("os",))["src/pkg/god.py"]


def test_a_dropped_name_that_somebody_takes_may_not(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT, user="from pkg.god import God, os\n")
    found = objection(workspace, "names-stay-importable", "run", drops=("os",))
    assert (found.path, found.line) == ("src/pkg/user.py", 1)
    assert found.message == "'os' is taken from pkg.god here, and the plan drops it"


def test_a_dropped_name_that_is_still_used_may_not(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT + "\n    def stop(self):\n        return os\n")
    found = objection(workspace, "names-stay-importable", "run", drops=("os",))
    assert found.instead == "take 'os' out of drops:"


def test_an_unknown_name_cannot_be_dropped(tmp_path: Path) -> None:
    found = objection(god(tmp_path, TEXT), "names-stay-importable", "run", drops=("re",))
    assert found.message == "drops: 're' is not a name of pkg.god"
