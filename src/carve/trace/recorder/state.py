"""The attributes that an instance holds itself, read without running any code of its class."""

import types
from typing import Any

from .names import mro_of
from .once import Once

__all__ = ["slots_of", "state_of"]


def state_of(value: Any) -> list[tuple[str, Any]]:
    """Return the attributes of an instance: those of `__dict__` in its order, then slots."""
    try:
        own = object.__getattribute__(value, "__dict__")
    except (AttributeError, TypeError):
        own = {}
    found = list(own.items()) if type(own) is dict else []
    return [*found, *slots_of(value)]


def slots_of(value: Any) -> list[tuple[str, Any]]:
    """Return the slots of an instance that are filled, by name."""
    found = []
    for name, slot in _slots_in(type(value)):
        try:
            found.append((name, slot.__get__(value)))
        except (AttributeError, TypeError):
            continue
    return found


def _find_slots(cls: type) -> list[tuple[str, Any]]:
    found = [
        (name, slot)
        for each in mro_of(cls)
        for name, slot in vars(each).items()
        # Those of the interpreter itself hold addresses and the like.
        if isinstance(slot, types.MemberDescriptorType) and not name.startswith("__")
    ]
    return sorted(found, key=lambda pair: pair[0])


_slots_in = Once(_find_slots)
