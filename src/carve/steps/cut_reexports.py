"""Let modules stop offering what others define, so that each name has one place to come from.

Before: `shop/__init__.py` imports `Store` from `shop/store.py`, and others import it from `shop`.
After:  `shop/__init__.py` no longer does, and the others import it from `shop.store`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from carve.errors import Finding
from carve.plan.refs import ClassRef
from carve.plan.spec_symbols import CutReexportsSpec
from carve.source.module import Module
from carve.source.moving.choice import Choice
from carve.source.moving.following import Following, follow
from carve.source.text import Source
from carve.steps.outcome import Planned, Skipped, refuse, refusing
from carve.workspace import Edit, Workspace

__all__ = ["CutReexports"]

_ASKED = ("names-exist", "references-follow", "texts-compile")


@dataclass(frozen=True, slots=True)
class CutReexports:
    """Plan the cuts that `spec` describes."""

    spec: CutReexportsSpec

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits; the disk stays as it is. Raises StepRefused with all objections."""
        with refusing(self.spec.id):
            return self._plan(workspace)

    def _plan(self, workspace: Workspace) -> Planned | Skipped:
        self._refuse(self._unknown(workspace), "names-exist")
        if not any(self._offers(name, workspace) for name in self.spec.cuts):
            return Skipped(f"{', '.join(self.spec.cuts)} offers none of them")
        first = {path: workspace.read(path) for path in workspace.python_files()}
        tree, notes, edits = workspace, list[str](), dict[str, bytes]()
        for ref in self.spec.sources:
            following = self._follow(ref, tree)
            self._refuse(following.findings, "references-follow")
            self._refuse(_uncompilable(following.texts), "texts-compile")
            texts = {path: source.encode() for path, source in following.texts.items()}
            tree = tree.after(
                tuple(Edit(path, raw, tree.read(path)) for path, raw in texts.items())
            )
            edits |= texts
            notes += following.notes
        return Planned(
            title=self.spec.title,
            edits=tuple(
                Edit(path, raw, first.get(path) or workspace.read(path))
                for path, raw in edits.items()
            ),
            members=self.spec.moved,
            lines=0,
            modules=(*self.spec.cuts, *dict.fromkeys(ref.module for ref in self.spec.sources)),
            checks=len(_ASKED),
            notes=tuple(dict.fromkeys(notes)),
            asked=_ASKED,
        )

    def _follow(self, ref: ClassRef, workspace: Workspace) -> Following:
        """Return what becomes of all who take one of the names from a module that is cut."""
        module = workspace.module_at(str(workspace.path_of(ref.module)))
        choice = Choice(module, (ref.name,), ref.module, cuts=frozenset(self.spec.cuts))
        own = {module.path: module.source}
        return follow(choice, own, workspace, self.spec.leaves, workspace.layout)

    def _offers(self, name: str, workspace: Workspace) -> bool:
        """Tell whether the module imports one of the names, or lists it for import."""
        path = workspace.path_of(name)
        module = workspace.module_at(path) if path else None
        return module is not None and any(
            ref.name in module.bindings or ref.name in module.exported for ref in self.spec.sources
        )

    def _unknown(self, workspace: Workspace) -> Iterator[Finding]:
        """Yield each module that is not there, and each name that its module does not define."""
        where = self.spec.place
        for name in self.spec.cuts:
            if workspace.path_of(name) is None:
                message = f"there is no module {name!r}"
                yield Finding(where.path, where.line, message, "check how it is spelt")
        for ref in self.spec.sources:
            path = workspace.path_of(ref.module)
            known = workspace.module_at(path).bindings.get(ref.name) if path else None
            if known is None or known.alias is not None:
                message = f"{ref.module} does not define {ref.name!r}"
                yield Finding(where.path, where.line, message, "name the module that does")

    def _refuse(self, findings: Iterator[Finding] | list[Finding], check: str) -> None:
        refuse(self.spec.id, (replace(finding, check=check) for finding in findings))


def _uncompilable(texts: dict[str, Source]) -> Iterator[Finding]:
    for path, source in texts.items():
        if path.endswith(".py"):
            try:
                _ = Module("", source).tree
            except (SyntaxError, ValueError) as error:
                message = f"the new text does not compile: {error}"
                yield Finding(path, 1, message, "this is a fault of carve: report it")
