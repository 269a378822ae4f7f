"""Values as plain data, by their types alone: no `__repr__`, `__eq__` or property is called.

What is new in every run (ids, addresses, folders, the clock) is masked here and nowhere else.
"""

import collections
import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Any

from .coded import held_in_c, memory_of
from .leaves import leaf_of
from .names import is_mock, mock_name
from .state import state_of
from .texts import Texts

__all__ = ["Values"]

_DEEPEST = 5
_WIDEST = 40
_MOST = 400  # nodes of one value
_OF_TEST = 60_000  # nodes of all values of a test; when many are used, each gets fewer
_SHARE = 100
_OF_PLACE = 4_000  # nodes of all values of a test at one place, such as the result of one member
_SHARE_OF_PLACE = 10
_FEWEST = 4
_SEQUENCES: tuple[Any, ...] = (list, tuple, set, frozenset, collections.deque)
# By identity: the metaclass of a class may say that it equals whatever it likes.
_PLAIN = frozenset(map(id, (str, int, float, bool)))
_HOLDERS = frozenset(map(id, (*_SEQUENCES, dict)))
_HASHED = frozenset(map(id, (str, int, float, bytes, bool, type(None))))  # the same in every run


class Values:
    """Makes plain data; an instance of a class that `stands` accepts is told by its name alone."""

    def __init__(self, texts: Texts, stands: Callable[[type], bool]) -> None:
        """Take what masks texts, and which classes are described elsewhere."""
        self.texts = texts
        self._stands = stands
        self._left = _OF_TEST
        self._places: dict[str, int] = {}

    def forget(self) -> None:
        """Begin a test: its ids are numbered anew, and it has all nodes to itself."""
        self.texts.forget()
        self._left = _OF_TEST
        self._places.clear()

    def plain(self, value: Any, place: str = "") -> Any:
        """Return data that JSON can hold; the more one place has shown, the less it shows."""
        if value is None:
            return None
        made = leaf_of(type(value)) if id(type(value)) in _PLAIN else None
        if made is not None:  # as most attributes are: there is nothing to walk
            self._left -= 1
            return made(value, self.texts)
        here = self._places.get(place, _OF_PLACE)
        most = min(_MOST, max(_FEWEST, min(self._left // _SHARE, here // _SHARE_OF_PLACE)))
        walk = _Walk(self.texts, self._stands, most)
        try:
            return walk.value(value, 0)
        except Exception:  # noqa: BLE001 - nothing here may reach the code that is traced
            return f"<{type(value).__name__} that cannot be read>"
        finally:
            self._left -= most - walk.left
            self._places[place] = here - (most - walk.left)
            self.texts.is_ordered = True

    def state(self, value: Any) -> dict[str, Any]:
        """Return the attributes of an instance: those of `__dict__` in its order, then slots."""
        return {str(key): self.plain(state, f"self.{key}") for key, state in state_of(value)}


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
        made = None if id(cls) in _HOLDERS else leaf_of(cls)
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
                many = self._unordered if kind in (set, frozenset) else self._many
                plain = many(kind.__iter__(value), kind.__len__(value), depth)
                return plain if type(value) is list else {f"({name})": plain}
        pairs = held_in_c(value) or sorted(state_of(value), key=_first) or memory_of(value)
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
        some: dict[str, Any] = {}
        for key, each in islice(pairs, wide):
            name = self._texts.text(str(key))
            while name in some:  # what is masked may hide what tells two keys apart
                name += "'"
            some[name] = self.value(each, depth)
        more = _cut(len(pairs), wide)
        return {**some, "...": more[0]} if more else some

    def _many(self, values: Iterable[Any], count: int, depth: int) -> list[Any]:
        wide = self._width()
        return [self.value(each, depth) for each in islice(values, wide)] + _cut(count, wide)

    def _unordered(self, values: Iterable[Any], count: int, depth: int) -> list[Any]:
        """Tell members by what they hold: each has as much to itself, whichever comes first."""
        ordered, self._texts.is_ordered = self._texts.is_ordered, False
        try:
            members = list(islice(values, max(_WIDEST, self.left)))
            if all(id(type(each)) in _HASHED for each in members):
                return sorted(self._many(members[: self._width()], count, depth), key=json.dumps)
            if len(members) < count or len(members) > self.left:
                names = sorted({type(each).__name__ for each in members})
                return [f"<{count} in all, of {', '.join(names)}>"]
            return self._all(members, depth)
        finally:
            self._texts.is_ordered = ordered

    def _all(self, members: list[Any], depth: int) -> list[Any]:
        left, share = self.left, self.left // max(1, len(members))
        plain = []
        for each in members:
            self.left = share
            plain.append(json.dumps(self.value(each, depth)))
            left -= share - self.left
        self.left = left
        plain.sort()
        rest = hashlib.sha256("\n".join(plain[_WIDEST:]).encode()).hexdigest()[:12]
        cut = [f"<{len(plain)} in all, {rest}>"] if len(plain) > _WIDEST else []
        return [*map(json.loads, plain[:_WIDEST]), *cut]

    def _width(self) -> int:
        return min(_WIDEST, max(1, self.left))


def _cut(count: int, shown: int) -> list[str]:
    return [f"<{count} in all>"] if count > shown else []


def _raised(error: BaseException) -> list[tuple[str, Any]]:
    args, cause = (BaseException.__dict__[name].__get__(error) for name in ("args", "__cause__"))
    return [("args", args), *([("cause", cause)] if cause is not None else [])]


def _first(pair: tuple[str, Any]) -> str:
    return str(pair[0])
