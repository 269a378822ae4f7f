"""The index on the disk: one SQLite file, which may be deleted or damaged at any time."""

import contextlib
import os
import secrets
import shutil
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from carve.index import layout

__all__ = ["Store", "is_damage", "throw_away"]

# A word's texts are kept in rows of as many, so that a new one touches short rows alone.
_CHUNK = 1024
_PATIENCE = 0.05
# These pass, or are the system's fault; whatever else SQLite says is about the file.
_NOT_ITS_FAULT = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
        *(sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM),
    }
)


class Store:
    """One connection in one transaction, so that all it reads is of one moment.

    As a context it keeps what was written, unless an exception comes out.
    """

    def __init__(self, home: Path, folder: Path, *, writing: bool = False) -> None:
        """Open the index in `home` for the tree at `folder`; it is made when there is none."""
        file = home / layout.FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(
            file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._fresh: dict[bytes, array[int]] = {}
        self._chunk = -1
        try:
            layout.prepare(self._base)
            self._base.execute("begin immediate" if writing else "begin")
            self._tree = self._tree_at(os.fsencode(folder.resolve()), writing=writing)
        except BaseException:
            self._base.close()
            raise

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what was written, or after an exception leave all as it was."""
        with contextlib.closing(self._base):
            if kind is None:
                self._flush()
                self._base.execute("commit")

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def files(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the path and the stamp of each file of the tree, in the order of the bytes."""
        rows = "select path, stamp from file where tree = ? order by path"
        yield from self._base.execute(rows, (self._tree,))

    def holding(self, words: Collection[bytes]) -> Iterator[bytes]:
        """Yield the paths of the tree whose texts hold all of the words."""
        query = "select path from file where tree = ? and content = ?"
        for content in set.intersection(*map(self._holding, words)):
            for (path,) in self._base.execute(query, (self._tree, content)):
                yield path

    def content(self, digest: bytes) -> int | None:
        """Return the number of a text, None when its words are not known."""
        return self._number("select id from content where hash = ?", digest)

    def add(self, digest: bytes, words: Iterable[bytes]) -> int:
        """Keep the words of a text, and return its number."""
        new = self._base.execute("insert into content (hash) values (?)", (digest,))
        content = new.lastrowid or 0
        chunk, offset = divmod(content, _CHUNK)
        if chunk != self._chunk:
            self._flush()
        self._chunk = chunk
        for word in words:
            if word in self._fresh:
                self._fresh[word].append(offset)
            else:
                self._fresh[word] = array("H", (offset,))
        return content

    def put(self, path: bytes, stamp: bytes, content: int) -> None:
        """Keep which text a file has, and the stamp that says so."""
        row = (self._tree, path, stamp, content)
        self._base.execute("insert or replace into file values (?, ?, ?, ?)", row)

    def drop(self, path: bytes) -> None:
        """Forget a file."""
        self._base.execute("delete from file where tree = ? and path = ?", (self._tree, path))

    def passed(self, test: str) -> Iterator[bytes]:
        """Yield the paths of the tree whose texts have passed a test."""
        query = (
            "select path from passed join content using (hash)"
            " join file on file.content = content.id where test = ? and tree = ?"
        )
        for (path,) in self._base.execute(query, (test, self._tree)):
            yield path

    def has_passed(self, test: str, digest: bytes) -> bool:
        """Tell whether a text has passed a test."""
        query = "select 1 from passed where test = ? and hash = ?"
        return self._number(query, test, digest) is not None

    def keep_passed(self, test: str, digests: Iterable[bytes]) -> None:
        """Keep that texts have passed a test."""
        rows = ((test, digest) for digest in digests)
        self._base.executemany("insert or ignore into passed values (?, ?)", rows)

    def tidy(self, spare: int) -> None:
        """Forget trees that are gone; begin anew when most texts are of no tree any more."""
        for number, folder in self._base.execute("select id, folder from tree").fetchall():
            if number != self._tree and not os.path.isdir(folder):  # noqa: PTH112 - bytes
                self._base.execute("delete from file where tree = ?", (number,))
                self._base.execute("delete from tree where id = ?", (number,))
        kept = self._number("select count(*) from content") or 0
        used = self._number("select count(*) from file") or 0
        if kept > 2 * used + spare:
            self._fresh.clear()
            layout.empty(self._base)

    def _tree_at(self, folder: bytes, *, writing: bool) -> int | None:
        found = self._number("select id from tree where folder = ?", folder)
        if found is None and writing:
            new = self._base.execute("insert into tree (folder) values (?)", (folder,))
            found = new.lastrowid
        return found

    def _holding(self, word: bytes) -> set[int]:
        found: set[int] = set()
        query = "select chunk, offsets from word where word = ?"
        try:
            for chunk, offsets in self._base.execute(query, (word,)):
                found.update(chunk * _CHUNK + offset for offset in array("H", offsets))
        except (TypeError, ValueError) as error:
            raise sqlite3.DatabaseError(str(error)) from error
        return found

    def _flush(self) -> None:
        rows = ((word, self._chunk, self._fresh[word].tobytes()) for word in sorted(self._fresh))
        self._base.executemany(layout.ADD_WORD, rows)
        self._fresh.clear()

    def _number(self, query: str, *values: object) -> int | None:
        row: tuple[Any, ...] | None = self._base.execute(query, values).fetchone()
        return row[0] if row is not None else None


def throw_away(home: Path) -> None:
    """Remove the index, all of its files at once; whoever has it open goes on with what it has."""
    folder = (home / layout.FILE).parent
    gone = folder.with_name(f"{folder.name}.{secrets.token_hex(8)}")
    with contextlib.suppress(OSError):
        folder.rename(gone)
        shutil.rmtree(gone)


def is_damage(error: Exception) -> bool:
    """Tell whether an error means that the file is not what it should be."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return type(error) is sqlite3.DatabaseError
    return code & 0xFF not in _NOT_ITS_FAULT
