"""A small shop with a characterization folder, accepted once and copied for each test."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).parents[4]

_TILL = """
import asyncio
import logging
import time
import uuid


class Till:
    def __init__(self):
        self.id = uuid.uuid4()
        self.names = {"pear", "apple", "fig"}

    async def close(self):
        for seconds in (1, 2, 4):
            await asyncio.sleep(seconds)
        logging.getLogger("shop").info('{"till": "%s"}', self.id)
        return {"till": self.id, "at": time.time()}

    def pay(self, amount):
        if amount < 0:
            raise ValueError(f"negative amount {amount} at {self.id}")
        return amount, self.names

    def receipt(self, folder):
        (folder / "receipt.txt").write_text(f"in {folder}\\nfor {self.id}\\n")
"""

_PAY = """
import pytest


def test_takes_money(subject, pinned):
    till = subject.cls()
    observation = pinned.observe(lambda: till.pay(3))
    observation["state"] = vars(till)
    pinned.check(observation)


@pytest.mark.parametrize("amount", [-1, -2])
def test_refuses(subject, pinned, amount):
    pinned.check(pinned.observe(lambda: subject.cls().pay(amount)))
"""

_CLOSE = """
def test_takes_its_time(subject, pinned):
    pinned.check(pinned.observe(subject.cls().close))


def test_writes_a_receipt(subject, pinned, files):
    observation = pinned.observe(lambda: subject.cls().receipt(files.folder))
    observation["files"] = files.left()
    pinned.check(observation)
"""


@dataclass(frozen=True)
class Shop:
    """A tree with a subject, scenarios and pins."""

    tree: Path

    @property
    def till(self) -> Path:
        return self.tree / "src" / "shop" / "till.py"

    @property
    def home(self) -> Path:
        return self.tree / "characterization"

    def pin(self, scenario: str) -> Path:
        return self.home / "pins" / f"{scenario}.yaml"

    def scenario(self, text: str) -> None:
        (self.home / "scenarios" / "till" / "test_extra.py").write_text(text)

    def pytest(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
        paths = [str(self.tree / "src"), str(_REPOSITORY / "src")]
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "characterization", *arguments],
            cwd=self.tree,
            env={**kept, "PYTHONPATH": os.pathsep.join(paths), **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def accepted_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop(tmp_path_factory.mktemp("shop") / "tree")
    scenarios = shop.home / "scenarios" / "till"
    scenarios.mkdir(parents=True)
    shop.till.parent.mkdir(parents=True)
    (shop.till.parent / "__init__.py").touch()
    shop.till.write_text(_TILL)
    (scenarios / "test_pay.py").write_text(_PAY)
    (scenarios / "test_close.py").write_text(_CLOSE)
    shutil.copy(_REPOSITORY / "characterization" / "pytest.ini", shop.home)
    (shop.home / "subjects.yaml").write_text(
        "till: {before: 'shop.till:Till', after: 'shop.till:Till'}\n"
    )
    done = shop.pytest("--pin", "-k", "test_", "--reason", "first sight")
    assert done.returncode == 0, done.stdout
    return shop


@pytest.fixture
def shop(accepted_shop: Shop, tmp_path: Path) -> Shop:
    shutil.copytree(accepted_shop.tree, tmp_path / "tree")
    return Shop(tmp_path / "tree")
