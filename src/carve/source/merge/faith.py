"""Prove that merged code is what each host had: values and hooks put back give the original."""

import ast
import copy
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.members import Function, HostClass
from carve.source.merge.comparison import Comparison
from carve.source.merge.hook import Hook
from carve.source.merge.proof import is_faithful
from carve.source.merge.scopes import rename
from carve.source.merge.stage import Staged

__all__ = ["unfaithful"]


def unfaithful(found: Comparison, staged: tuple[Staged, ...]) -> Iterator[Finding]:
    """Yield each member that would not do the same as before, and whatever else has changed."""
    for number, each in enumerate(staged):
        yield from _members(found, number, each)
        yield from _rest(found, number, each)


def _members(found: Comparison, number: int, staged: Staged) -> Iterator[Finding]:
    hooks = _hooks(found, number, staged)
    merged: dict[str, list[Function]] = {}
    for name in staged.moving:
        merged[name] = list(staged.host.members[name].functions)
    for pairing in found.pairings:
        tree = merged[pairing.member].pop(0)
        original = pairing.functions[number]
        added = [place.cover[0] for place in pairing.places if place.kind == "default"]
        covers = found.parameters, hooks, added
        if not is_faithful(tree, original, number, pairing.names[number], covers):
            message = (
                f"with the values of {staged.host.name} put back, {pairing.member!r} is not the "
                "code that it was"
            )
            yield _finding(found, number, original.lineno, message)


def _hooks(found: Comparison, number: int, staged: Staged) -> dict[str, tuple[Hook, Function]]:
    """Return the hooks as they were written, with the variables as this host calls them."""
    written: dict[str, tuple[Hook, Function]] = {}
    for hook in found.hooks:
        method = copy.deepcopy(staged.host.members[hook.name].functions[0])
        model, own = hook.sides[hook.source_for(number)], hook.sides[number]
        names = dict(zip(model.variables, own.variables, strict=True))
        others = {getattr(node, "id", None) for node in ast.walk(method)} - set(names)
        # Were two names to become one, the outcome would prove nothing.
        if not others & set(names.values()):
            rename(method, names)
        written[hook.name] = hook, method
    return written


def _rest(found: Comparison, number: int, staged: Staged) -> Iterator[Finding]:
    """Yield a finding when anything but the members has changed, new names apart."""
    before, after = found.hosts[number], staged.host
    new = {*staged.added, *(hook.name for hook in found.hooks)}
    members = {pairing.member for pairing in found.pairings} | set(staged.moving)
    kept = [n for n in before.members if n not in members | new]
    if kept != [n for n in after.members if n not in members | new] or any(
        _dumps(before, name) != _dumps(after, name) for name in kept
    ):
        yield _finding(found, number, before.node.lineno, "a member that stays would change")
    if _around(before) != _around(after):
        yield _finding(found, number, 1, "code outside of the class would change")


def _dumps(host: HostClass, name: str) -> list[str]:
    return [ast.dump(node) for node in host.members[name].nodes]


def _around(host: HostClass) -> list[str]:
    """Return the module without the class and without its imports."""
    skipped = (ast.Import, ast.ImportFrom)
    return [
        ast.dump(node)
        for node in host.module.tree.body
        if node is not host.node and not isinstance(node, skipped)
    ]


def _finding(found: Comparison, number: int, line: int, message: str) -> Finding:
    path = found.hosts[number].module.path
    instead = "this is a fault of carve: report it with the classes and the members"
    return Finding(path, line, message, instead)
