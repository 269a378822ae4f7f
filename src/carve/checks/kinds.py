"""Kinds of class that make something of their own members, and what each of them reads."""

import ast
from collections.abc import Iterable, Iterator

from carve.source.cut import Cut
from carve.source.members import HostClass, Member
from carve.source.module import full_name

__all__ = ["is_harmless", "kind_of", "read_members", "strange_decorators"]

_ANY = frozenset(
    {
        *("typing.final", "typing_extensions.final", "functools.total_ordering"),
        *("enum.unique",),
    }
)
# Says something to type checkers and leaves an attribute.
_MARKING = frozenset({"typing.dataclass_transform", "typing_extensions.dataclass_transform"})
_DATACLASS = frozenset({"dataclasses.dataclass"})
_ATTRS = frozenset({"attr.s", "attr.attrs", "attr.attributes", "attr.dataclass"})
_SLOTTED_ATTRS = frozenset(
    f"{module}.{name}" for module in ("attr", "attrs") for name in ("define", "mutable", "frozen")
)
# Keywords that change what is made of the fields, and do not look for other members.
_KEYWORDS = frozenset(
    {
        *("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only"),
        *("slots", "weakref_slot", "auto_attribs", "hash", "str"),
    }
)
_ENUMS = frozenset(
    f"enum.{name}" for name in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum")
)
_PYDANTIC = frozenset(
    {"pydantic.BaseModel", "pydantic.main.BaseModel", "pydantic_settings.BaseSettings"}
)


def kind_of(host: HostClass, unseen: Iterable[str]) -> str | None:
    """Return what the class is besides a plain one: `a dataclass`, `an enum`; else None.

    `unseen` are the classes outside of the tree that it descends from.
    """
    bases = frozenset(unseen)
    decorated = {full_name(host.module, _called(each)) for each in host.node.decorator_list}
    if decorated & _DATACLASS:
        return "a dataclass"
    if decorated & (_ATTRS | _SLOTTED_ATTRS):
        return "a class of attrs"
    if bases & _ENUMS:
        return "an enum"
    return "a model of pydantic" if bases & _PYDANTIC else None


def is_harmless(text: str) -> bool:
    """Tell whether carve knows what the outside class makes of the members below it."""
    return text in _ENUMS | _PYDANTIC


def strange_decorators(host: HostClass) -> Iterator[ast.expr]:
    """Yield the class decorators that may do anything, or that make a new class with slots."""
    for decorator in host.node.decorator_list:
        name = full_name(host.module, _called(decorator))
        keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
        if name in _MARKING or (name in _ANY and not isinstance(decorator, ast.Call)):
            continue
        makes_fields = name in _DATACLASS | _ATTRS | _SLOTTED_ATTRS and _is_known(keywords)
        if not makes_fields or _is_slotted(keywords, default=name in _SLOTTED_ATTRS):
            yield decorator


def read_members(cut: Cut, kind: str) -> Iterator[Member]:
    """Yield each moved member that a class of this kind reads from its own namespace.

    Of functions with names of their own it takes no notice, and finds them in a base as well.
    """
    for member in cut.members:
        special = member.name.startswith("__") or (
            member.name.startswith("_") and member.name.endswith("_")
        )
        special |= kind == "a model of pydantic" and member.name.startswith("model_")
        if special or len(member.functions) != len(member.nodes):
            yield member


def _is_known(keywords: list[ast.keyword]) -> bool:
    return all(each.arg in _KEYWORDS and isinstance(each.value, ast.Constant) for each in keywords)


def _is_slotted(keywords: list[ast.keyword], *, default: bool) -> bool:
    given = {each.arg: getattr(each.value, "value", True) for each in keywords}
    return bool(given.get("slots", default) or given.get("weakref_slot"))


def _called(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator
