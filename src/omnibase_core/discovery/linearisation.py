"""The order in which Python would look through base classes, or why there is none."""

import types
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["ImpossibleOrder", "linearise", "why_impossible"]

_Constraint = tuple[str, list[type]]


class ImpossibleOrder(Exception):  # noqa: N818 - says what it is; callers turn it into a finding
    """Bases that no class can have together; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """One class that somebody wants before another one."""

    before: type
    after: type
    reason: str

    def __str__(self) -> str:
        return f"{self.before.__name__} before {self.after.__name__} ({self.reason})"


def linearise(bases: Sequence[type]) -> list[type]:
    """Return the method resolution order below a class with `bases`, or raise ImpossibleOrder."""
    for base, times in Counter(bases).items():
        if times > 1:
            raise ImpossibleOrder(f"{base.__name__} is listed {times} times; list it once")
    _agree_on_a_metaclass(bases)
    waiting: list[_Constraint] = [
        *((f"{base.__name__} inherits in this order", list(base.__mro__)) for base in bases),
        ("the bases are listed in this order", list(bases)),
    ]
    order: list[type] = []
    while waiting := [(reason, rest) for reason, rest in waiting if rest]:
        following = _next(waiting)
        if following is None:
            raise ImpossibleOrder(_explained(waiting))
        order.append(following)
        for _, rest in waiting:
            if rest[0] is following:
                del rest[0]
    return order


def why_impossible(bases: Sequence[type]) -> str | None:
    """Return why no class can have `bases`; None if one can."""
    try:
        linearise(bases)
    except ImpossibleOrder as error:
        return str(error)
    return None


def _agree_on_a_metaclass(bases: Sequence[type]) -> None:
    try:
        types.prepare_class("Composition", tuple(bases))
    except TypeError as error:
        kinds = ", ".join(f"{base.__name__} is made by {type(base).__name__}" for base in bases)
        raise ImpossibleOrder(f"{error}: {kinds}") from error


def _next(waiting: list[_Constraint]) -> type | None:
    """Return the first class that nobody wants after another one."""
    return next((rest[0] for _, rest in waiting if _wish_against(rest[0], waiting) is None), None)


def _wish_against(cls: type, waiting: list[_Constraint]) -> _Wish | None:
    for reason, rest in waiting:
        if cls in rest[1:]:
            first = rest[0]
            derived = issubclass(first, cls)
            return _Wish(first, cls, f"it is derived from {cls.__name__}" if derived else reason)
    return None


def _explained(waiting: list[_Constraint]) -> str:
    """Return the circle of wishes that cannot all come true."""
    circle: dict[type, _Wish] = {}
    cls = waiting[0][1][0]
    while cls not in circle:
        wish = _wish_against(cls, waiting)
        if wish is None:
            break
        circle[cls] = wish
        cls = wish.before
    wishes = list(circle.values())[list(circle).index(cls) :]
    said = " and ".join(str(wish) for wish in reversed(wishes))
    listed = [wish for wish in wishes if "listed" in wish.reason]
    way_out = (
        f"; list {listed[0].after.__name__} before {listed[0].before.__name__}" if listed else ""
    )
    return f"there is no order of the classes: {said}{way_out}"
