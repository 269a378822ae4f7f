"""What callers import from where they have the orchestrator node."""

from typing import Any

NAMES = (
    "EnumBranchCondition",
    "EnumCoreErrorCode",
    "EnumExecutionMode",
    "EnumThunkType",
    "EnumWorkflowState",
    "LoadBalancer",
    "LogLevel",
    "ModelDependencyGraph",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelOrchestratorInput",
    "ModelOrchestratorOutput",
    "ModelSchemaValue",
    "ModelThunk",
    "ModelWorkflowStepExecution",
    "NodeCoreBase",
    "Path",
    "emit_log_event",
)


def test_importable(subject: Any, pinned: Any) -> None:
    """Callers have these names from here, wherever they are defined."""
    pinned.check({"names": {name: subject.named(name) for name in NAMES}})


def test_imported_with_a_star(subject: Any, pinned: Any) -> None:
    """Everything that callers import is imported with a star as well."""
    own = (name for name in subject.offered if subject.named(name) is not subject.cls)
    pinned.check({"names": sorted(own)})
