"""Where a node looks for its contract file."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.shared.contract_search import *  # noqa: F403 - for this role's pins
from scenarios.shared.contract_search import (
    build_as_self,
    callers_without_a_folder_are_passed_over,
    search,
)

test_callers_without_a_folder_are_passed_over = callers_without_a_folder_are_passed_over


@pytest.fixture
def build() -> Any:
    """Build as a maker that the search sees."""
    return build_as_self


def test_a_module_whose_file_is_none(
    subject: Any, pinned: Any, files: Any, class_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Odd but relied on: it counts as lying in the current folder, as in interactive sessions."""
    monkeypatch.chdir(files.folder)
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    module = sys.modules[node_class.__module__]
    seen = {}
    for here in ("no contract here", "contract here"):
        if here == "contract here":
            files.write("contract.yaml", "")
        for name, module.__file__ in (("none", None), ("empty", "")):
            seen[f"{name}, {here}"] = pinned.observe(
                lambda: node_class(SimpleNamespace()).contract_model
            )
    pinned.check(seen)
