"""The vocabularies are closed: names, values and bases are relied on."""

import importlib
from enum import Enum
from pathlib import Path

import pytest

import omnibase_core.enums
from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_log_level import EnumLogLevel
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.enums.enum_onex_status import EnumOnexStatus
from omnibase_core.enums.enum_workflow_execution import EnumWorkflowState

FOLDER = Path(omnibase_core.enums.__file__).parent


def _enums() -> list[type[Enum]]:
    found = []
    for path in sorted(FOLDER.glob("enum_*.py")):
        module = importlib.import_module(f"omnibase_core.enums.{path.stem}")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, type) and value.__module__ == module.__name__
        ]
    return found


@pytest.mark.parametrize("enum", _enums(), ids=lambda enum: enum.__name__)
def test_values_are_the_names_in_the_case_of_the_enum(enum: type[Enum]) -> None:
    assert len(enum) > 0
    for member in enum:
        wanted = member.name if enum is EnumNodeType else member.name.lower()
        assert member.value == wanted


def test_node_type_prints_as_its_value() -> None:
    assert str(EnumNodeType.COMPUTE_GENERIC) == "COMPUTE_GENERIC"


@pytest.mark.parametrize("enum", [EnumLogLevel, EnumNodeType, EnumOnexStatus])
def test_text_enums_equal_their_values(enum: type[Enum]) -> None:
    assert all(member == member.value for member in enum)


@pytest.mark.parametrize("enum", [EnumEffectType, EnumWorkflowState])
def test_plain_enums_do_not_equal_their_values(enum: type[Enum]) -> None:
    assert not any(member == member.value for member in enum)
