"""The host is of a kind that carve knows: a new base can neither add a field nor run code.

The host is a class of a known kind, so that one more base neither adds a field nor runs code.
Refused are class decorators that carve does not know, type parameters, an `__init_subclass__`
of a base, metaclasses that look at what a class is made of, and bases that carve cannot see: those
outside of the tree, but for classes of the standard library that do not look either.

A dataclass, a class of attrs, an enum and a model of pydantic make something of their fields:
of those only methods and properties move. Where the decorator makes a new class with slots,
nothing does. A mixin of a class with `__slots__` gets empty ones.

```python
from dataclasses import dataclass


@dataclass
class OrderStore:
    limit: int = 10  # stays: the decorator reads it from this very class

    def summary(self) -> str:  # may move
        return f"at most {self.limit}"


@dataclass(slots=True)
class SlottedStore:  # is made a second time, with slots: refused
    limit: int = 10
```
"""

import ast
import builtins
import re
from collections.abc import Iterator

from carve.checks.kinds import is_harmless, kind_of, read_members, strange_decorators
from carve.checks.library import is_quiet
from carve.checks.metaclasses import hands_on
from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.members import HostClass
from carve.source.module import full_name
from carve.workspace import Workspace

# Outside classes that do nothing when they are subclassed.
_PLAIN = frozenset(
    {
        *("builtins.object", "abc.ABC", "typing.Generic"),
        *(f"builtins.{name}" for name in ("str", "int", "float", "bytes", "dict", "list")),
        *(f"builtins.{name}" for name in ("set", "frozenset", "tuple")),
        *(
            f"builtins.{name}"
            for name, value in vars(builtins).items()
            if isinstance(value, type) and issubclass(value, BaseException)
        ),
    }
)
# These take no other base beside them, but what descends from a class of theirs does.
_ALONE = frozenset({"typing.NamedTuple", "typing.Protocol", "typing_extensions.Protocol"})
_METACLASSES = frozenset({"abc.ABCMeta", "enum.EnumMeta", "enum.EnumType"})
_HEADER = re.compile(r"class[ \t]+[^\s(:\\#]+[ \t]*[(:]")


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each thing that makes the class, or a class it inherits from, more than plain."""
    lineage, unseen = workspace.lineage(cut.host)
    yield from _unknown(cut, unseen)
    for decorator in strange_decorators(cut.host):
        yield _finding(
            cut.host,
            f"{cut.host.name} has a class decorator, @{ast.unparse(decorator)}, which may read "
            "or replace its members",
            "take apart a class without one; this kind of class is not supported yet",
        )
    yield from (*_read(cut, kind_of(cut.host, unseen)), *_shared(cut))
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
        yield from _special(owner, cut.host, workspace)


def _unknown(cut: Cut, unseen: list[str]) -> Iterator[Finding]:
    """Yield each base outside of the tree that may do something with what is below it."""
    direct = {full_name(cut.module, _plain(base)) for base in cut.host.node.bases}
    for text in unseen:
        known = text in _PLAIN | (_ALONE - direct) or is_harmless(text)
        if not known and not is_quiet(text):
            yield _finding(
                cut.host,
                f"{cut.host.name} descends from {text}, which carve cannot see",
                "name the base by a plain import from this tree; its metaclass and its slots "
                "decide whether a mixin is safe",
            )


def _shared(cut: Cut) -> Iterator[Finding]:
    """Yield a class with slots whose mixin other classes, with or without slots, get as well."""
    if cut.is_slotted and not cut.reaches:
        yield _finding(
            cut.host,
            f"{cut.host.name} has __slots__, and the mixin is to serve other classes as well",
            "take the members out of this class by themselves",
        )


def _read(cut: Cut, kind: str | None) -> Iterator[Finding]:
    """Yield each moved part that a class of this kind makes something of."""
    lines = [(m.name, m.line) for m in read_members(cut, kind)] if kind else []
    lines += [(each.name, each.line) for each in cut.attributes] if kind else []
    for name, line in lines:
        yield Finding(
            cut.module.path,
            line,
            f"{cut.host.name} is {kind}, which reads {name!r} when it is made",
            "move only its methods and properties; fields and special methods stay",
        )


def _special(owner: HostClass, host: HostClass, workspace: Workspace) -> Iterator[Finding]:
    for keyword in owner.node.keywords:
        name = full_name(owner.module, keyword.value)
        if keyword.arg == "metaclass" and hands_on(owner.module, keyword.value, workspace):
            continue
        if keyword.arg != "metaclass" or name not in _METACLASSES:
            yield _finding(
                owner,
                f"{owner.name} is made with {keyword.arg}=, and {ast.unparse(keyword.value)} may "
                "look at what the class is made of: a base more, members less",
                "this kind of class is not supported yet",
            )
    if "__slots__" in owner.conditional:
        yield _finding(
            owner,
            f"{owner.name} sets __slots__ by more than one plain assignment",
            "assign it once",
        )
    names = {"__init_subclass__", "__class_getitem__", "__mro_entries__"}
    # Its own is called for classes below it, which the mixin is not.
    for name in sorted(names - ({"__init_subclass__"} if owner.node is host.node else set())):
        if name in owner.members:
            yield _finding(
                owner,
                f"{owner.name} defines {name}, which a new base would change or trigger",
                "this kind of class is not supported yet",
            )


def _plain(base: ast.expr) -> ast.expr:
    return base.value if isinstance(base, ast.Subscript) else base


def _finding(owner: HostClass, message: str, instead: str) -> Finding:
    return Finding(owner.module.path, owner.node.lineno, message, instead)
