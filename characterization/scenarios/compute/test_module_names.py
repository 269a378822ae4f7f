"""What callers import from the module of the compute node."""

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
    "NodeCompute",
    "NodeCoreBase",
    "Path",
    "T_Input",
    "T_Output",
    "emit_log_event",
)


def test_importable(subject: Any, pinned: Any) -> None:
    """Callers have these names from here, wherever they are defined."""
    found = {name: getattr(subject.module, name, "missing") for name in NAMES}
    variables = {name: found.pop(name) for name in ("T_Input", "T_Output")}
    pinned.check(
        {
            "names": found,
            "variables": {name: each.__name__ for name, each in variables.items()},
        }
    )


def test_imported_with_a_star(subject: Any, pinned: Any) -> None:
    """The type variables have to be asked for by name."""
    pinned.check({"names": sorted(subject.module.__all__)})
