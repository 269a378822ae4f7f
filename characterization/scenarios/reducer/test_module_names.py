"""What callers import from where they have the reducer node."""

import inspect
from typing import Any

NAMES = (
    "EnumConflictResolution",
    "EnumCoreErrorCode",
    "EnumReductionType",
    "EnumStreamingMode",
    "LogLevel",
    "ModelConflictResolver",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelReducerInput",
    "ModelReducerOutput",
    "ModelSchemaValue",
    "ModelStreamingWindow",
    "NodeCoreBase",
    "Path",
    "emit_log_event",
)


def test_importable(subject: Any, pinned: Any) -> None:
    """Callers have these names from here, wherever they are defined."""
    found = {name: subject.named(name) for name in NAMES}
    pinned.check({"names": found})


def test_defaults_of_the_shortcuts(subject: Any, pinned: Any) -> None:
    """Tools that show a signature show these."""
    names = ("aggregate_rsd_tickets", "normalize_priority_scores", "resolve_dependency_cycles")
    shown = {name: inspect.signature(getattr(subject.cls, name)).parameters for name in names}
    pinned.check(
        {
            name: {each.name: str(each.default) for each in found.values()}
            for name, found in shown.items()
        }
    )


def test_imported_with_a_star(subject: Any, pinned: Any) -> None:
    """Nothing of the module has to be asked for by name."""
    own = (name for name in subject.offered if subject.named(name) is not subject.cls)
    pinned.check({"names": sorted(own)})
