"""What callers import from the module of the orchestrator node."""

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
    "NodeOrchestrator",
    "Path",
    "emit_log_event",
)


def test_importable(subject: Any, pinned: Any) -> None:
    """Callers have these names from here, wherever they are defined."""
    pinned.check({"names": {name: getattr(subject.module, name, "missing") for name in NAMES}})


def test_imported_with_a_star(subject: Any, pinned: Any) -> None:
    """Everything that callers import is imported with a star as well."""
    pinned.check({"names": sorted(subject.module.__all__)})
