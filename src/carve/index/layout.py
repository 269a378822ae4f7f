"""How the index lies in its SQLite file.

A text is known by its digest, whatever files have it and wherever they are, so that worktrees and
branches share what is known. `word` holds, for each word and each run of 1024 texts, which of them
hold the word.
"""

import sqlite3

__all__ = ["ADD_WORD", "FILE", "empty", "prepare"]

# The folder is removed as a whole, and another layout gets another name: so two versions of carve
# never fight over one file.
FILE = "words-1/words.db"
ADD_WORD = (
    "insert into word values (?, ?, ?) on conflict (word, chunk)"
    " do update set offsets = cast(offsets || excluded.offsets as blob)"
)
_TABLES = """
create table if not exists tree (id integer primary key, folder blob unique not null);
create table if not exists content (id integer primary key, hash blob unique not null);
create table if not exists file (tree integer not null, path blob not null, stamp blob not null,
    content integer not null, primary key (tree, path)) without rowid;
create index if not exists file_by_content on file (tree, content);
create table if not exists word (word blob not null, chunk integer not null,
    offsets blob not null, primary key (word, chunk)) without rowid;
create table if not exists passed (test text not null, hash blob not null,
    primary key (test, hash)) without rowid;
"""
_EMPTY = "delete from tree; delete from content; delete from file; delete from word; "
_EMPTY += "delete from passed"


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
    for command in _EMPTY.split(";"):
        base.execute(command)
