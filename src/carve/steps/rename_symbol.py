"""Rename a top-level name in all that refers to it: code, strings, data, documents.

Before: `class Store`, `from shop.store import Store`, `patch("shop.store.Store")`.
After:  `class Shop`, `from shop.store import Shop`, `patch("shop.store.Shop")`.
"""

from dataclasses import dataclass, replace

from carve.errors import Finding
from carve.plan.nearest import nearest
from carve.plan.refs import ClassRef
from carve.plan.spec_symbols import RenameSymbolSpec
from carve.source.module import Module
from carve.source.references.rename import Renaming, objections, sorted_out
from carve.source.references.search import references_to
from carve.source.references.sorting import kept_sorted
from carve.steps.outcome import Planned, Skipped, refuse, refusing
from carve.workspace import Edit, Workspace

__all__ = ["RenameSymbol"]

_ASKED = ("names-exist", "references-are-certain", "name-is-free", "compiles", "nothing-is-left")
# What is marked as code in a text depends on what else has the name, so only code counts.
_CODE = frozenset({"definition", "import", "name", "attribute", "annotation", "export", "keyword"})


@dataclass(frozen=True, slots=True)
class RenameSymbol:
    """Plan the renaming that `spec` describes."""

    spec: RenameSymbolSpec

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits; the disk stays as it is. Raises StepRefused with all objections."""
        with refusing(self.spec.id):
            return self._plan(workspace)

    def _plan(self, workspace: Workspace) -> Planned | Skipped:
        symbol, new = self.spec.source, self.spec.target
        module = self._module(workspace)
        if symbol.name not in module.bindings and _defines(module, new):
            return Skipped(f"{symbol.module} already calls it {new}")
        self._refuse(_unknown(module, symbol), "names-exist")
        found = sorted_out(symbol, new, references_to(workspace, symbol), self.spec.leaves)
        self._refuse(list(objections(found, module, workspace)), "references-are-certain")
        edits = tuple(
            Edit(path, source.encode(), workspace.read(path))
            for path, source in kept_sorted(found.texts(workspace), workspace).items()
        )
        self._refuse(list(self._faults(found, workspace.after(edits))), "nothing-is-left")
        return Planned(
            title=self.spec.title,
            edits=edits,
            members=self.spec.moved,
            lines=len({(one.path, one.line) for one in found.changed}),
            modules=(symbol.module,),
            checks=len(_ASKED),
            notes=_notes(found),
            asked=_ASKED,
        )

    def _module(self, workspace: Workspace) -> Module:
        path = workspace.path_of(self.spec.source.module)
        if path is None:
            known = [workspace.name_of(path) for path in workspace.python_files()]
            where = self.spec.place
            message = f"there is no module {self.spec.source.module!r}"
            instead = nearest(self.spec.source.module, known) or "check how it is spelt"
            self._refuse([Finding(where.path, where.line, message, instead)], "names-exist")
        return workspace.module_at(str(path))

    def _faults(self, renaming: Renaming, after: Workspace) -> list[Finding]:
        """Return what is wrong with the new texts: they must compile and mean the same."""
        faults = []
        for path in {one.path for one in renaming.changed if one.path.endswith(".py")}:
            raw = after.read(path) or b""
            try:
                compile(raw, path, "exec", dont_inherit=True)
            except (SyntaxError, ValueError) as error:
                faults.append(_fault(path, 1, f"the new text does not compile: {error}"))
        if faults:
            return faults
        new = ClassRef(renaming.symbol.module, renaming.new)
        changed = {(one.path, one.line) for one in renaming.changed if one.kind in _CODE}
        meant = {
            (one.path, one.line)
            for one in references_to(after, new)
            if one.standing == "sure" and one.exact and one.kind in _CODE
        }
        return [
            _fault(path, line, f"{renaming.new!r} would not mean {new} here")
            for path, line in sorted(changed - meant)
            if not _is_sorted_anew(path, line, changed, meant)
        ]

    def _refuse(self, findings: list[Finding], check: str) -> None:
        refuse(self.spec.id, (replace(finding, check=check) for finding in findings))


def _is_sorted_anew(
    path: str, line: int, changed: set[tuple[str, int]], meant: set[tuple[str, int]]
) -> bool:
    """Tell whether the place is found as often as before, on another line of the same list."""
    before = {each for each in changed - meant if each[0] == path}
    after = {each for each in meant - changed if each[0] == path}
    return (path, line) in before and len(before) == len(after)


def _unknown(module: Module, symbol: ClassRef) -> list[Finding]:
    binding = module.bindings.get(symbol.name)
    if binding is None:
        known = sorted(module.bindings)
        message = f"{symbol.module} has no top-level name {symbol.name!r}"
        instead = nearest(symbol.name, known) or "check how it is spelt"
        return [Finding(module.path, 1, message, instead)]
    if binding.alias is not None and binding.kind in ("import", "type-only"):
        message = f"{symbol.module} only imports {symbol.name!r}"
        instead = "name the module that defines it"
        return [Finding(module.path, binding.node.lineno, message, instead)]
    return []


def _defines(module: Module, name: str) -> bool:
    binding = module.bindings.get(name)
    return binding is not None and binding.alias is None


def _notes(renaming: Renaming) -> tuple[str, ...]:
    if not renaming.left:
        return ()
    places = sorted({f"{one.path}:{one.line}" for one in renaming.left})
    shown = ", ".join(places[:10]) + (f" and {len(places) - 10} more" if places[10:] else "")
    return (f"{renaming.symbol.name} is still spoken of, as text that nothing follows: {shown}",)


def _fault(path: str, line: int, message: str) -> Finding:
    return Finding(path, line, message, "this is a fault of carve: report it with both names")
