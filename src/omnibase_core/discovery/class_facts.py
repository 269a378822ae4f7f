"""What the source of a class says: which attributes it sets and what it hands on to `super()`."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

__all__ = ["ClassFacts", "facts_of"]

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """Facts about one class body, without what it inherits.

    Attributes:
        found: Whether there was a source to read.
        file: The file of the class.
        special: Double underscore names that its body defines.
        assigned: The line of the first `self.name = ...` by name.
        continued: Methods that call the same method of `super()`.
        init_call: The call of `super().__init__`.
        by_hand: Classes whose `__init__` the constructor calls by their name.
    """

    found: bool = False
    file: str = ""
    special: frozenset[str] = frozenset()
    assigned: dict[str, int] = field(default_factory=dict)
    continued: frozenset[str] = frozenset()
    init_call: ast.Call | None = None
    by_hand: frozenset[str] = frozenset()


@lru_cache(maxsize=512)
def facts_of(cls: type) -> ClassFacts:
    """Return what the source of a class says; nothing for a class without a source."""
    try:
        lines, first = inspect.getsourcelines(cls)
        body = ast.parse(textwrap.dedent("".join(lines))).body[0]
        file = inspect.getsourcefile(cls) or ""
    except (OSError, TypeError, SyntaxError, IndexError):
        return ClassFacts()
    if not isinstance(body, ast.ClassDef):
        return ClassFacts()
    functions = [node for node in ast.walk(body) if isinstance(node, _Function)]
    own = {node.name: node for node in body.body if isinstance(node, _Function)}
    assigned: dict[str, int] = {}
    for function in functions:
        for name, line in _assigned(function):
            assigned.setdefault(name, line + max(first, 1) - 1)
    init = own.get("__init__")
    return ClassFacts(
        found=True,
        file=file,
        special=frozenset(name for name in own if name.startswith("__")),
        assigned=assigned,
        continued=frozenset(name for name, node in own.items() if _super_call(node, name)),
        init_call=_super_call(init, "__init__") if init else None,
        by_hand=frozenset(_called_by_hand(init)) if init else frozenset(),
    )


def _assigned(function: _Function) -> Iterator[tuple[str, int]]:
    """Yield the attributes that a method sets on its first argument."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    if not arguments:
        return
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == arguments[0].arg
        ):
            yield node.attr, node.lineno


def _super_call(function: _Function, name: str) -> ast.Call | None:
    """Return the call of `super().name` in a method."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if node.func.attr == name and isinstance(owner, ast.Call):
                called = owner.func
                if isinstance(called, ast.Name) and called.id == "super":
                    return node
    return None


def _called_by_hand(function: _Function) -> Iterator[str]:
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "__init__"
            and isinstance(node.func.value, ast.Name | ast.Attribute)
        ):
            yield ast.unparse(node.func.value).rpartition(".")[2]
