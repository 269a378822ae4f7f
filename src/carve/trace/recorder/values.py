"""Values as plain data, by their types alone: no `__repr__`, `__eq__` or property is called.

What is new in every run (ids, addresses, folders, the clock) is masked here and nowhere else.
"""

import collections
import datetime as dt
import enum
import json
import types
import weakref
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Any

from .coded import held_in_c, memory_of
from .leaves import leaf_of
from .names import is_mock, mock_name, mro_of
from .texts import Texts

__all__ = ["Values", "slots_of", "state_of"]

_DEEPEST = 5
_WIDEST = 40
_MOST = 400  # nodes of one value
_OF_TEST = 60_000  # nodes of all values of a test; when many are used, each gets fewer
_SHARE = 100
_FEWEST = 4
_SEQUENCES: tuple[Any, ...] = (list, tuple, set, frozenset, collections.deque)
_slots: dict[int, tuple[Callable[[], Any], list[tuple[str, Any]]]] = {}
_PLAIN = (str, int, float)
_SIZED = (*_SEQUENCES, dict)
_SIMPLE = (bool, int, float, str, bytes, enum.Enum, dt.date)


class Values:
    """Makes plain data; an instance of a class that `stands` accepts is told by its name alone."""

    def __init__(self, texts: Texts, stands: Callable[[type], bool]) -> None:
        """Take what masks texts, and which classes are described elsewhere."""
        self.texts = texts
        self._stands = stands
        self._left = _OF_TEST

    def forget(self) -> None:
        """Begin a test: its ids are numbered anew, and it has all nodes to itself."""
        self.texts.forget()
        self._left = _OF_TEST

    def plain(self, value: Any) -> Any:
        """Return data that JSON can hold."""
        if value is None:
            return None
        made = leaf_of(type(value)) if _is_one_of(type(value), _PLAIN) else None
        if made is not None:  # as most attributes are: there is nothing to walk
            self._left -= 1
            return made(value, self.texts)
        most = min(_MOST, max(_FEWEST, self._left // _SHARE))
        walk = _Walk(self.texts, self._stands, most)
        try:
            return walk.value(value, 0)
        except Exception:  # noqa: BLE001 - nothing here may reach the code that is traced
            return f"<{type(value).__name__} that cannot be read>"
        finally:
            self._left -= most - walk.left

    def state(self, value: Any) -> dict[str, Any]:
        """Return the attributes of an instance: those of `__dict__` in its order, then slots."""
        return {str(key): self.plain(state) for key, state in state_of(value)}

    def outline(self, value: Any) -> dict[str, Any]:
        """Return the attributes of an instance; of those that hold others only type and size."""
        return {str(key): self._outlined(state) for key, state in state_of(value)}

    def _outlined(self, value: Any) -> Any:
        if value is None or issubclass(type(value), _SIMPLE):
            return self.plain(value)
        size = type(value).__len__(value) if _is_one_of(type(value), _SIZED) else None
        return f"<{type(value).__name__}{'' if size is None else f' of {size}'}>"


def _is_one_of(cls: type, kinds: tuple[type, ...]) -> bool:
    # The metaclass of a class may say that it equals whatever it likes.
    return type(cls) is type and cls in kinds


def state_of(value: Any) -> list[tuple[str, Any]]:
    """Return the attributes that an instance holds itself, in `__dict__` or in slots."""
    try:
        own = object.__getattribute__(value, "__dict__")
    except (AttributeError, TypeError):
        own = {}
    found = list(own.items()) if type(own) is dict else []
    return [*found, *sorted(slots_of(value), key=_by_name)]


def slots_of(value: Any) -> list[tuple[str, Any]]:
    """Return the slots of an instance that are filled."""
    found = []
    for name, slot in _slots_in(type(value)):
        try:
            found.append((name, slot.__get__(value)))
        except (AttributeError, TypeError):
            continue
    return found


def _slots_in(cls: type) -> list[tuple[str, Any]]:
    known = _slots.get(id(cls))
    if known is None or known[0]() is not cls:  # the id may be that of a class that is gone
        found = [
            (name, slot)
            for each in mro_of(cls)
            for name, slot in vars(each).items()
            # Those of the interpreter itself hold addresses and the like.
            if isinstance(slot, types.MemberDescriptorType) and not name.startswith("__")
        ]
        known = _slots[id(cls)] = (weakref.ref(cls), found)
    return known[1]


class _Walk:
    """One value, with what is left of its budget."""

    def __init__(self, texts: Texts, stands: Callable[[type], bool], most: int) -> None:
        self._texts = texts
        self._stands = stands
        self.left = most
        self._open: set[int] = set()

    def value(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if value is None or value is True or value is False:
            return value
        # What `__class__` says is no concern: a mock with a spec is not what it stands for.
        cls = type(value)
        made = None if _is_one_of(cls, _SIZED) else leaf_of(cls)
        if made is not None:
            return made(value, self._texts)
        if self.left < 0:
            return f"<{cls.__name__}, deeper>"
        told = self._by_name_alone(value, depth)
        if told:
            return told
        self._open.add(id(value))
        try:
            return self._whole(value, type(value).__name__, depth + 1)
        except RuntimeError:  # another thread changes it right now
            return f"<{type(value).__name__} while it changed>"
        finally:
            self._open.discard(id(value))

    def _by_name_alone(self, value: Any, depth: int) -> str:
        name = type(value).__name__
        if is_mock(value):
            return f"<mock {mock_name(value)}>"
        if self._stands(type(value)):
            return f"<{name}>"
        if id(value) in self._open:
            return f"<cycle {name}>"
        return f"<{name}, deeper>" if depth >= _DEEPEST else ""

    def _whole(self, value: Any, name: str, depth: int) -> Any:
        if issubclass(type(value), dict):
            return self._mapping(value, name, depth)
        for kind in _SEQUENCES:
            if issubclass(type(value), kind):
                plain = self._many(kind.__iter__(value), kind.__len__(value), depth)
                if kind in (set, frozenset):
                    plain = sorted(plain, key=json.dumps)
                return plain if type(value) is list else {f"({name})": plain}
        pairs = held_in_c(value) or sorted(state_of(value), key=_by_name) or memory_of(value)
        if issubclass(type(value), BaseException):
            pairs = [*_raised(value), *pairs]
        return {f"({name})": self._pairs(pairs, depth)} if pairs else f"<{name}>"

    def _mapping(self, value: Any, name: str, depth: int) -> Any:
        ordered = issubclass(type(value), collections.OrderedDict)
        items = (collections.OrderedDict if ordered else dict).items(value)
        if all(type(key) is str for key, _ in islice(items, _WIDEST)):
            plain: Any = self._pairs(items, depth)
            return plain if type(value) is dict else {f"({name})": plain}
        wide = self._width()
        some = islice(items, wide)
        plain = [[self.value(key, depth), self.value(each, depth)] for key, each in some]
        return {f"({name})": plain + _cut(len(items), wide)}

    def _pairs(self, pairs: Collection[tuple[str, Any]], depth: int) -> dict[str, Any]:
        wide = self._width()
        some = {self._texts.text(str(k)): self.value(v, depth) for k, v in islice(pairs, wide)}
        more = _cut(len(pairs), wide)
        return {**some, "...": more[0]} if more else some

    def _many(self, values: Iterable[Any], count: int, depth: int) -> list[Any]:
        wide = self._width()
        return [self.value(each, depth) for each in islice(values, wide)] + _cut(count, wide)

    def _width(self) -> int:
        return min(_WIDEST, max(1, self.left))


def _cut(count: int, shown: int) -> list[str]:
    return [f"<{count} in all>"] if count > shown else []


def _raised(error: BaseException) -> list[tuple[str, Any]]:
    args, cause = (BaseException.__dict__[name].__get__(error) for name in ("args", "__cause__"))
    return [("args", args), *([("cause", cause)] if cause is not None else [])]


def _by_name(pair: tuple[str, Any]) -> str:
    return str(pair[0])
