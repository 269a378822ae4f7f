"""A tree as it was at one moment: what the index says of it, and what has to be read."""

import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from carve.index.postings import RUN
from carve.index.stamps import read, seen_at, stamp_of
from carve.index.store import Store
from carve.index.words import Question, words_in

__all__ = ["View", "digest_of", "look", "prefix_of"]

_Row = tuple[bytes, bytes, int]


@dataclass(frozen=True, slots=True)
class View:
    """Files below `folder`: for the `known` ones a store speaks, the `loose` ones are read.

    Beside each known file stands the number of its text, beside each loose one its size. What the
    store has of the `void` files does not hold any more.
    """

    folder: Path
    loose: list[bytes]
    store: Store | None = None
    known: list[bytes] = field(default_factory=list)
    texts: "array[int]" = field(default_factory=lambda: array("q"))
    void: set[bytes] = field(default_factory=set)
    sizes: "array[int]" = field(default_factory=lambda: array("q"))

    def holding(self, asked: Question) -> set[bytes]:
        """Return the files that hold one of the words."""
        found = set(self._searched(self.loose, asked))
        if self.store is not None and self.known:
            runs = sorted({text // RUN for text in self.texts})
            for word in asked.words:
                found.update(self._indexed(self.store, word, runs))
        return found

    def unproven(self, test: str, names: Iterable[str]) -> list[str]:
        """Return the files of which it is not known that their texts have passed a test."""
        if self.store is None:
            return list(names)
        passed = set(self._having(self.store.passed(test)))
        rest = [name for name in names if os.fsencode(name) not in passed]
        return [name for name in rest if not self._has_passed(self.store, test, name)]

    def close(self) -> None:
        """Let go of the index."""
        if self.store is not None:
            self.store.close()

    def _has_passed(self, store: Store, test: str, name: str) -> bool:
        return store.has_passed(test, digest_of((self.folder / name).read_bytes()))

    def _indexed(self, store: Store, word: bytes, runs: list[int]) -> Iterable[bytes]:
        """Return what the index knows; where it knows parts of the word alone, files are read."""
        parts = words_in(word)
        found = self._having(store.holding(parts, runs)) if parts else self.known
        return found if parts == {word} else self._searched(found, Question([word.decode()]))

    def _having(self, texts: set[int]) -> list[bytes]:
        pairs = zip(self.known, self.texts, strict=True)
        return [name for name, text in pairs if text in texts] if texts else []

    def _searched(self, names: Iterable[bytes], asked: Question) -> Iterator[bytes]:
        top = prefix_of(self.folder)
        for name in names:
            raw = read(top + name)
            if raw is not None and asked.is_answered_by(raw):
                yield name


def look(folder: Path, names: Iterable[bytes], store: Store) -> View:
    """Compare the sorted `names` with what a store knows of them."""
    view = View(folder, [], store)
    top = prefix_of(folder)
    for name, row in _beside(names, iter(store.files()), view.void):
        seen = seen_at(top + name)
        if row is not None and seen and row[1] == b"%b %d" % (stamp_of(seen), row[2]):
            view.known.append(name)
            view.texts.append(row[2])
            continue
        if row is not None:
            view.void.add(name)
        if seen is not None:
            view.loose.append(name)
            view.sizes.append(seen.st_size)
    return view


def prefix_of(folder: Path) -> bytes:
    """Return what the paths of files in a folder begin with."""
    return os.path.join(os.fsencode(folder), b"")  # noqa: PTH118 - bytes


def digest_of(raw: bytes) -> bytes:
    """Return what texts are told apart by."""
    return blake2b(raw, digest_size=20).digest()


def _beside(
    names: Iterable[bytes], rows: Iterator[_Row], void: set[bytes]
) -> Iterator[tuple[bytes, _Row | None]]:
    """Yield each name with its row, and put the rows that are of no name with the `void`.

    Both are sorted and gone through side by side, so that they take little memory.
    """
    row = next(rows, None)
    for name in names:
        while row is not None and row[0] < name:
            void.add(row[0])
            row = next(rows, None)
        if row is not None and row[0] == name:
            yield name, row
            row = next(rows, None)
        else:
            yield name, None
    void.update(() if row is None else (row[0],), (path for path, _, _ in rows))
