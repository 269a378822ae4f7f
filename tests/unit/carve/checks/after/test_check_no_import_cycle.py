"""The mixin does not lead back to its host."""

from pathlib import Path

from carving import extract, god, objection, python

TEXT = """\
import os


class God:
    limit = 3

    # How it runs.
    def run(self):
        return os.sep, self.limit
"""


def test_it_objects(tmp_path: Path) -> None:
    text = TEXT.replace("import os", "from pkg.paths import os")
    workspace = god(tmp_path, text, paths="import os\nimport pkg.god\n")
    found = objection(workspace, "no-import-cycle", "run")
    assert (found.path, found.line) == ("src/pkg/mixin_run.py", 1)
    assert found.message == (
        "importing the mixin leads back to the class: pkg.mixin_run -> pkg.paths -> pkg.god"
    )
    assert found.instead.startswith("choose a package for the mixin that does not import")


def test_an_import_for_type_checkers_closes_no_circle(tmp_path: Path) -> None:
    text = TEXT.replace("import os", "from pkg.paths import os")
    paths = "import os\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pkg.god\n"
    assert extract(god(tmp_path, text, paths=paths), "run")


def test_a_package_that_exports_the_host_closes_no_circle(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT, __init__="from pkg.god import God as God\n")
    for path, new in extract(workspace, "run").items():
        (tmp_path / path).write_text(new)
    for first in ("pkg.mixin_run", "pkg.god", "pkg"):
        python(tmp_path / "src", f"import {first}; import pkg; print(pkg.God().run())")
