"""A contract is found, read, resolved and held against the model that the host names."""

import importlib
from pathlib import Path
from typing import Any, ClassVar

import pytest

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_contract_references import MixinContractReferences


class Contract:
    """Takes a name and a size, and refuses a size below one."""

    def __init__(self, name: str, size: int, **_: Any) -> None:
        self.name = name
        self.size = size

    def validate_node_specific_config(self) -> None:
        if self.size < 1:
            raise ValueError(f"size {self.size} is too small")


class Host(MixinContractLoader, MixinContractReferences):
    node_label = "shelf"
    node_class_name = "ShelfNode"
    contract_model_name = "Contract"
    contract_model_class: ClassVar[Any] = Contract

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _find_contract_path(self) -> Path:
        return self.folder / "contract.yaml"

    def _loaded_contract_facts(self, contract_model: Any, contract_path: Any) -> Any:
        return {"name": contract_model.name, "path": contract_path.name}


def loaded(folder: Path, text: str) -> Any:
    (folder / "contract.yaml").write_text(text, encoding="utf-8")
    return Host(folder)._load_contract_model()


def test_the_contract_is_of_the_model_that_the_host_names(tmp_path: Path) -> None:
    contract = loaded(tmp_path, "name: top\nsize: 3\n")
    assert isinstance(contract, Contract)
    assert (contract.name, contract.size) == ("top", 3)


def test_it_is_logged_by_the_name_of_the_class(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="omnibase"):
        loaded(tmp_path, "name: top\nsize: 3\n")
    assert "Contract model loaded successfully for ShelfNode" in caplog.text
    assert '"path": "contract.yaml"' in caplog.text


def test_a_rule_of_the_model_that_does_not_hold_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match=r"for ShelfNode: size 0 is too small") as caught:
        loaded(tmp_path, "name: top\nsize: 0\n")
    assert isinstance(caught.value.__cause__ or caught.value.__context__, ValueError)
    assert "Contract" in str(caught.value.model_dump())


def test_a_contract_that_is_missing_is_a_bad_contract(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match="Contract model loading failed for ShelfNode"):
        Host(tmp_path)._load_contract_model()


def test_a_class_without_a_file_beside_its_module_is_told_so() -> None:
    class Nowhere(Host):
        _find_contract_path = MixinContractLoader._find_contract_path

        def _contract_filename(self) -> Any:
            return "no-such-contract.yaml"

    with pytest.raises(ModelOnexError, match=r"Could not find contract\.yaml file for shelf"):
        Nowhere(Path())._find_contract_path()


def test_the_file_lies_beside_the_module_of_the_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader\n"
        "class Shelf(MixinContractLoader):\n"
        "    def where(self):\n"
        "        return self._find_contract_path()\n"
    )
    (tmp_path / "shelf_of_a_test.py").write_text(code, encoding="utf-8")
    (tmp_path / "contract.yaml").write_text("name: top\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    shelf = importlib.import_module("shelf_of_a_test").Shelf()
    assert shelf.where() == tmp_path / "contract.yaml"
