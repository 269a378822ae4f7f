"""The index on the disk: one SQLite file, which may be deleted or damaged at any time."""

import contextlib
import os
import secrets
import shutil
import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self
from zlib import crc32

from carve.index import layout
from carve.index.postings import Damaged, Postings

__all__ = ["Store", "is_damage", "throw_away"]

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
        self._file = layout.file_in(home)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(
            self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._postings = Postings(self._base)
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
                self._postings.flush()
                self._base.execute("commit")

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def files(self) -> Iterable[tuple[bytes, bytes, int]]:
        """Return path, proof and text of each file of the tree, in the order of the bytes.

        The proof is the one that `proof` gives for the stamp, as long as all is as it was.
        """
        query = "select path, stamp, content from file where tree = ? order by path"
        return map(_checked, self._base.execute(query, (self._tree,)))

    def holding(self, words: Collection[bytes], runs: Collection[int]) -> set[int]:
        """Return which texts of some runs hold all of the words."""
        return set.intersection(*(self._postings.holding(word, runs) for word in words))

    def content(self, digest: bytes) -> int | None:
        """Return the number of a text, None when its words are not known."""
        query = "select id, proof from content where hash = ?"
        row = self._base.execute(query, (digest,)).fetchone()
        return None if row is None else _proven(row[0], digest, row[1])

    def add(self, digest: bytes, words: Iterable[bytes]) -> int:
        """Keep the words of a text, and return its number."""
        last = self._number("select max(id) from content")
        content = (last or 0) + 1
        row = (content, digest, _proof_of(content, digest))
        self._base.execute("insert into content values (?, ?, ?)", row)
        self._postings.add(content, words)
        return content

    def put(self, path: bytes, stamp: bytes, content: int) -> None:
        """Keep which text a file has, and the stamp that says so."""
        row = (self._tree, path, stamp and b"%b %d" % (stamp, content), content)
        self._base.execute("insert or replace into file values (?, ?, ?, ?)", row)

    def drop(self, path: bytes) -> None:
        """Forget a file."""
        self._base.execute("delete from file where tree = ? and path = ?", (self._tree, path))

    def passed(self, test: str) -> set[int]:
        """Return the texts that have passed a test."""
        query = "select id, hash, proof from passed join content using (hash) where test = ?"
        return {_proven(*row) for row in self._base.execute(query, (test,))}

    def has_passed(self, test: str, digest: bytes) -> bool:
        """Tell whether a text has passed a test."""
        query = "select count(*) from passed where test = ? and hash = ?"
        return bool(self._number(query, test, digest))

    def keep_passed(self, test: str, digests: Iterable[bytes]) -> None:
        """Keep that texts have passed a test."""
        rows = ((test, digest) for digest in digests)
        self._base.executemany("insert or ignore into passed values (?, ?)", rows)

    def tidy(self, spare: int) -> None:
        """Forget trees that are gone; begin anew when most texts are of no tree any more."""
        for number, folder in self._base.execute("select id, folder from tree").fetchall():
            there = isinstance(folder, bytes) and os.path.isdir(folder)  # noqa: PTH112 - bytes
            if number != self._tree and not there:
                self._base.execute("delete from file where tree = ?", (number,))
                self._base.execute("delete from tree where id = ?", (number,))
        most = 2 * (self._number("select count(*) from file") or 0) + spare
        if (self._number("select count(*) from content") or 0) > most:
            self._postings.forget()
            layout.empty(self._base)
        if (self._number("select count(*) from passed") or 0) > 2 * most:
            self._base.execute("delete from passed")
        self._remove_others()

    def _remove_others(self) -> None:
        """Remove what processes have left that began or gave up an index at the same moment."""
        mine = self._file.name
        for path in [p for p in self._file.parent.iterdir() if not p.name.startswith(mine)]:
            path.unlink(missing_ok=True)
        for folder in self._file.parent.parent.glob(f"{layout.FOLDER}.*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _tree_at(self, folder: bytes, *, writing: bool) -> int | None:
        found = self._number("select id from tree where folder = ?", folder)
        if found is None and writing:
            new = self._base.execute("insert into tree (folder) values (?)", (folder,))
            found = new.lastrowid
        return found

    def _number(self, query: str, *values: object) -> int | None:
        row = self._base.execute(query, values).fetchone()
        found = row[0] if row is not None else None
        if found is not None and type(found) is not int:
            raise Damaged
        return found


def throw_away(home: Path) -> None:
    """Remove the index, all of its files at once; whoever has it open goes on with what it has."""
    folder = home / layout.FOLDER
    gone = folder.with_name(f"{folder.name}.{secrets.token_hex(8)}")
    with contextlib.suppress(OSError):
        folder.rename(gone)
        shutil.rmtree(gone)


def is_damage(error: Exception) -> bool:
    """Tell whether an error means that the file is not what it should be."""
    if isinstance(error, Damaged | UnicodeDecodeError):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF not in _NOT_ITS_FAULT


def _checked(row: tuple[object, ...]) -> tuple[bytes, bytes, int]:
    path, stamp, content = row
    if isinstance(path, bytes) and isinstance(stamp, bytes) and isinstance(content, int):
        return path, stamp, content
    raise Damaged


def _proven(content: object, digest: object, proof: object) -> int:
    if not isinstance(content, int) or not isinstance(digest, bytes):
        raise Damaged
    if proof != _proof_of(content, digest):
        raise Damaged
    return content


def _proof_of(content: int, digest: bytes) -> int:
    return crc32(b"%d" % content, crc32(digest))
