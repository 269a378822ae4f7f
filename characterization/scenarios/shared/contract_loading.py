"""What scenarios of several roles stage and note when a node loads its contract file."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

TIMES = ("first", "second", "third")


def nodes_in(folder: str, subject: Any, files: Any, class_at: Any) -> Callable[..., Any]:
    """Make nodes of classes in `folder` with `contract` (nothing at all if None) beside them."""

    def make(contract: str | bytes | None, **members: Any) -> Any:
        if contract is not None:
            files.write(f"{folder}/contract.yaml", contract)
        return class_at(f"{folder}/node.py", subject.cls, **members)(SimpleNamespace())

    return make


def with_python_causes(seen: Any) -> Any:
    """Add what Python itself keeps of the error that came first."""
    seen["python cause"] = seen.error.__cause__
    seen["python context"] = seen.error.__context__
    return seen


def noted_checks(monkeypatch: pytest.MonkeyPatch, model: Any, *, unlucky: int) -> list[str]:
    """Note when a contract `model` checks its rules, which fails the time that is `unlucky`."""
    checks: list[str] = []

    def check(contract: Any, *given: Any) -> None:
        checks.append(f"{contract.name} with {len(given)} arguments")
        if len(checks) == unlucky:
            raise ValueError(f"{TIMES[unlucky - 1]} time unlucky")

    monkeypatch.setattr(model, "validate_node_specific_config", check)
    return checks


def noted_loading(subject: Any) -> tuple[list[str], dict[str, Any]]:
    """Return members of a class that load and search as ever, and what they will have noted."""
    calls: list[str] = []

    def load(self: Any) -> Any:
        calls.append("load")
        return subject.cls._load_contract_model(self)

    def find(self: Any) -> Any:
        calls.append("find")
        return subject.cls._find_contract_path(self)

    return calls, {"_load_contract_model": load, "_find_contract_path": find}
