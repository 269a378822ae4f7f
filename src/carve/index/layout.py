"""How the index lies in its SQLite file.

A text is known by its digest, whatever files have it and wherever they are, so that worktrees and
branches share what is known. SQLite sees when its own structure is damaged; that the rows say what
was written is seen by their proofs, which are checksums: a row that is lost or altered never makes
an answer.
"""

import secrets
import sqlite3
from pathlib import Path

__all__ = ["FOLDER", "empty", "file_in", "prepare"]

# The folder is removed as a whole, and another layout gets another name: so two versions of carve
# never fight over one file.
FOLDER = "words-2"
_TABLES = """
create table if not exists tree (id integer primary key, folder blob unique not null);
create table if not exists content (id integer primary key, hash blob unique not null,
    proof integer not null);
create table if not exists file (tree integer not null, path blob not null, stamp blob not null,
    content integer not null, primary key (tree, path)) without rowid;
create table if not exists word (run integer not null, bucket integer not null,
    lines blob not null, proof integer not null, primary key (run, bucket)) without rowid;
create table if not exists passed (test text not null, hash blob not null,
    primary key (test, hash)) without rowid;
"""
_KEPT = "tree", "content", "file", "word", "passed"


def file_in(home: Path) -> Path:
    """Return the file of the index; the first one there, else a name that was never used.

    A name is not used twice, since SQLite finds the journal of a file by its name: who opens an
    index while it is being removed must not meet the journal of the next one.
    """
    folder = home / FOLDER
    return min(folder.glob("*.db"), default=folder / f"{secrets.token_hex(8)}.db")


def prepare(base: sqlite3.Connection) -> None:
    """Make the tables, where they are not there yet."""
    base.text_factory = bytes
    if base.execute("pragma journal_mode = wal").fetchone() != (b"wal",):
        # On a file system over a network, say, where locks are not to be relied on.
        raise sqlite3.NotSupportedError
    # A commit reaches the disk a little later; what is lost with the power is whole commits.
    base.execute("pragma synchronous = normal")
    if base.execute("pragma user_version").fetchone() != (1,):
        base.executescript(f"begin immediate; {_TABLES} pragma user_version = 1; commit")


def empty(base: sqlite3.Connection) -> None:
    """Forget everything."""
    for table in _KEPT:
        base.execute(f"delete from {table}")  # noqa: S608 - names of our own
