"""The command `carve` where parts of it are not installed, or broken."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from carve.__main__ import _NEEDED

ROOT = Path(__file__).parents[3]


def run(setup: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys\n{setup}\nfrom carve.__main__ import main\nmain()"
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": ""}
    return subprocess.run(
        [sys.executable, "-c", code, "--help"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_names_everything_that_is_missing_and_the_command_that_installs_it() -> None:
    done = run("sys.modules['typer'] = sys.modules['rope'] = None")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "carve needs rope, typer, which is not installed here" in done.stderr
    assert "python -m pip install 'omnibase-core[carve]'" in done.stderr


@pytest.mark.parametrize("module", ["carve.errors", "carve.cli.app"])
def test_does_not_take_another_import_that_fails_for_a_missing_extra(module: str) -> None:
    done = run(f"sys.modules[{module!r}] = None")
    assert done.returncode == 1
    assert "ModuleNotFoundError" in done.stderr
    assert "pip install" not in done.stderr


def test_asks_for_what_the_extra_brings() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = [each.partition(">=")[0] for each in project["optional-dependencies"]["carve"]]
    imported = {"pytest-xdist": "xdist"}
    assert [*_NEEDED] == sorted(imported.get(each, each.replace("-", "_")) for each in extra)
