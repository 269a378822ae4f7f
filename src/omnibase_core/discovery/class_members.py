"""Finds members that several mixins define, and properties that somebody assigns."""

import inspect
from collections.abc import Iterator
from typing import Any, Final

from omnibase_core.discovery.class_composition import Composition
from omnibase_core.discovery.class_facts import facts_of
from omnibase_core.discovery.finding import Finding

__all__ = ["member_findings", "property_findings"]

# Python and pydantic put these into classes, or merge them.
_NO_MEMBERS: Final = frozenset(
    {"_abc_impl", "model_config", "model_fields", "_is_protocol", "_is_runtime_protocol"}
)
# Constructors have a check of their own; the others are made to be called in turn.
_CHAINED: Final = frozenset({"__init__", "__new__", "__init_subclass__", "__class_getitem__"})
_PLAIN: Final = (str, bytes, int, float, bool, tuple, frozenset, type(None))


def member_findings(
    composition: Composition, known: frozenset[tuple[type, type]] = frozenset()
) -> Iterator[Finding]:
    """Yield each name that unrelated mixins define or assign, and whose definition wins.

    `known` holds each mixin and other mixin where the first is written for the second: what it
    defines anew is meant to win.
    """
    defined: dict[str, list[type]] = {}
    assigned: dict[str, list[type]] = {}
    host = () if composition.host is None else (composition.host,)
    for cls in (*host, *composition.mixins):
        for name in _members(cls):
            defined.setdefault(name, []).append(cls)
        for name in facts_of(cls).assigned:
            assigned.setdefault(name, []).append(cls)
    for name, owners in sorted(defined.items()):
        rivals = [rival for rival in _rivals(name, owners) if (owners[0], rival) not in known]
        if rivals:
            yield _clash(name, owners[0], rivals)
    for name, owners in sorted(assigned.items()):
        if name not in defined and (rivals := _unrelated(owners)):
            yield _shared(name, owners[0], rivals)


def property_findings(composition: Composition) -> Iterator[Finding]:
    """Yield each assignment to a property without a setter, which fails when it is reached."""
    for cls in composition.own():
        facts = facts_of(cls)
        for name, line in facts.assigned.items():
            owner = next((each for each in composition.order if name in vars(each)), None)
            if owner is None or not _is_read_only(vars(owner)[name]):
                continue
            yield Finding(
                "property-assigned",
                "conflict",
                f"{cls.__name__} assigns self.{name}, a property without setter of "
                f"{owner.__name__}",
                (cls.__name__, owner.__name__),
                name,
                where=f"{facts.file}:{line}",
                instead=f"call the attribute something else, or override {name}",
            )


def _members(cls: type) -> list[str]:
    special = facts_of(cls).special - _CHAINED
    return [
        name
        for name in vars(cls)
        if name not in _NO_MEMBERS and (not name.startswith("__") or name in special)
    ]


def _rivals(name: str, owners: list[type]) -> list[type]:
    """Return the owners that are silenced by the first one without its knowing of them."""
    rivals = [
        rival
        for rival in _unrelated(owners)
        if not _same(vars(owners[0])[name], vars(rival)[name])
    ]
    chain = [owners[0], *rivals]
    in_turn = all(name in facts_of(cls).continued for cls in chain[:-1])
    return [] if in_turn else rivals


def _unrelated(owners: list[type]) -> list[type]:
    return [rival for rival in owners[1:] if not issubclass(owners[0], rival)]


def _same(one: object, other: object) -> bool:
    one, other = inspect.unwrap(_function(one)), inspect.unwrap(_function(other))
    return one is other or (type(one) is type(other) and isinstance(one, _PLAIN) and one == other)


def _function(member: object) -> Any:
    return getattr(member, "__func__", member)


def _is_read_only(member: object) -> bool:
    return isinstance(member, property) and member.fset is None


def _clash(name: str, winner: type, rivals: list[type]) -> Finding:
    losers = ", ".join(rival.__name__ for rival in rivals)
    return Finding(
        "name-conflict",
        "conflict",
        f"{name} is defined by {winner.__name__} and {losers}; {winner.__name__} wins",
        (winner.__name__, *(rival.__name__ for rival in rivals)),
        name,
        instead=f"define {name} in the class itself, or leave one of the mixins out",
    )


def _shared(name: str, first: type, rivals: list[type]) -> Finding:
    others = ", ".join(rival.__name__ for rival in rivals)
    return Finding(
        "shared-attribute",
        "note",
        f"self.{name} is assigned by {first.__name__} and {others}",
        (first.__name__, *(rival.__name__ for rival in rivals)),
        name,
    )
