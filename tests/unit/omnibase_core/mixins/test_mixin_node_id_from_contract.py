"""The id stands in the contract; who may read it is a matter of namespaces."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from omnibase_core.constants.namespaces import (
    ALLOWED_NAMESPACES_VARIABLE,
    DEFAULT_ALLOWED_NAMESPACES,
)
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.models.container.model_onex_container import ModelONEXContainer

ID = "5f0c8a3e-6f0b-4a55-9d0e-3f7f8a1b2c3d"
SOURCE = """
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract

class Node(MixinNodeIdFromContract):
    pass
"""


class Executor(MixinHealthCheck, MixinNodeIdFromContract, NodeCoreBase):
    """Stands as executors do: mixins first, then a node with one argument."""

    _allowed_namespaces = (__name__,)

    async def process(self, input_data: Any) -> Any:
        return input_data


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ALLOWED_NAMESPACES_VARIABLE, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the folder of the module `omnibase.node_at_work`."""
    package = tmp_path / "omnibase"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "node_at_work.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield package
    for name in set(sys.modules) - before:
        if name.partition(".")[0] == "omnibase":
            del sys.modules[name]


def node(*args: Any, **kwargs: Any) -> Any:
    return importlib.import_module("omnibase.node_at_work").Node(*args, **kwargs)


def contract(folder: Path, text: str, name: str = "contract.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_contract_beside_the_module_gives_the_id(folder: Path) -> None:
    contract(folder, f"node_name: {ID}\n")
    assert node()._load_node_id() == ID
    assert node()._get_node_dir() == folder


def test_the_node_name_comes_before_the_name(folder: Path) -> None:
    contract(folder, f"name: other\nnode_name: {ID}\n")
    assert node()._load_node_id() == ID


def test_the_name_will_do(folder: Path) -> None:
    contract(folder, "name: invoice_store\n")
    assert node()._load_node_id() == "invoice_store"


def test_the_id_is_text_whatever_it_is_in_the_file(folder: Path) -> None:
    contract(folder, "node_name: 12\n")
    assert node()._load_node_id() == "12"


def test_node_onex_yaml_comes_before_contract_yaml(folder: Path) -> None:
    contract(folder, "name: second\n")
    contract(folder, "name: first\n", "node.onex.yaml")
    assert node()._load_node_id() == "first"


def test_an_explicit_path_wins(folder: Path, tmp_path: Path) -> None:
    contract(folder, "name: beside\n")
    constructed = contract(tmp_path, "name: constructed\n", "constructed.yaml")
    called = contract(tmp_path, "name: called\n", "called.yaml")
    assert node(constructed)._load_node_id() == "constructed"
    assert node(str(constructed))._load_node_id() == "constructed"
    assert node(contract_path=constructed)._load_node_id() == "constructed"
    assert node(constructed)._load_node_id(called) == "called"


@pytest.mark.usefixtures("folder")
def test_a_contract_that_is_not_there_is_reported(tmp_path: Path) -> None:
    for given in [None, tmp_path / "none.yaml"]:
        with pytest.raises(ModelOnexError, match="No contract file for Node") as caught:
            node()._load_node_id(given)
        assert caught.value.error_code is EnumCoreErrorCode.FILE_NOT_FOUND


@pytest.mark.parametrize("text", ["", "title: x\n", "name:\n", "name: ''\n"])
def test_a_contract_without_an_id_is_refused(folder: Path, text: str) -> None:
    contract(folder, text)
    with pytest.raises(ModelOnexError, match="has no 'node_name' and no 'name'") as caught:
        node()._load_node_id()
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def test_default_namespaces() -> None:
    assert DEFAULT_ALLOWED_NAMESPACES == ("omnibase_core.", "omnibase_spi.", "omnibase.")
    assert ALLOWED_NAMESPACES_VARIABLE == "OMNIBASE_ALLOWED_NAMESPACES"
    assert MixinNodeIdFromContract()._get_allowed_namespaces() == [*DEFAULT_ALLOWED_NAMESPACES]


def test_the_variable_outranks_the_class_and_the_class_the_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    executor = Executor(ModelONEXContainer())
    assert executor._get_allowed_namespaces() == [__name__]
    monkeypatch.setenv(ALLOWED_NAMESPACES_VARIABLE, " acme. , ,shop.nodes ")
    assert executor._get_allowed_namespaces() == ["acme.", "shop.nodes"]
    monkeypatch.setenv(ALLOWED_NAMESPACES_VARIABLE, " , ")
    assert executor._get_allowed_namespaces() == [__name__]


def test_a_module_outside_is_refused_even_with_an_explicit_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = contract(tmp_path, f"name: {ID}\n")
    executor = Executor(path, ModelONEXContainer())
    assert executor._load_node_id() == ID
    monkeypatch.setenv(ALLOWED_NAMESPACES_VARIABLE, "acme.")
    for load in [lambda: executor._load_node_id(path), executor._get_node_dir]:
        with pytest.raises(ModelOnexError, match="outside the allowed namespaces") as caught:
            load()
        assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def test_a_module_without_a_file_needs_a_path(tmp_path: Path) -> None:
    homeless = type("Node", (MixinNodeIdFromContract,), {"__module__": "omnibase.nowhere"})()
    with pytest.raises(ModelOnexError, match="has no file") as caught:
        homeless._load_node_id()
    assert caught.value.error_code is EnumCoreErrorCode.FILE_NOT_FOUND
    assert homeless._load_node_id(contract(tmp_path, "name: x\n")) == "x"


def test_an_executor_takes_container_and_path_in_every_way(tmp_path: Path) -> None:
    container, path = ModelONEXContainer(), contract(tmp_path, f"name: {ID}\n")
    for executor in [
        Executor(path, container),
        Executor(container, contract_path=path),
        Executor(contract_path=path, container=container),
    ]:
        assert executor.container is container
        assert UUID(executor._load_node_id()) == UUID(ID)
        assert executor.health_check().message == "Executor is operational"
    for executor in [Executor(container), Executor(None, container)]:
        assert executor.container is container
        assert executor._node_contract_path is None
