"""Where the file of a contract is looked for, and by which name."""

import sys
from types import ModuleType

import pytest

from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_contract_lookup import MixinContractLookup


class Host(MixinContractLookup, MixinContractLoader):
    node_label = "shelf"


def test_the_name_is_that_of_the_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    constants = ModuleType("contract_constants")
    vars(constants)["CONTRACT_FILENAME"] = "shelf.yaml"
    monkeypatch.setitem(sys.modules, "omnibase_core.constants.contract_constants", constants)
    assert Host()._contract_filename() == "shelf.yaml"


@pytest.mark.parametrize("file", [None, ""])
def test_a_module_without_a_file_is_passed_over(file: str | None) -> None:
    module = ModuleType("built_in")
    vars(module)["__file__"] = file
    assert not Host()._comes_from_file(module)


def test_a_module_tells_its_file() -> None:
    module = sys.modules[__name__]
    assert Host()._comes_from_file(module)
    assert Host()._file_of_module(module) == __file__
