"""A module as it is written: its tree, and what binds each of its top-level names."""

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from carve.source.parse import parse
from carve.source.text import Source

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Kind = Literal["import", "type-only", "conditional", "helper", "rebound"]


@dataclass(frozen=True, slots=True)
class Binding:
    """What binds one top-level name: an import, or a definition of the module itself."""

    name: str
    kind: Kind
    node: ast.stmt
    alias: ast.alias | None = None


@dataclass(frozen=True)
class Module:
    """One parsed module; `name` is its dotted name."""

    name: str
    source: Source

    @property
    def path(self) -> str:
        """Return the path of the file, relative to the repository."""
        return self.source.path

    @property
    def package(self) -> str:
        """Return the dotted name that relative imports of this module start from."""
        if self.path.endswith("__init__.py"):
            return self.name
        return self.name.rpartition(".")[0]

    @cached_property
    def tree(self) -> ast.Module:
        """Return the syntax tree, or refuse with the position of the syntax error."""
        return parse(self.source.path, self.source.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Return all nodes as `ast.walk` does; many checks ask, and it takes long."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def bindings(self) -> dict[str, Binding]:
        """Return each top-level name with what binds it; `rebound` where several things do."""
        found: dict[str, Binding] = {}
        for binding in _bindings(self.tree.body, conditional=None):
            known = found.get(binding.name)
            if known is not None:
                kind: Kind = "conditional" if known.kind == "conditional" else "rebound"
                binding = Binding(binding.name, kind, known.node, known.alias)  # noqa: PLW2901
            found[binding.name] = binding
        for name in _declared_global(self.tree):
            node = found[name].node if name in found else self.tree
            found[name] = Binding(name, "rebound", node)  # type: ignore[arg-type]
        return found

    @cached_property
    def star_imports(self) -> list[ast.ImportFrom]:
        """Return the `from x import *` statements at the top level."""
        return [
            node
            for node in self.nodes
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
        ]

    @cached_property
    def exported(self) -> frozenset[str]:
        """Return the names in a literal `__all__`; empty where there is none."""
        found: list[str] = []
        for node in self.tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(getattr(target, "id", None) == "__all__" for target in targets):
                    found += _strings(node.value)
        return frozenset(found)

    @property
    def futures(self) -> list[str]:
        """Return the names that the module imports from `__future__`; they are its dialect."""
        return [
            alias.name
            for node in self.tree.body
            if isinstance(node, ast.ImportFrom) and node.module == "__future__"
            for alias in node.names
        ]

    @property
    def postponed(self) -> bool:
        """Tell whether annotations are not evaluated (`from __future__ import annotations`)."""
        return "annotations" in self.futures

    def class_named(self, name: str) -> ast.ClassDef | None:
        """Return the top-level class `name`."""
        found = [node for node in self.classes() if node.name == name]
        return found[0] if len(found) == 1 else None

    def classes(self) -> list[ast.ClassDef]:
        """Return the classes at the top level, in order."""
        return [node for node in self.tree.body if isinstance(node, ast.ClassDef)]

    def taken_from(self, other: str) -> Iterator[tuple[str, int]]:
        """Yield each name that this module takes from the module `other`, with the line."""
        last = other.rpartition(".")[2]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and self.absolute(node) == other:
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in (last, other):
                yield node.attr, node.lineno
            elif isinstance(node, ast.Constant) and str(node.value).startswith(f"{other}."):
                yield str(node.value).removeprefix(f"{other}.").partition(".")[0], node.lineno

    def absolute(self, node: ast.ImportFrom) -> str:
        """Return the dotted module that `node` imports from, with its dots resolved."""
        if not node.level:
            return node.module or ""
        base = self._parts[: max(0, len(self._parts) - node.level + 1)]
        return ".".join([*base, node.module] if node.module else base)

    def leaves_tree(self, node: ast.ImportFrom) -> bool:
        """Tell whether the dots of the import lead above the top package: it always fails."""
        return node.level > len(self._parts)

    @property
    def _parts(self) -> list[str]:
        return self.package.split(".") if self.package else []


def is_type_checking(node: ast.stmt) -> bool:
    """Tell whether `node` is an `if TYPE_CHECKING:` block without an `else`."""
    if not isinstance(node, ast.If) or node.orelse:
        return False
    test = node.test
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", None)
    return name == "TYPE_CHECKING"


def full_name(module: Module, expression: ast.expr) -> str:
    """Return the dotted name of what the expression means, with its import followed one step.

    `overload` after `from typing import overload` is `typing.overload`; a builtin that nothing
    hides is `builtins.` and its name; what else the module binds starts with its own name.
    """
    text = ast.unparse(expression)
    first, dot, rest = text.partition(".")
    binding = module.bindings.get(first)
    if binding is None:
        return f"builtins.{text}" if hasattr(builtins, first) and not module.star_imports else text
    if binding.kind != "import" or binding.alias is None:
        return f"{module.name}.{text}"
    if isinstance(binding.node, ast.ImportFrom):
        return f"{module.absolute(binding.node)}.{binding.alias.name}{dot}{rest}"
    return f"{binding.alias.name}{dot}{rest}" if binding.alias.asname else text


def _bindings(body: list[ast.stmt], conditional: Kind | None) -> list[Binding]:
    found: list[Binding] = []
    for node in body:
        found += _bound_by(node, conditional)
        inner: Kind = "type-only" if is_type_checking(node) else "conditional"
        for block in _blocks(node):
            found += _bindings(block, conditional or inner)
    return found


def _blocks(node: ast.stmt) -> list[list[ast.stmt]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return []
    blocks = [getattr(node, field, []) for field in ("body", "orelse", "finalbody")]
    handlers = [handler.body for handler in getattr(node, "handlers", [])]
    cases = [case.body for case in getattr(node, "cases", [])]
    return [block for block in [*blocks, *handlers, *cases] if block]


def _bound_by(node: ast.stmt, conditional: Kind | None) -> list[Binding]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        kind: Kind = conditional or "import"
        return [
            Binding(alias.asname or alias.name.partition(".")[0], kind, node, alias)
            for alias in node.names
            if alias.name != "*"
        ]
    # Only an import can be repeated elsewhere under TYPE_CHECKING; what is made there cannot.
    own: Kind = "conditional" if conditional else "helper"
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [Binding(node.name, own, node)]
    if isinstance(node, ast.Delete | ast.AugAssign):
        own = "rebound"
    stored = [
        inner.id
        for inner in _own_expressions(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store | ast.Del)
    ]
    return [Binding(name, own, node) for name in stored]


def _own_expressions(node: ast.stmt) -> list[ast.AST]:
    """Return the expressions of the statement itself, not those of statements inside it."""
    todo: list[ast.AST] = [
        child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt)
    ]
    found: list[ast.AST] = []
    while todo:
        inner = todo.pop()
        if isinstance(inner, ast.stmt | ast.ExceptHandler | ast.match_case):
            continue
        found.append(inner)
        todo += ast.iter_child_nodes(inner)
    return found


def _declared_global(tree: ast.Module) -> set[str]:
    return {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}


def _strings(node: ast.expr) -> list[str]:
    return [
        inner.value
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
    ]
