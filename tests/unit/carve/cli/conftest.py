"""A small repository with a class, a plan of two steps, and scenarios of what the class does."""

import atexit
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from serving import Server

_HERE = Path(__file__).parents[4]

_TILL = '''\
"""A till."""

import time


class Till:
    """Takes money."""

    def __init__(self) -> None:
        self.amount = 0

    def pay(self, amount: int) -> int:
        """Take money."""
        if amount < 0:
            raise ValueError("negative")
        self.amount += amount
        return self.amount

    def receipt(self) -> str:
        """Print."""
        return f"{self.amount} at {time.time()}"

    def close(self) -> None:
        """Close."""
        self.amount = 0
'''
_PLAN = """\
format: 1
roots: [src]
steps:
  - id: 01-receipts
    do: extract_mixin
    from: shop.till:Till
    to: shop.mixin_receipts:MixinReceipts
    members: [receipt]
    why: printing is a concern of its own
  - id: 02-closing
    do: extract_mixin
    from: shop.till:Till
    to: shop.mixin_closing:MixinClosing
    members: [close]
    why: closing is a concern of its own
"""
_SCENARIOS = """\
def test_takes_money(subject, pinned):
    till = subject.cls()
    pinned.check(pinned.observe(lambda: till.pay(3)))

def test_prints(subject, pinned):
    pinned.check(pinned.observe(lambda: subject.cls().receipt()))
"""


@dataclass(frozen=True)
class Done:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Project:
    """A git repository to call carve in."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def till(self) -> Path:
        return self.folder / "src" / "shop" / "till.py"

    @property
    def plan(self) -> Path:
        return self.folder / "plan.yaml"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "carve", *words]

    def variables(self, **more: str) -> dict[str, str]:
        foreign = ("PYTEST_", "COV_", "COVERAGE_", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
        return {**kept, "PYTHONPATH": str(_HERE / "src"), **self.environment, **more}

    def carve(self, *words: str, cwd: Path | None = None, **more: str) -> Done:
        folder, variables = cwd or self.folder, self.variables(**more)
        if more or self.environment:  # some variables count when Python starts, and only then
            called = subprocess.run(
                self.command(*words), cwd=folder, env=variables, capture_output=True, check=False
            )
            done = Done(called.returncode, called.stdout.decode(), called.stderr.decode())
        else:
            done = Done(*_server().call(words, folder, variables))
        assert "Traceback" not in done.err, done.err
        return done

    def git(self, *words: str, stdin: str | None = None) -> str:
        names = ("-c", "user.name=t", "-c", "user.email=t@localhost")
        done = subprocess.run(
            ["git", *names, *words],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "state")

    def rewrite(self, path: Path, old: str, new: str) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        self.commit()


@cache
def _server() -> Server:
    server = Server(Project(Path()).variables())
    atexit.register(server.close)
    return server


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "shop")
    made.till.parent.mkdir(parents=True)
    (made.till.parent / "__init__.py").touch()
    made.till.write_text(_TILL)
    made.plan.write_text(_PLAN)
    (made.folder / ".gitignore").write_text("__pycache__/\n")
    made.git("init", "--quiet")
    made.commit()
    return made


@pytest.fixture(scope="session")
def _accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Project(tmp_path_factory.mktemp("accepted") / "shop")
    scenarios = made.folder / "characterization" / "scenarios" / "till"
    scenarios.mkdir(parents=True)
    made.till.parent.mkdir(parents=True)
    (made.till.parent / "__init__.py").touch()
    made.till.write_text(_TILL)
    made.plan.write_text(_PLAN)
    shutil.copy(_HERE / "characterization" / "pytest.ini", scenarios.parents[1])
    (scenarios.parents[1] / "subjects.yaml").write_text(
        "till: {before: 'shop.till:Till', after: 'shop.till:Till'}\n"
    )
    (scenarios / "test_pay.py").write_text(_SCENARIOS)
    (made.folder / ".gitignore").write_text("__pycache__/\n")
    made.git("init", "--quiet")
    made.commit()
    done = made.carve("pin", "till", "--reason", "first sight", "--json")
    assert done.code == 0, done.out
    assert done.document["accepted"] == ["till/pay/prints", "till/pay/takes_money"]
    made.commit()
    return made.folder


@pytest.fixture
def pinned_project(_accepted: Path, tmp_path: Path) -> Project:
    shutil.copytree(_accepted, tmp_path / "shop")
    return Project(tmp_path / "shop")
