"""What callers import from where they have the compute node."""

from typing import Any

NAMES = (
    "ComputationCache",
    "EnumCoreErrorCode",
    "LogLevel",
    "ModelComputeInput",
    "ModelComputeOutput",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelSchemaValue",
    "NodeCoreBase",
    "Path",
    "T_Input",
    "T_Output",
    "emit_log_event",
)


def test_importable(subject: Any, pinned: Any) -> None:
    """Callers have these names from here, wherever they are defined."""
    found = {name: subject.named(name) for name in NAMES}
    variables = {name: found.pop(name) for name in ("T_Input", "T_Output")}
    pinned.check(
        {
            "names": found,
            "variables": {name: each.__name__ for name, each in variables.items()},
        }
    )


def test_imported_with_a_star(subject: Any, pinned: Any) -> None:
    """The type variables have to be asked for by name."""
    own = (name for name in subject.offered if subject.named(name) is not subject.cls)
    pinned.check({"names": sorted(name for name in own if not name.startswith("T_"))})
