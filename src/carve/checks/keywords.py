"""Tell who passes an argument by a name that merged members no longer have."""

import ast
from collections.abc import Iterable, Iterator

from carve.errors import Finding
from carve.source.members import Function
from carve.source.merge.comparison import Comparison
from carve.workspace import Workspace

__all__ = ["keywords_fit"]


def keywords_fit(
    found: Comparison, aliases: Iterable[dict[str, str]], workspace: Workspace
) -> Iterator[Finding]:
    """Yield each call that may pass a renamed parameter by its old name.

    `aliases` has for each host the old names of members with the new ones. A call counts
    whichever object it is made on, and one with `**` passes any name.
    """
    for number, known in enumerate(aliases):
        for pairing in found.pairings:
            lost = _lost(pairing.functions[0], pairing.functions[number])
            names = {pairing.member, *(o for o, new in known.items() if new == pairing.member)}
            yield from _calls(names, lost, workspace) if lost else ()


def _lost(first: Function, own: Function) -> set[str]:
    """Return the names of parameters that the first function does not have at their place."""
    pairs = zip(_positional(first), _positional(own), strict=False)
    return {other for name, other in pairs if name != other}


def _positional(function: Function) -> list[str]:
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def _calls(names: set[str], lost: set[str], workspace: Workspace) -> Iterator[Finding]:
    for path in workspace.mentioning(names):
        for node in ast.walk(workspace.module_at(path).tree):
            if not isinstance(node, ast.Call) or not _speaks_of(node, names):
                continue
            for keyword in node.keywords:
                if keyword.arg in lost or keyword.arg is None:
                    passed = f"{keyword.arg!r} by its name" if keyword.arg else "names with **"
                    yield Finding(
                        path,
                        node.lineno,
                        f"this passes {passed}, and the common member may call it otherwise",
                        "pass it by position, or give the parameters the same names first",
                    )


def _speaks_of(call: ast.Call, names: set[str]) -> bool:
    """Tell whether one of the members is called, or handed to what calls it."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.Constant) and node.value in names)
        for part in (call.func, *call.args)
        for node in ast.walk(part)
    )
