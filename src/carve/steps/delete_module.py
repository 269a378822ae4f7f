"""Delete a module that nothing leads to any longer.

Before: `shop/old_store.py` stands there, and nobody imports or names it.
After:  it is gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from carve.errors import Finding
from carve.plan.spec_files import DeleteModuleSpec
from carve.source.references.gone import still_leading_to
from carve.steps.outcome import Planned, Skipped, refuse, refusing
from carve.workspace import Edit, Workspace

__all__ = ["DeleteModule", "may_delete"]


@dataclass(frozen=True, slots=True)
class DeleteModule:
    """Plan the deletion that `spec` describes."""

    spec: DeleteModuleSpec

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edit; the disk stays as it is. Raises StepRefused with all objections."""
        with refusing(self.spec.id):
            path = workspace.path_of(self.spec.module)
            if path is None:
                return Skipped(f"there is no module {self.spec.module}")
            refuse(self.spec.id, may_delete(workspace, self.spec))
            raw = workspace.read(path) or b""
            package = self.spec.module.rpartition(".")[0]
            return Planned(
                title=self.spec.title,
                edits=(Edit(path, None, raw),),
                members=(),
                lines=len(raw.splitlines()),
                modules=(package,) if package and workspace.path_of(package) else (),
                checks=len(_ASKED),
                asked=_ASKED,
            )


def may_delete(workspace: Workspace, spec: DeleteModuleSpec) -> Iterator[Finding]:
    """Yield all that speaks against the deletion: each gate that it has to pass is asked here."""
    yield from _not_empty(workspace, spec)
    yield from still_leading_to(workspace, spec.module, spec.leaves)


_ASKED = ("package-is-empty", "references")


def _not_empty(workspace: Workspace, spec: DeleteModuleSpec) -> Iterator[Finding]:
    for path in workspace.python_files():
        name = workspace.name_of(path)
        if name.startswith(f"{spec.module}."):
            yield Finding(
                path,
                1,
                f"{name} lies in the package {spec.module}",
                "move or delete it first",
                "package-is-empty",
            )
