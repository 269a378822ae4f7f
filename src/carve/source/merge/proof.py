"""Put the values and the hooks of a host back into merged code: it has to be what it was."""

import ast
import copy
from collections.abc import Collection, Iterable

from carve.source.members import Function
from carve.source.merge.hook import Hook
from carve.source.merge.places import Parameter
from carve.source.merge.scopes import rename

__all__ = ["is_faithful", "plain"]


def is_faithful(
    merged: Function,
    original: Function,
    number: int,
    names: dict[str, str],
    covers: "tuple[tuple[Parameter, ...], dict[str, tuple[Hook, Function]], Collection[str]]",
) -> bool:
    """Tell whether merged code comes to the original of host `number`.

    `names` are the locals of the first host by those of this one; `covers` are the parameters,
    the hooks with the methods that were written for this host, with its names for variables, and
    the parameters of functions that have got a default.
    """
    parameters, hooks, defaults = covers
    arguments = [*merged.args.posonlyargs, *merged.args.args]
    this = arguments[0].arg if arguments else ""
    tree = copy.deepcopy(merged)
    _shorten(tree, original, defaults)
    rename(tree, names)
    tree = _Filled(this, number, parameters, hooks).visit(tree)
    types = {p.annotation.name: dict(enumerate(p.values)) for p in parameters if p.annotation}
    expected = _Typed(types, number).visit(copy.deepcopy(original))
    tree.name = expected.name
    return plain(tree) == plain(expected)


def plain(node: ast.AST) -> str:
    """Return a text for code without docstrings, in which equal texts are written alike."""
    clean = _Plain().visit(copy.deepcopy(node))
    return ast.dump(clean)


def _shorten(tree: Function, original: Function, defaults: Collection[str]) -> None:
    """Take away the new defaults, and the parameters that the original does not have."""
    arguments = tree.args
    added = [argument for argument in arguments.args if argument.arg in defaults]
    if added and arguments.args[-len(added) :] == added:
        del arguments.defaults[-len(added) :]
        last = max(len(original.args.args), len(arguments.args) - len(added))
        del arguments.args[last:]


class _Filled(ast.NodeTransformer):
    """Replaces parameters by their values, and calls of hooks by their code."""

    def __init__(
        self,
        this: str,
        number: int,
        parameters: Iterable[Parameter],
        hooks: dict[str, tuple[Hook, Function]],
    ) -> None:
        self._this = this
        self._values = {p.name: p.values[number] for p in parameters}
        self._hooks = hooks
        self._number = number

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == self._this:
            known = self._values.get(node.attr)
            if known is not None and isinstance(node.ctx, ast.Load):
                return copy.deepcopy(known)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        found = self._called(node)
        if found is None or found[0].kind != "expression":
            return self.generic_visit(node)
        last = found[1].body[-1]
        value = last.value if isinstance(last, ast.Return) else None
        return copy.deepcopy(value) if value is not None else node

    def visit_Expr(self, node: ast.Expr) -> "ast.AST | list[ast.stmt]":
        found = self._called(node.value)
        if found is None or found[0].kind != "statement":
            return self.generic_visit(node)
        return copy.deepcopy(found[1].body[1:])

    def visit_Assign(self, node: ast.Assign) -> "ast.AST | list[ast.stmt]":
        found = self._called(node.value)
        if found is None or found[0].kind != "statement":
            return self.generic_visit(node)
        *body, last = found[1].body[1:]
        given = last.value if isinstance(last, ast.Return) else None
        same = given is not None and ast.unparse(given) == ast.unparse(node.targets[0])
        return copy.deepcopy(body) if same else node

    def visit_Return(self, node: ast.Return) -> "ast.AST | list[ast.stmt]":
        found = self._called(node.value)
        if found is None or found[0].kind != "return":
            return self.generic_visit(node)
        return copy.deepcopy(found[1].body[1:])

    def _called(self, node: ast.AST | None) -> tuple[Hook, Function] | None:
        """Return the hook that is called with exactly the names that it takes."""
        match node:
            case ast.Call(ast.Attribute(ast.Name(owner), name), arguments, []) if (
                owner == self._this and name in self._hooks
            ):
                hook, method = self._hooks[name]
                taken = [argument.arg for argument in method.args.args[1:]]
                given = [ast.unparse(argument) for argument in arguments]
                return (hook, method) if given == taken else None
            case _:
                return None


class _Typed(ast.NodeTransformer):
    """Writes the common type where an annotation has the value of a host."""

    def __init__(self, types: dict[str, dict[int, ast.expr]], number: int) -> None:
        self._types = {
            ast.dump(values[number]): ast.Name(name, ast.Load()) for name, values in types.items()
        }

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for field in ("annotation", "returns"):
            value = getattr(node, field, None)
            if isinstance(value, ast.expr):
                setattr(node, field, self._typed(value))
        return super().generic_visit(node)

    def _typed(self, node: ast.expr) -> ast.expr:
        known = self._types.get(ast.dump(node))
        if known is not None:
            return copy.deepcopy(known)
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                setattr(node, name, self._typed(value))
            elif isinstance(value, list):
                values = [self._typed(v) if isinstance(v, ast.expr) else v for v in value]
                setattr(node, name, values)
        return node


class _Plain(ast.NodeTransformer):
    """Drops docstrings, and joins the constants of texts."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def _function(self, node: Function) -> ast.AST:
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        node.kind = None
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        self.generic_visit(node)
        values: list[ast.expr] = []
        for part in node.values:
            text = _constant_text(part)
            last = values[-1] if values else None
            if text is None:
                values.append(part)
            elif isinstance(last, ast.Constant):
                values[-1] = ast.Constant(str(last.value) + text)
            elif text:
                values.append(ast.Constant(text))
        if all(isinstance(value, ast.Constant) for value in values):
            return values[0] if values else ast.Constant("")
        node.values = values
        return node


def _constant_text(part: ast.expr) -> str | None:
    if isinstance(part, ast.FormattedValue) and part.conversion == -1 and part.format_spec is None:
        part = part.value
    known = part.value if isinstance(part, ast.Constant) else None
    return known if isinstance(known, str) else None
