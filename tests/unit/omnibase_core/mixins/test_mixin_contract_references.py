"""References are replaced by what the resolver makes of them, wherever they stand."""

from pathlib import Path
from typing import Any

import pytest

from omnibase_core.mixins.mixin_contract_references import MixinContractReferences


class Shelf:
    """Resolves a path to its name, in capitals; what it was asked for is kept."""

    def __init__(self, lost: str = "") -> None:
        self.asked: list[tuple[str, Path]] = []
        self.lost = lost

    def resolve_reference(self, path: str, base: Path) -> str:
        self.asked.append((path, base))
        if Path(path).name == self.lost:
            raise FileNotFoundError(path)
        return Path(path).stem.upper()


def resolved(data: Any, shelf: Shelf | None = None, base: Path = Path("/base")) -> Any:
    return MixinContractReferences()._resolve_contract_references(data, base, shelf or Shelf())


def test_data_without_references_stays_as_it_is() -> None:
    data = {"name": "store", "limits": [1, None, {"deep": True}]}
    assert resolved(data) == data
    assert resolved("plain") == "plain"


def test_references_are_replaced_at_any_depth_with_what_stands_beside_them() -> None:
    data = {"retry": {"$ref": "a.yaml", "max": 3}, "more": [{"in": {"$ref": "b.yaml"}}]}
    assert resolved(data) == {"retry": "A", "more": [{"in": "B"}]}


def test_only_a_path_that_says_so_is_relative_to_the_contract(tmp_path: Path) -> None:
    shelf = Shelf()
    resolved([{"$ref": "./a.yaml"}, {"$ref": "b.yaml"}], shelf, tmp_path)
    assert shelf.asked == [(str((tmp_path / "a.yaml").resolve()), tmp_path), ("b.yaml", tmp_path)]


def test_one_reference_that_leads_nowhere_leaves_the_others_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    data = {"good": {"$ref": "a.yaml"}, "bad": {"$ref": "b.yaml"}}
    with caplog.at_level("WARNING", logger="omnibase"):
        assert resolved(data, Shelf(lost="b.yaml")) == {"good": "A", "bad": {"$ref": "b.yaml"}}
    assert "Failed to resolve contract reference" in caplog.text
    assert "FileNotFoundError" in caplog.text


def test_a_reference_that_is_no_text_stays() -> None:
    assert resolved({"$ref": 7}) == {"$ref": 7}
