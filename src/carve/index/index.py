"""Ask a tree of files which of them hold a word, and which are known to have passed a test."""

import os
import sqlite3
import time
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from carve.index.learning import learn, remember
from carve.index.limits import Limits
from carve.index.store import Store, is_damage, throw_away
from carve.index.view import View, digest_of, look
from carve.index.words import Question

__all__ = ["WordIndex"]

T = TypeVar("T")
# What SQLite says of a damaged file may quote it, and then be no text.
_FAULTS = OSError, sqlite3.Error, UnicodeDecodeError


class WordIndex:
    """The words of the files below `folder`; whether an index is kept changes no answer.

    `names` lists the files, and `home` says where the index is kept, None for nowhere.
    """

    def __init__(
        self,
        folder: Path,
        names: Callable[[], list[bytes]],
        home: Callable[[], Path | None],
        limits: Limits | None = None,
    ) -> None:
        """Look at nothing yet."""
        self._folder = folder
        self._names = names
        self._home = home
        self._limits = limits or Limits()
        self._view: View | None = None
        self._until = 0.0
        self._close: Callable[[], object] | None = None

    def names(self) -> list[bytes]:
        """Return the files there are, as the system names them, sorted so."""
        return self._names()

    def holding(self, asked: Question) -> list[str]:
        """Return the text files that hold one of the words asked for, sorted."""
        found = self._answer(lambda view: view.holding(asked)) if asked else set()
        return sorted(map(os.fsdecode, found))

    def failing(
        self, test: str, texts: Iterable[str], passes: Callable[[bytes], bool]
    ) -> list[str]:
        """Return the files whose text does not pass; a text that did is not asked again.

        `test` is the name under which that is remembered.
        """
        wanted = list(texts)
        asked = self._answer(lambda view: view.unproven(test, wanted))
        failing: list[str] = []
        passed: list[bytes] = []
        try:
            for path in asked:
                raw = (self._folder / path).read_bytes()
                if passes(raw):
                    passed.append(digest_of(raw))
                else:
                    failing.append(path)
        finally:
            if passed and self._view is not None and self._view.store is not None:
                self._tried(lambda home: remember(home, self._folder, test, passed))
        return failing

    def forget(self) -> None:
        """Look at the files again before the next answer: something has been written."""
        if self._close is not None:
            self._close()
        self._close = self._view = None

    def _answer(self, ask: Callable[[View], T]) -> T:
        try:
            return ask(self._current())
        except _FAULTS as error:
            self.forget()
            self._give_up(error)
            started = time.monotonic()
            self._view = View(self._folder, self._names())
            self._until = self._trusted(started)
            return ask(self._view)

    def _current(self) -> View:
        if self._view is not None:
            if time.monotonic() < self._until:
                return self._view
            self.forget()
        started = time.monotonic()
        names = self._names()
        home = self._home() if len(names) >= self._limits.fewest_files else None
        if home is None:
            self._view, self._until = View(self._folder, names), self._trusted(started)
            return self._view
        self._view = view = _look(home, self._folder, names)
        self._close = weakref.finalize(self, view.close)
        self._until = self._trusted(started)
        if view.loose or view.void:
            self._tried(lambda home: learn(home, view, self._limits))
        return view

    def _trusted(self, started: float) -> float:
        """Return until when a look counts that was begun at `started`."""
        now, limits = time.monotonic(), self._limits
        return now + max(limits.trusted_seconds, limits.trusted_times * (now - started))

    def _tried(self, work: Callable[[Path], None]) -> None:
        """Write to the index; when another process does, or there is no room, it can wait."""
        home = self._home()
        try:
            if home is not None:
                work(home)
        except _FAULTS as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        home = self._home()
        if home is not None and is_damage(error):
            throw_away(home)


def _look(home: Path, folder: Path, names: list[bytes]) -> View:
    store = Store(home, folder)
    try:
        return look(folder, names, store)
    except BaseException:
        store.close()
        raise
