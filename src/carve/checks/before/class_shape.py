"""The host is a plain class: a new base can neither add a field nor run code of its own."""

import re
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.members import HostClass
from carve.workspace import Workspace

# Outside classes that do nothing when they are subclassed.
_PLAIN = frozenset(
    {
        *("builtins.object", "abc.ABC", "typing.Generic", "builtins.Exception"),
        *("builtins.ValueError", "builtins.RuntimeError"),
    }
)
_HEADER = re.compile(r"class[ \t]+[^\W\d]\w*[ \t]*[(:]")


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each thing that makes the class, or a class it inherits from, more than plain."""
    lineage, unseen = workspace.lineage(cut.host)
    for text in unseen:
        if text not in _PLAIN:
            yield _finding(
                cut.host,
                f"{cut.host.name} descends from {text}, which carve cannot see",
                "name the base by a plain import from this tree; its metaclass and its slots "
                "decide whether a mixin is safe",
            )
    if cut.host.node.decorator_list:
        yield _finding(
            cut.host,
            f"{cut.host.name} has a class decorator, which may read or replace its members",
            "take apart a class without one; this kind of class is not supported yet",
        )
    if getattr(cut.host.node, "type_params", []):
        yield _finding(
            cut.host,
            f"{cut.host.name} has type parameters, which moved code could not name",
            "this kind of class is not supported yet",
        )
    if cut.module.bindings[cut.host.name].kind != "helper":
        yield _finding(
            cut.host,
            f"the name {cut.host.name} is bound more than once in this module",
            "give the class a name that nothing else binds",
        )
    if not _HEADER.match(cut.module.source.lines[cut.host.node.lineno - 1]):
        yield _finding(
            cut.host,
            f"the class statement of {cut.host.name} is broken off with a backslash",
            "put the name and what follows it on one line",
        )
    for owner in lineage:
        yield from _special(owner)


def _special(owner: HostClass) -> Iterator[Finding]:
    for keyword in owner.node.keywords:
        if not (keyword.arg == "metaclass" and _is_abc(keyword.value)):
            yield _finding(
                owner,
                f"{owner.name} is made with {keyword.arg}=, which may treat a new base specially",
                "this kind of class is not supported yet",
            )
    for name in ("__slots__", "__init_subclass__", "__class_getitem__", "__mro_entries__"):
        if name in owner.members:
            yield _finding(
                owner,
                f"{owner.name} defines {name}, which a new base would change or trigger",
                "this kind of class is not supported yet",
            )


def _is_abc(value: object) -> bool:
    return (getattr(value, "attr", None) or getattr(value, "id", None)) == "ABCMeta"


def _finding(owner: HostClass, message: str, instead: str) -> Finding:
    return Finding(owner.module.path, owner.node.lineno, message, instead)
