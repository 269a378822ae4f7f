"""The step for each kind that a plan can name."""

from collections.abc import Callable
from typing import Any, Protocol

from carve.plan.model import StepSpec
from carve.plan.spec_files import AddFilesSpec, DeleteModuleSpec
from carve.plan.spec_merge_members import MergeMembersSpec
from carve.plan.spec_symbols import (
    CutReexportsSpec,
    MoveSymbolSpec,
    RenameSymbolSpec,
    ReplaceBaseSpec,
)
from carve.plan.specs import ExtractMixinSpec
from carve.steps.add_files import AddFiles
from carve.steps.cut_reexports import CutReexports
from carve.steps.delete_module import DeleteModule
from carve.steps.extract_mixin import ExtractMixin
from carve.steps.ground import Grounded
from carve.steps.merge_members import MergeMembers
from carve.steps.move_symbol import MoveSymbol
from carve.steps.outcome import Planned, Skipped
from carve.steps.rename_symbol import RenameSymbol
from carve.steps.replace_base import ReplaceBase
from carve.workspace import Workspace

__all__ = ["Planning", "step_for"]


class Planning(Protocol):
    """What every kind of step can do."""

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits, or why there is nothing to do; refuse with a reason."""


_OTHERS: dict[type[StepSpec], Callable[[Any], Planning]] = {
    MoveSymbolSpec: MoveSymbol,
    RenameSymbolSpec: RenameSymbol,
    ReplaceBaseSpec: ReplaceBase,
    CutReexportsSpec: CutReexports,
    AddFilesSpec: AddFiles,
    DeleteModuleSpec: DeleteModule,
}


def step_for(spec: StepSpec, registry: str | None = None) -> Planning:
    """Return the step that `spec` describes; `registry` names the file of mixin entries."""
    return Grounded(_step_for(spec, registry), spec.id, spec.place)


def _step_for(spec: StepSpec, registry: str | None) -> Planning:
    if isinstance(spec, ExtractMixinSpec):
        return ExtractMixin(spec, registry)
    if isinstance(spec, MergeMembersSpec):
        return MergeMembers(spec, registry)
    return _OTHERS[type(spec)](spec)
