"""What the scenarios of all roles share: a node on a stage, with collaborators that take notes."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
import yaml

from carve.pins.scratch import Files
from carve.pins.subjects import Subject
from omnibase_core.enums.enum_node_type import EnumNodeType


class NotingBus:
    """An event bus that notes what it is asked to emit, and fails when told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.calls: list[dict[str, Any]] = []
        self.error = error

    async def emit_event(self, **call: Any) -> None:
        self.calls.append(call)
        if self.error is not None:
            raise self.error


class PlainContainer:
    """As little of a container as a node accepts."""

    def __init__(self, **attributes: Any) -> None:
        vars(self).update(attributes)


NodeMaker = Callable[..., Any]


@pytest.fixture
def make_node(subject: Subject) -> NodeMaker:
    """Make nodes of the role's class whose contract is `contract` instead of a file's."""

    def make(container: object | None = None, contract: object = None, **attributes: Any) -> Any:
        class StagedNode(subject.cls):
            def _load_contract_model(self) -> object:
                return contract

        node = StagedNode(PlainContainer() if container is None else container)
        for name, value in attributes.items():
            setattr(node, name, value)
        return node

    return make


OPERATION = UUID("00000000-0000-4000-8000-00000000000a")


class Services:
    """A container that looks its services up by name; an exception among them is raised."""

    def __init__(self, **services: Any) -> None:
        self.services = services
        self.asked: list[str] = []

    def get_service(self, name: str) -> Any:
        self.asked.append(name)
        found = self.services[name]
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def services() -> type[Services]:
    """Return the class of containers that look services up by name."""
    return Services


@pytest.fixture
def bus() -> NotingBus:
    """Return an event bus that notes what it is asked to emit."""
    return NotingBus()


class Reader:
    """A file system reader; the loader makes one and never uses it."""


@pytest.fixture
def supply(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Supply a module that the runtime refers to but does not ship."""

    def supply_module(name: str, **contents: Any) -> None:
        module = ModuleType(f"omnibase_core.{name}")
        vars(module).update(contents)
        monkeypatch.setitem(sys.modules, module.__name__, module)

    return supply_module


@pytest.fixture
def constants(supply: Callable[..., None]) -> None:
    """Supply the module that says how contract files are called."""
    supply("constants.contract_constants", CONTRACT_FILENAME="contract.yaml")


@pytest.fixture
def reader(supply: Callable[..., None]) -> None:
    """Supply the module with the file system reader."""
    supply("utils.io.utility_filesystem_reader", UtilityFileSystemReader=Reader)


@pytest.fixture
def typed_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Teach the YAML loader a tag for node types, which no contract accepts as a text."""

    def construct(loader: Any, node: Any) -> EnumNodeType:
        return EnumNodeType(loader.construct_scalar(node))

    monkeypatch.setitem(yaml.SafeLoader.yaml_constructors, "!node_type", construct)


@pytest.fixture
def class_at(monkeypatch: pytest.MonkeyPatch, files: Files) -> Callable[..., Any]:
    """Make classes whose module has its file at a place in the scratch folder."""

    def make(place: str | None, base: type = object, **members: Any) -> Any:
        module = ModuleType(Path(place or "nowhere").with_suffix("").as_posix().replace("/", "."))
        if place is not None:
            module.__file__ = str(files / place)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return type("Warehouse", (base,), {"__module__": module.__name__, **members})

    return make
