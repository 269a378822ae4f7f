"""The step for each kind that a plan can name."""

from typing import Protocol

from carve.plan.model import StepSpec
from carve.steps.extract_mixin import ExtractMixin
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

__all__ = ["Planning", "step_for"]


class Planning(Protocol):
    """What every kind of step can do."""

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits, or why there is nothing to do; refuse with a reason."""


def step_for(spec: StepSpec, registry: str | None = None) -> Planning:
    """Return the step that `spec` describes; `registry` names the file of mixin entries."""
    return ExtractMixin(spec, registry)
