"""What `nox` offers: the questions, each step of the migration, no surprise in the default."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def nox(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nox", "--script-mode", "none", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@cache
def listed() -> dict[str, tuple[str, str]]:
    """Return mark and description by the name of the command."""
    lines = re.findall(r"^([*-]) (\S+) -> (.+)$", nox("--list").stdout, re.MULTILINE)
    return {name: (mark, description) for mark, name, description in lines}


def test_asks_only_what_changes_nothing_unless_it_is_told_to() -> None:
    default = {name.partition("-")[0] for name, (mark, _) in listed().items() if mark == "*"}
    questions = {"lint", "types", "gates", "docs", "tests", "characterize", "coverage"}
    assert default == questions


def test_every_step_of_the_migration_is_a_command_that_says_why() -> None:
    plan = yaml.safe_load((ROOT / "migration/plan.yaml").read_text(encoding="utf-8"))
    wanted = {f"step-{step['id']}": ("-", step["why"]) for step in plan["steps"]}
    assert {name: each for name, each in listed().items() if name.startswith("step-")} == wanted


def test_runs_on_every_python_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = re.findall(r":: (3\.\d+)$", "\n".join(project["classifiers"]), re.MULTILINE)
    assert {f"{name}-{version}" for name in ("tests", "characterize") for version in found} == {
        name for name in listed() if name.startswith(("tests", "characterize"))
    }


def test_pins_nothing_without_a_reason() -> None:
    done = nox("--no-venv", "-s", "pin", "--", "some-scenario")
    assert done.returncode == 1
    assert "say what to pin and why" in done.stderr
