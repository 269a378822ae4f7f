"""The search for a contract where the module with its file name is missing, as it is today."""

from types import SimpleNamespace
from typing import Any


def test_the_search_fails_before_it_begins(
    subject: Any, pinned: Any, files: Any, class_at: Any
) -> None:
    """Odd but relied on: the error is raised raw, unlike every other one of the search."""
    files.write("shop/contract.yaml", "")
    node_class = class_at(
        "shop/node.py",
        subject.cls,
        _load_contract_model=lambda self: self._find_contract_path(),
    )
    pinned.check(pinned.observe(lambda: node_class(SimpleNamespace())))
