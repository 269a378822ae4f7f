"""What a piece of a class does with the instance that it belongs to."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from carve.source.attributes import Attribute
from carve.source.members import Function, HostClass, Member, header
from carve.source.names import BUILTINS
from carve.suggest.words import identifiers, stem, words_of

__all__ = ["Use", "uses_of_member", "uses_of_value", "words_within"]

_BY_NAME = frozenset({"getattr", "setattr", "hasattr", "delattr"})
# What something is called says more than what it mentions.
_OWN_NAME = 3
_THIS = frozenset({"self", "cls"})


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """One name of the instance, and what is done with it."""

    target: str
    relation: Literal["calls", "reads", "writes"]


def uses_of_member(host: HostClass, member: Member) -> Counter[Use]:
    """Return what the member does with the instance or its class, nested functions included."""
    found: Counter[Use] = Counter()
    for node in member.nodes:
        if not isinstance(node, Function):
            # The body of the class sees its other names as plain ones.
            found.update(_plain(host, [node]))
            continue
        found.update(_plain(host, header(node)))
        found.update(_uses([node], _instance(node) | {host.name}))
    return found


def uses_of_value(host: HostClass, attribute: Attribute) -> Counter[Use]:
    """Return what the value of an attribute needs of the instance that is being built."""
    init, value = host.init, attribute.node.value
    if init is None or value is None or not init.args.args:
        return Counter()
    return Counter(_uses([value], {init.args.args[0].arg, host.name}))


def words_within(name: str, nodes: Iterable[ast.AST]) -> Counter[str]:
    """Return the words of the code's identifiers, those of its own name threefold.

    What it uses of its instance is left out: that is what the edges tell.
    """
    found = Counter({stem(word): _OWN_NAME for word in words_of(name)})
    for node in nodes:
        for identifier in identifiers(node, _THIS):
            if identifier not in BUILTINS:
                found.update(stem(word) for word in words_of(identifier))
    return found


def _instance(node: Function) -> set[str]:
    arguments = [*node.args.posonlyargs, *node.args.args]
    static = any(getattr(mark, "id", None) == "staticmethod" for mark in node.decorator_list)
    return {arguments[0].arg} if arguments and not static else set()


def _plain(host: HostClass, nodes: Iterable[ast.AST]) -> Iterator[Use]:
    for node in nodes:
        for inner in ast.walk(node):
            match inner:
                case ast.Name(id=name, ctx=ast.Load()) if name in host.members:
                    yield Use(name, "reads")


def _uses(nodes: Iterable[ast.AST], owners: set[str]) -> Iterator[Use]:
    for node in nodes:
        called = {id(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}
        changed = {id(part) for inner in ast.walk(node) for part in _changed(inner)}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and _is_owner(inner.value, owners):
                if id(inner) in changed or not isinstance(inner.ctx, ast.Load):
                    yield Use(inner.attr, "writes")
                else:
                    yield Use(inner.attr, "calls" if id(inner) in called else "reads")
            elif isinstance(inner, ast.Call):
                yield from _by_name(inner, owners)


def _is_owner(node: ast.expr, owners: set[str]) -> bool:
    """Tell `self`, `cls`, the class by name, `type(self)` and `self.__class__`."""
    match node:
        case ast.Name(id=name):
            return name in owners
        case ast.Call(func=ast.Name(id="type"), args=[inner]):
            return _is_owner(inner, owners)
        case ast.Attribute(value=inner, attr="__class__"):
            return _is_owner(inner, owners)
        case _:
            return False


def _changed(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what `x[key] = value`, `x[key] += value` and `del x[key]` change: the x."""
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        yield node.value


def _by_name(call: ast.Call, owners: set[str]) -> Iterator[Use]:
    """Yield the attribute that `getattr(self, "name")` and its like mean."""
    match call:
        case ast.Call(
            func=ast.Name(id=asked), args=[owner, ast.Constant(value=str(name)), *_]
        ) if asked in _BY_NAME and _is_owner(owner, owners):
            yield Use(name, "writes" if asked in ("setattr", "delattr") else "reads")
