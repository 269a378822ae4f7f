"""A shop whose till is taken apart and then deleted, with scenarios of what it does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from carving import git, tree

from carve.plan.load import load_plan
from carve.plan.model import Plan

REPOSITORY = Path(__file__).parents[3]
MODULE = "shop.till"
TILL = '''\
"""A till."""


class Till:
    """Takes money."""

    def pay(self, amount: int) -> int:
        """Take money."""
        if amount < 0:
            raise ValueError("negative")
        return amount + 1

    def close(self) -> str:
        return "closed"
'''
DESK = '''\
"""A desk."""

from shop.mixin_closing import MixinClosing
from shop.mixin_paying import MixinPaying


class Desk(MixinPaying, MixinClosing):
    """Takes money."""
'''
PAYING = """\
  - id: 01-paying
    do: extract_mixin
    from: shop.till:Till
    to: shop.mixin_paying:MixinPaying
    members: [pay]
    why: paying is a concern of its own
"""
CLOSING = """\
  - id: 02-closing
    do: extract_mixin
    from: shop.till:Till
    to: shop.mixin_closing:MixinClosing
    members: [close]
    why: closing is a concern of its own
"""


def adding_desk(text: str) -> str:
    """Return a step that adds the desk with this text."""
    lines = "".join(f"        {line}".rstrip() + "\n" for line in text.splitlines())
    head = "  - id: 03-desk\n    do: add_files\n    files:\n      src/shop/desk.py: |\n"
    return f"{head}{lines}    why: it is what stays\n"


ADDING = adding_desk(DESK)
GONE = """\
  - id: 04-gone
    do: delete_module
    module: shop.till
    leaves: ["characterization/*"]
    why: nothing is left in it
"""
HEAD = """\
format: 1
roots: [src]
evidence: proof
verify: {pins: characterization}
steps:
"""
PLAN = f"{HEAD}{PAYING}{CLOSING}{ADDING}{GONE}"
SCENARIOS = """\
import pytest


@pytest.mark.parametrize("amount", [-1, 0, 3])
def test_pays(subject, pinned, amount):
    pinned.check(pinned.observe(lambda: subject.cls().pay(amount)))


def test_closes(subject, pinned):
    pinned.check(pinned.observe(subject.cls().close))
"""
SUBJECTS = "till: {before: 'shop.till:Till', after: 'shop.desk:Desk'}\n"
HOME = "characterization"


def shop(folder: Path, plan: str = PLAN, **files: str) -> Path:
    """Return a repository with the shop; `files` are further modules of it."""
    modules = {f"src/shop/{name}.py": text for name, text in files.items()}
    given: dict[str, str | bytes] = {
        "src/shop/__init__.py": "",
        "src/shop/till.py": TILL,
        "plan.yaml": plan,
        f"{HOME}/subjects.yaml": SUBJECTS,
        f"{HOME}/scenarios/till/test_till.py": SCENARIOS,
        f"{HOME}/pytest.ini": (REPOSITORY / HOME / "pytest.ini").read_bytes(),
        ".gitignore": "__pycache__/\n",
        **modules,
    }
    tree(folder, given)
    return folder


def accept(repo: Path) -> None:
    """Accept what the till shows, and commit it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    paths = [str(repo / "src"), str(REPOSITORY / "src")]
    words = ("--pin", "-k", "test_", "--reason", "first", "--subject=before")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", HOME, *words],
        cwd=repo,
        env={**kept, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    commit(repo)


def copied(accepted: Path, folder: Path, plan: str = PLAN) -> Path:
    """Return a copy of an accepted shop, with another plan."""
    repo = folder / "shop"
    shutil.copytree(accepted, repo)
    if plan != PLAN:
        (repo / "plan.yaml").write_text(plan)
        commit(repo)
    return repo


def commit(repo: Path) -> None:
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--message=state")


def plan_in(repo: Path) -> Plan:
    return load_plan(repo / "plan.yaml")
