"""What is to be known of a class is asked once: values of the same class come by the thousand."""

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Once"]

_T = TypeVar("_T")


class Once(Generic[_T]):
    """Asks a question about each class once; classes are told apart by identity alone."""

    def __init__(self, ask: Callable[[type], _T]) -> None:
        """Take the question; its answer must not change while the class lives."""
        self._ask = ask
        self._known: dict[int, tuple[Callable[[], object], _T]] = {}

    def __call__(self, cls: type) -> _T:
        """Return the answer for a class."""
        known = self._known.get(id(cls))
        if known is None or known[0]() is not cls:  # the id may be that of a class that is gone
            known = self._known[id(cls)] = (weakref.ref(cls), self._ask(cls))
        return known[1]
