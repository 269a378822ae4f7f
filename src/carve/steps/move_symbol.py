"""Move a class, function or constant to another module, and let all that refers to it follow.

Before: `shop/store.py` defines `Store`; others write `from shop.store import Store`.
After:  `shop/depot.py` defines it, others import it from there; the old import still works.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from carve.errors import Finding
from carve.plan.nearest import nearest
from carve.plan.spec_symbols import MoveSymbolSpec
from carve.source.module import Module
from carve.source.moving.choice import Choice
from carve.source.moving.following import follow
from carve.source.moving.importing import imported, way
from carve.source.moving.objections import objections, unknown_names
from carve.source.moving.soundness import faults
from carve.source.moving.texts import into_existing, new_module, remainder
from carve.source.text import Source
from carve.steps.outcome import Planned, Skipped, refuse, refusing
from carve.workspace import Edit, Workspace

__all__ = ["MoveSymbol"]

_ASKED = ("names-exist", "it-can-move", "references-follow", "texts-are-sound", "no-import-cycle")


@dataclass(frozen=True, slots=True)
class MoveSymbol:
    """Plan the move that `spec` describes."""

    spec: MoveSymbolSpec

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits; the disk stays as it is. Raises StepRefused with all objections."""
        with refusing(self.spec.id):
            return self._plan(workspace)

    def _plan(self, workspace: Workspace) -> Planned | Skipped:
        target_path = workspace.path_of(self.spec.target)
        target = workspace.module_at(target_path) if target_path else None
        if self._is_done(target, workspace):
            return Skipped(f"{self.spec.target} already defines {self.spec.source.name}")
        choice = self._choice(workspace)
        self._refuse(unknown_names(choice), "names-exist")
        self._refuse(objections(choice, target, workspace), "it-can-move")
        texts = self._texts(choice, target, workspace)
        following = follow(choice, texts, workspace, self.spec.leaves, workspace.layout)
        self._refuse(following.findings, "references-follow")
        texts |= following.texts
        edits = tuple(
            Edit(path, source.encode(), workspace.read(path)) for path, source in texts.items()
        )
        after = workspace.after(edits)
        self._refuse(faults(choice, texts, workspace), "texts-are-sound")
        self._refuse(self._cycles(choice, texts, workspace, after), "no-import-cycle")
        return Planned(
            title=self.spec.title,
            edits=edits,
            members=self.spec.moved,
            lines=choice.line_count,
            modules=(self.spec.target, self.spec.source.module),
            checks=len(_ASKED),
            notes=following.notes,
            asked=_ASKED,
        )

    def _is_done(self, target: Module | None, workspace: Workspace) -> bool:
        """Tell whether the target defines the name, and the old module does not."""
        name = self.spec.source.name
        known = target.bindings.get(name) if target is not None else None
        path = workspace.path_of(self.spec.source.module)
        left = workspace.module_at(path).bindings.get(name) if path else None
        return (known is not None and known.alias is None) and (
            left is None or left.alias is not None
        )

    def _choice(self, workspace: Workspace) -> Choice:
        path = workspace.path_of(self.spec.source.module)
        if path is None:
            known = [workspace.name_of(path) for path in workspace.python_files()]
            where = self.spec.place
            message = f"there is no module {self.spec.source.module!r}"
            instead = nearest(self.spec.source.module, known) or "check how it is spelt"
            self._refuse([Finding(where.path, where.line, message, instead)], "names-exist")
        module = workspace.module_at(str(path))
        drops, cuts = frozenset(self.spec.drops), frozenset(self.spec.cuts)
        return Choice(module, self.spec.moved, self.spec.target, drops, cuts)

    def _texts(
        self, choice: Choice, target: Module | None, workspace: Workspace
    ) -> dict[str, Source]:
        """Return both modules; the new one first, so that no reader of half a tree misses it."""
        layout = workspace.layout
        if target is None:
            path = workspace.path_for(self.spec.made)
            summary = self.spec.summary or self.spec.why
            written = new_module(choice, path, summary, layout)
        else:
            written = into_existing(choice, target, layout)
        left = remainder(choice, layout)
        return {written.path: written, left.path: left}

    def _cycles(
        self, choice: Choice, texts: dict[str, Source], before: Workspace, after: Workspace
    ) -> Iterator[Finding]:
        """Yield each chain of imports from the target back to a module that now needs it."""
        for path in texts:
            name = after.name_of(path)
            if not path.endswith(".py"):
                continue
            needs = choice.target in set(imported(after.module_at(path)))
            chain = way(after, choice.target, name) if needs else []
            known = name != choice.module.name and way(before, choice.module.name, name)
            if chain and name != choice.target and not known:
                yield Finding(
                    path,
                    1,
                    f"importing {choice.target} leads back to {name}: {' -> '.join(chain)}",
                    "choose another module, or list one that only offers the name under cuts:",
                )

    def _refuse(self, findings: Iterator[Finding] | list[Finding], check: str) -> None:
        refuse(self.spec.id, (replace(finding, check=check) for finding in findings))
