"""By which names the files of a tree speak of a class."""

import ast
from dataclasses import dataclass

from carve.source.cut import Cut
from carve.source.module import Module
from carve.workspace import Workspace

__all__ = ["Spelling", "spellings"]


@dataclass(frozen=True)
class Spelling:
    """A file that may speak of the class, with the names that mean it there."""

    module: Module
    names: frozenset[str]
    attribute: str

    def means(self, node: ast.AST) -> bool:
        """Tell whether the expression is the class: `God`, `pkg.god.God`, or an alias."""
        if isinstance(node, ast.Subscript):
            node = node.value
        if isinstance(node, ast.Attribute):
            return node.attr == self.attribute
        return isinstance(node, ast.Name) and node.id in self.names


def spellings(cut: Cut, workspace: Workspace) -> list[Spelling]:
    """Return every file with a name of the class, aliases of its importers included.

    A file that defines a class of this name itself does not mean this one.
    """
    known = {cut.host.name}
    found: dict[str, Spelling] = {}
    todo = {cut.host.name}
    while todo:
        paths = workspace.mentioning(todo)
        todo = set()
        for path in paths:
            module = workspace.module_at(path)
            names = _names(module, cut, known)
            todo |= _offered(module, names) - known
            found[path] = Spelling(module, frozenset(names), cut.host.name)
        known |= todo
    return [found[path] for path in sorted(found)]


def _names(module: Module, cut: Cut, known: set[str]) -> set[str]:
    own = module.path == cut.module.path
    defined = {node.name for node in module.classes()} if not own else set()
    names = {name for name in known if name not in defined}
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom):
            names |= {a.asname for a in node.names if a.asname and a.name in known}
        elif isinstance(node, ast.Assign) and _is_class(node.value, names, cut.host.name):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _offered(module: Module, names: set[str]) -> set[str]:
    """Return the aliases that other files can import from this one."""
    return names & set(module.bindings)


def _is_class(node: ast.expr, names: set[str], attribute: str) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == attribute
    return isinstance(node, ast.Name) and node.id in names
