"""State machines that a contract refers to."""

import inspect
from pathlib import Path
from typing import Any

import pytest

TOOL = "package/tools/infrastructure/tool_infrastructure_reducer/v1_0_0"
MACHINE: dict[str, Any] = {
    "state_machine_name": "stock",
    "description": "Stock on its way",
    "states": [{"state_name": "ordered"}, {"state_name": "stored", "is_terminal": True}],
    "initial_state": "ordered",
    "transitions": [
        {
            "transition_name": "arrival",
            "from_state": "ordered",
            "to_state": "stored",
            "trigger": "delivery",
        }
    ],
}
MACHINE_FILE = """\
state_machine_name: stock
states: [ordered, {$ref: contracts/more.yaml}]
transitions: []
"""
ALL_KEYS = {"state_machine_name": None, "states": None, "transitions": None}


def test_recognised_by_name(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the letters may stand anywhere in the path, in any case."""
    node = make_node()
    names = ("contracts/fsm.yaml", "a/Stock_FSM.yml", "fsm/contracts/a", "contracts/a.yaml", "")
    pinned.check({f"{name!r}": node._is_fsm_data_reference(name, ALL_KEYS) for name in names})


DATA: dict[str, Any] = {
    "keys_only": ALL_KEYS,
    "machine": MACHINE,
    "no_name": {"states": [], "transitions": []},
    "no_states": {"state_machine_name": "a", "transitions": []},
    "no_transitions": {"state_machine_name": "a", "states": []},
    "empty": {},
    "list": ["state_machine_name", "states", "transitions"],
    "text": "state_machine_name states transitions",
    "none": None,
}


def test_recognised_by_keys(make_node: Any, pinned: Any) -> None:
    """Three keys make a state machine, whatever their values are."""
    node = make_node()
    pinned.check({name: node._is_fsm_data_reference("fsm", data) for name, data in DATA.items()})


def test_nothing_is_validated_as_shipped(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: without its tool a state machine may be anything; no log tells."""
    node = make_node()
    pinned.check(
        pinned.observe(
            lambda: [node._validate_fsm_data(data, "fsm.yaml") for data in (MACHINE, {}, None)]
        )
    )


@pytest.fixture
def installed(files: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Say that the package lies in the scratch folder, with this folder (or file) in it."""
    original = inspect.getfile

    def getfile(asked: Any) -> str:
        if getattr(asked, "__name__", "") == "ModelOnexError":
            return str(files / "package/errors/model_onex_error.py")
        return original(asked)

    def install(name: str, *, as_file: bool = False) -> None:
        if as_file:
            files.write(name, "")
        else:
            (files / name).mkdir(parents=True)
        monkeypatch.setattr(inspect, "getfile", getfile)

    return install


@pytest.mark.parametrize("data", [MACHINE, {}], ids=["machine", "empty"])
def test_with_the_tool_installed(make_node: Any, pinned: Any, installed: Any, data: Any) -> None:
    """Where its tool is installed, a state machine is validated, with raw errors."""
    installed(TOOL)
    seen = pinned.observe(lambda: make_node()._validate_fsm_data(data, "fsm.yaml"))
    seen["type"] = type(seen.value)
    pinned.check(seen)


def test_with_a_tool_in_another_place(make_node: Any, pinned: Any, installed: Any) -> None:
    """Only one version in one place counts."""
    node = make_node()
    for place in (
        TOOL.replace("v1_0_0", "v1_0_1"),
        TOOL.replace("tool_infrastructure_reducer", "tool_reducer"),
        TOOL.replace("package/tools/infrastructure", "package/tools"),
        TOOL.replace("package/tools", "package"),
        TOOL.replace("package/", "package/errors/"),
        TOOL.replace("package/", ""),
    ):
        installed(f"{place}/v1_0_0")
    pinned.check(pinned.observe(lambda: node._validate_fsm_data({}, "fsm.yaml")))


def test_with_a_file_for_a_tool(make_node: Any, pinned: Any, installed: Any) -> None:
    """The tool is a folder."""
    installed(TOOL, as_file=True)
    pinned.check(pinned.observe(lambda: make_node()._validate_fsm_data({}, "fsm.yaml")))


@pytest.fixture
def shop(files: Any) -> Path:
    """Return the folder of a contract that refers to a state machine."""
    files.write("shop/contracts/fsm.yaml", MACHINE_FILE)
    files.write("shop/contracts/more.yaml", "stored\n")
    folder: Path = files / "shop"
    return folder


@pytest.mark.parametrize(
    "verdict",
    [None, "a model", 0, ValueError("no machine")],
    ids=["none", "model", "zero", "error"],
)
@pytest.mark.parametrize("pointer", ["", "#/states"], ids=["file", "place"])
def test_a_class_that_validates(
    make_node: Any, pinned: Any, shop: Path, verdict: Any, pointer: str
) -> None:
    """Odd but relied on: what a class makes of the file counts for any place in it, as it is."""
    asked: list[Any] = []

    def validate(*given: Any) -> Any:
        asked.append(given)
        if isinstance(verdict, Exception):
            raise verdict
        return verdict

    node = make_node(_validate_fsm_data=validate)
    data = {"$ref": f"contracts/fsm.yaml{pointer}"}
    seen = pinned.observe(lambda: node._resolve_contract_references(data, shop, None))
    seen["asked"] = asked
    pinned.check(seen)


@pytest.mark.parametrize("recognised", [True, False], ids=["yes", "no"])
def test_a_class_that_recognises(
    make_node: Any, pinned: Any, shop: Path, recognised: bool
) -> None:
    """A class may have its own idea of what a state machine is."""
    asked: list[Any] = []
    node = make_node(
        _is_fsm_data_reference=lambda *given: asked.append(given) or recognised,
        _validate_fsm_data=lambda *_given: "a model",
    )
    data = {"$ref": "contracts/fsm.yaml#/states/x#/y"}
    seen = pinned.observe(lambda: node._resolve_contract_references(data, shop, None))
    seen["asked"] = asked
    pinned.check(seen)


@pytest.mark.parametrize("tool", [True, False], ids=["tool", "no_tool"])
def test_on_the_whole(make_node: Any, pinned: Any, shop: Path, installed: Any, tool: bool) -> None:
    """As shipped the data is kept; with the tool installed a bad machine stays a reference."""
    if tool:
        installed(TOOL)
    data = {"machine": {"$ref": "contracts/fsm.yaml"}}
    node = make_node()
    pinned.check(pinned.observe(lambda: node._resolve_contract_references(data, shop, None)))
