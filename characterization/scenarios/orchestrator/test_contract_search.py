"""Where a node looks for its contract file."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.shared.contract_search import *  # noqa: F403 - for this role's pins
from scenarios.shared.contract_search import (
    Caller,
    build_unseen,
    callers_without_a_folder_are_passed_over,
    shop_and_store,
)

test_callers_without_a_folder_are_passed_over = callers_without_a_folder_are_passed_over


@pytest.fixture
def in_folder(files: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make folders in the scratch folder and go there."""

    def go(name: str) -> None:
        files.write(f"{name}/window.txt", "")
        monkeypatch.chdir(files / name)

    return go


@pytest.fixture
def build() -> Any:
    """Build as a maker that the search does not see."""
    return build_unseen


def test_contracts_have_one_name(
    subject: Any, pinned: Any, files: Any, class_at: Any, supply: Any
) -> None:
    """Odd: unlike other archetypes, this one does not ask the constant for the file name."""
    shop, store = shop_and_store(subject, files, class_at, supply)
    missed = pinned.observe(lambda: shop(SimpleNamespace()))
    found = pinned.observe(lambda: store(SimpleNamespace()).contract_model)
    pinned.check({"shop has a deed": missed, "store has a contract": found})


def test_the_current_folder(
    make_node: Any, pinned: Any, files: Any, class_at: Any, in_folder: Any
) -> None:
    """Odd but relied on: a module without a file name takes the contract that lies around."""
    files.write("office/contract.yaml", "")
    node = make_node()
    dropped = class_at("dropped/maker.py")
    office = class_at("office/clerk.py", ask=lambda self, other: self.clerk.ask(other, node))
    office.clerk = Caller
    told = {}
    for file in (None, ""):
        sys.modules[dropped.__module__].__file__ = file
        in_folder(f"empty room {file}")
        told[f"file {file!r}, no contract"] = office().ask(dropped())
        files.write(f"empty room {file}/contract.yaml", "")
        told[f"file {file!r}, contract"] = office().ask(dropped())
    pinned.check(told)
