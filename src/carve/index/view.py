"""A tree as it was at one moment: what the index says of it, and what has to be read."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from carve.index.stamps import read, stamp_at
from carve.index.store import Store
from carve.index.words import Question, words_in

__all__ = ["View", "compare", "digest_of", "prefix_of"]


@dataclass(frozen=True, slots=True)
class View:
    """Files below `folder`: the index speaks for those of `store` that are not `void` in it."""

    folder: Path
    loose: list[bytes]
    store: Store | None = None
    void: frozenset[bytes] = frozenset()

    def holding(self, asked: Question) -> set[bytes]:
        """Return the files that hold one of the words."""
        found = set(self._searched(self.loose, asked))
        if self.store is not None:
            for word in asked.words:
                found.update(self._indexed(self.store, word))
        return found

    def unproven(self, test: str, names: Iterable[str]) -> list[str]:
        """Return the files of which it is not known that their texts have passed a test."""
        if self.store is None:
            return list(names)
        passed = set(self.store.passed(test)) - self.void
        rest = [name for name in names if os.fsencode(name) not in passed]
        return [name for name in rest if not self._has_passed(self.store, test, name)]

    def close(self) -> None:
        """Let go of the index."""
        if self.store is not None:
            self.store.close()

    def _has_passed(self, store: Store, test: str, name: str) -> bool:
        return store.has_passed(test, digest_of((self.folder / name).read_bytes()))

    def _indexed(self, store: Store, word: bytes) -> Iterable[bytes]:
        """Return what the index knows; where it knows parts of the word alone, files are read."""
        parts = words_in(word)
        known = store.holding(parts) if parts else (path for path, _ in store.files())
        found = set(known) - self.void
        return found if parts == {word} else self._searched(found, Question([word.decode()]))

    def _searched(self, names: Iterable[bytes], asked: Question) -> Iterator[bytes]:
        top = prefix_of(self.folder)
        for name in names:
            raw = read(top + name)
            if raw is not None and asked.is_answered_by(raw):
                yield name


def compare(
    folder: Path, names: Iterable[bytes], known: Iterable[tuple[bytes, bytes]]
) -> tuple[list[bytes], frozenset[bytes]]:
    """Return which of the sorted `names` have to be read, and what of `known` does not hold.

    Both are gone through side by side, so that only what has changed takes memory.
    """
    loose: list[bytes] = []
    void: set[bytes] = set()
    top, rows = prefix_of(folder), iter(known)
    row = next(rows, None)
    for name in names:
        while row is not None and row[0] < name:
            void.add(row[0])
            row = next(rows, None)
        stamp = stamp_at(top + name)
        mine = row is not None and row[0] == name
        if stamp is not None and not (mine and row is not None and row[1] == stamp):
            loose.append(name)
        if row is not None and mine:
            void.update(() if row[1] == stamp else (name,))
            row = next(rows, None)
    void.update(path for path, _ in rows)
    void.update(() if row is None else (row[0],))
    return loose, frozenset(void)


def prefix_of(folder: Path) -> bytes:
    """Return what the paths of files in a folder begin with."""
    return os.path.join(os.fsencode(folder), b"")  # noqa: PTH118 - bytes


def digest_of(raw: bytes) -> bytes:
    """Return what texts are told apart by."""
    return blake2b(raw, digest_size=20).digest()
