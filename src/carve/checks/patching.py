"""Who replaces names of a module, and what becomes of such patches when code moves out of it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from carve.source.aliases import aliases, handed_out, loads
from carve.source.cut import Cut
from carve.source.module import Module
from carve.source.patches import ANY, Patch, patches
from carve.source.retarget import Aim, followed, held_back
from carve.workspace import Edit, Workspace

__all__ = ["Retargeted", "loading", "patched_files", "retarget"]


@dataclass(frozen=True, slots=True)
class Retargeted:
    """The files whose patches follow the code, and what is worth reading about them."""

    edits: tuple[Edit, ...] = ()
    notes: tuple[str, ...] = ()


def patched_files(workspace: Workspace, name: str) -> Iterator[tuple[Module, tuple[Patch, ...]]]:
    """Yield each file that can replace something in the module `name`, and what it replaces.

    A fixture of a conftest.py that hands the module out serves all files below.
    """
    paths = workspace.mentioning([name.rpartition(".")[2]])
    given: dict[str, frozenset[str]] = {}
    for path in paths:
        if path.endswith("conftest.py"):
            given[path] = handed_out(workspace.module_at(path), name)
    names = frozenset().union(*given.values())
    more = workspace.mentioning(names) if names else []
    for path in sorted({*paths, *more}):
        module = workspace.module_at(path)
        above = [
            fixtures
            for conftest, fixtures in given.items()
            if PurePosixPath(path).is_relative_to(PurePosixPath(conftest).parent)
        ]
        if path in paths or above:
            yield module, patches(module, name, frozenset().union(*above))


def loading(workspace: Workspace, name: str) -> Iterator[str]:
    """Yield a remark about each place that loads the module without an import."""
    for path in workspace.mentioning([name.rpartition(".")[2]]):
        for line, how in loads(workspace.module_at(path), name):
            yield f"{path}:{line} loads {name} {how}"


def retarget(cut: Cut, workspace: Workspace) -> Retargeted:
    """Return the files with each patch of what only moved code uses pointed at the mixin's module.

    Of one name all patches follow, or none does.
    """
    old = cut.module.name
    files = [
        (module, found)
        for module, found in patched_files(workspace, old)
        if module.path != cut.module.path and found
    ]
    used = cut.used.runtime | cut.used_by_helpers.runtime | cut.helper_names
    named = {patch.name for _, found in files for patch in found}
    names = (named & used) - cut.used_by_rest - _read_elsewhere(workspace, old)
    if ANY in named:
        names = set()
    while back := _held_back(files, Aim(old, cut.target.module, frozenset(names)), workspace):
        names -= back
    aim = Aim(old, cut.target.module, frozenset(names))
    edits = tuple(_edits(files, aim, workspace))
    told = [f"{each.path}: patches of {', '.join(sorted(names))} follow" for each in edits]
    left = sorted(named & used - names)
    told += [f"patches of {', '.join(left)} stay as they are"] if left else []
    return Retargeted(edits, tuple(told))


def _held_back(
    files: list[tuple[Module, tuple[Patch, ...]]], aim: Aim, workspace: Workspace
) -> frozenset[str]:
    return frozenset(
        patch.name
        for module, found in files
        for patch in held_back(module, found, aim, foreign=_foreign(module, workspace))
    )


def _edits(
    files: list[tuple[Module, tuple[Patch, ...]]], aim: Aim, workspace: Workspace
) -> Iterator[Edit]:
    for module, found in files:
        new = followed(module, found, aim, foreign=_foreign(module, workspace))
        if new.text != module.source.text:
            yield Edit(module.path, new.encode(), workspace.read(module.path))


def _foreign(module: Module, workspace: Workspace) -> frozenset[str]:
    """Return the texts of the file's top level that other files can take from it."""
    named = {
        name
        for name, binding in module.bindings.items()
        if isinstance(getattr(binding.node, "value", None), ast.Constant)
    }
    return frozenset(n for n in named if set(workspace.mentioning([n])) - {module.path})


def _read_elsewhere(workspace: Workspace, name: str) -> set[str]:
    """Return the names that code takes from the module while it runs, so that a patch counts."""
    found: set[str] = set()
    for path in workspace.mentioning([name.rpartition(".")[2]]):
        module = workspace.module_at(path)
        known = aliases(module, name)
        tops = {id(node) for node in module.tree.body}
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                found |= {node.attr} if ast.unparse(node.value) in known else set()
            elif isinstance(node, ast.ImportFrom) and id(node) not in tops:
                found |= _taken(module, node, name)
    return found


def _taken(module: Module, node: ast.ImportFrom, name: str) -> set[str]:
    return {each.name for each in node.names} if module.absolute(node) == name else set()
