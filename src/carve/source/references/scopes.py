"""Which scope each name of a module belongs to, and what binds it there."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Binder", "Scope", "Scopes"]

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Kind = Literal["module", "class", "function", "comprehension"]


@dataclass(frozen=True, slots=True)
class Binder:
    """One thing that binds a name.

    Attributes:
        node: The name, alias, argument or definition.
        statement: The import statement of an alias.
        value: What is assigned, where it is one plain value.
        where: The scope that the binder is written in.
    """

    node: ast.AST
    statement: ast.Import | ast.ImportFrom | None = None
    value: ast.expr | None = None
    where: "Scope | None" = None


@dataclass(eq=False, slots=True)
class Scope:
    """The names that a module, class, function or comprehension binds itself."""

    kind: _Kind
    node: ast.AST
    parent: "Scope | None" = None
    bound: dict[str, list[Binder]] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)

    @property
    def top(self) -> "Scope":
        """Return the scope of the module."""
        return self if self.parent is None else self.parent.top

    def owner_of(self, name: str) -> "Scope | None":
        """Return the scope in which code that stands here finds `name`; None for a builtin."""
        if self.declared.get(name) == "global":
            return self.top if name in self.top.bound else None
        if name in self.bound and name not in self.declared:
            return self
        above = self.parent
        while above is not None:
            hidden = above.kind == "class" or name in above.declared
            if not hidden and name in above.bound:
                return above
            if above.declared.get(name) == "global":
                return above.top if name in above.top.bound else None
            above = above.parent
        return None


class Scopes:
    """The scopes of one module, and the scope in which each of its nodes is evaluated."""

    def __init__(self, tree: ast.Module) -> None:
        """Walk the tree once."""
        self.top = Scope("module", tree)
        self.every = [self.top]
        self._where: dict[int, Scope] = {}
        _Walk(self, self._where).run(tree)

    def at(self, node: ast.AST) -> Scope:
        """Return the scope in which the node is evaluated."""
        return self._where.get(id(node), self.top)


class _Walk(ast.NodeVisitor):
    def __init__(self, scopes: Scopes, where: dict[int, Scope]) -> None:
        self._scopes = scopes
        self._where = where
        self._scope = scopes.top
        self._values: dict[int, ast.expr] = {}

    def run(self, tree: ast.Module) -> None:
        self.visit(tree)
        for scope in self._scopes.every:
            for name, word in scope.declared.items():
                _hand_over(scope, name, word)

    def visit(self, node: ast.AST) -> None:
        self._where[id(node)] = self._scope
        super().visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._bind(node.id, node, value=self._values.get(id(node)))

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._values[id(target)] = node.value
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._values[id(node.target)] = node.value
        self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        scope = self._scope
        while self._scope.kind == "comprehension" and self._scope.parent is not None:
            self._scope = self._scope.parent
        self._values[id(node.target)] = node.value
        self.visit(node.target)
        self._scope = scope

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._bind(alias.asname or alias.name.partition(".")[0], alias, node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name != "*":
                self._bind(alias.asname or alias.name, alias, node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._all([*node.args.defaults, *node.args.kw_defaults])
        with_arguments = self._enter("function", node)
        self._arguments(node.args)
        self.visit(node.body)
        self._scope = with_arguments

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name, node)
        self._all(node.decorator_list)
        outer = self._type_parameters(node)
        self._all([*node.bases, *node.keywords])
        self._enter("class", node)
        self._all(node.body)
        self._scope = outer

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._bind(node.name, node)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self._bind(node.name, node)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self._bind(node.name, node)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self._bind(node.rest, node)
        self.generic_visit(node)

    def visit_Global(self, node: ast.Global) -> None:
        self._scope.declared |= dict.fromkeys(node.names, "global")

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self._scope.declared |= dict.fromkeys(node.names, "nonlocal")

    def visit_ListComp(self, node: Any) -> None:
        # Python evaluates the first iterable outside of the comprehension.
        self.visit(node.generators[0].iter)
        outer = self._enter("comprehension", node)
        for index, generator in enumerate(node.generators):
            self._where[id(generator)] = self._scope
            self._all([generator.target, *([generator.iter] if index else []), *generator.ifs])
        self._all(getattr(node, name, None) for name in ("elt", "key", "value"))
        self._scope = outer

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp  # noqa: N815 - the names that ast calls

    def visit_FunctionDef(self, node: _Function) -> None:
        self._bind(node.name, node)
        self._all(node.decorator_list)
        self._all([*node.args.defaults, *node.args.kw_defaults])
        outer = self._type_parameters(node)
        self._all([argument.annotation for argument in _arguments(node.args)])
        self._all([node.returns])
        self._enter("function", node)
        self._arguments(node.args)
        self._all(node.body)
        self._scope = outer

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - the names that ast calls

    def _type_parameters(self, node: ast.AST) -> Scope:
        """Enter the scope of `[T]` where there is one; return the one to come back to."""
        parameters = getattr(node, "type_params", [])
        outer = self._scope
        if parameters:
            self._enter("function", node)
            for parameter in parameters:
                self._bind(parameter.name, parameter)
                self.generic_visit(parameter)
        return outer

    def _arguments(self, arguments: ast.arguments) -> None:
        for argument in _arguments(arguments):
            self._where[id(argument)] = self._scope
            self._bind(argument.arg, argument)

    def _enter(self, kind: _Kind, node: ast.AST) -> Scope:
        outer = self._scope
        self._scope = Scope(kind, node, outer)
        self._scopes.every.append(self._scope)
        return outer

    def _all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def _bind(
        self,
        name: str,
        node: ast.AST,
        statement: ast.Import | ast.ImportFrom | None = None,
        value: ast.expr | None = None,
    ) -> None:
        self._where[id(node)] = self._scope
        binder = Binder(node, statement, value, self._scope)
        self._scope.bound.setdefault(name, []).append(binder)


def _arguments(arguments: ast.arguments) -> Iterator[ast.arg]:
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (one for one in (arguments.vararg, arguments.kwarg) if one is not None)


def _hand_over(scope: Scope, name: str, word: str) -> None:
    """Give what binds a global or nonlocal name to the scope that the name belongs to."""
    binders = scope.bound.pop(name, [])
    owner: Scope | None = scope.top
    if word == "nonlocal":
        owner = scope.parent.owner_of(name) if scope.parent is not None else None
    if owner is not None and owner is not scope and binders:
        owner.bound.setdefault(name, []).extend(binders)
