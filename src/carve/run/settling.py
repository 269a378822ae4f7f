"""Before anything is changed: hold the lock, and end what a killed command has left."""

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from carve.disk import Edit
from carve.errors import CarveError, Place
from carve.repository import Repository
from carve.run.journal import Journal
from carve.run.lock import exclusive
from carve.run.scratch import clear

__all__ = [
    "changing",
    "journal_of",
    "refresh_index",
    "require_index",
    "settle",
    "settled",
]

# Git holds the lock of a ref for milliseconds; one that is older belongs to a git that was killed.
_STALE = 1.0
_BARE = ".carve"


@contextmanager
def settled(repository: Repository) -> Iterator[None]:
    """Hold the lock of the repository, with nothing left over from an earlier command."""
    with exclusive(repository.common_dir / "carve"):
        _drop_locks(repository.common_dir)
        clear(repository)
        _recover(repository)
        yield


@contextmanager
def changing(folder: Path, edits: list[Edit]) -> Iterator[None]:
    """Hold the lock while the caller carries `edits` out; an exception takes them back."""
    repository = Repository(folder)
    if repository.is_git:
        below = folder.resolve().relative_to(repository.top.resolve())
        edits = [replace(edit, path=(below / edit.path).as_posix()) for edit in edits]
        with settled(repository), journal_of(repository).keeping(edits):
            yield
    else:
        with _plain(folder) as journal, journal.keeping(edits):
            yield


def settle(folder: Path) -> None:
    """Take back a change that was cut off; a tree where none was is not even looked at."""
    repository = Repository(folder)
    if (folder / _BARE).is_dir():
        with _plain(folder):
            pass
    elif repository.is_git and journal_of(repository).left:
        with settled(repository):
            pass


@contextmanager
def _plain(folder: Path) -> Iterator[Journal]:
    """Hold the lock of a folder without git, with nothing left over from an earlier command."""
    journal = Journal(folder / _BARE, folder)
    with exclusive(folder, bare=True):
        if journal.facts() is not None:
            journal.roll_back()
            journal.close()
        try:
            yield journal
        finally:
            with contextlib.suppress(OSError):
                journal.home.rmdir()


def journal_of(repository: Repository) -> Journal:
    """Return the journal of the working tree."""
    return Journal(repository.git_dir / "carve", repository.top)


def require_index(repository: Repository) -> None:
    """Wait for another git that changes the index; one that stays is told of."""
    lock, until = repository.git_dir / "index.lock", time.monotonic() + _STALE
    while lock.exists():
        if time.monotonic() > until:
            raise CarveError(
                "another git has locked the index",
                where=Place(str(lock)),
                instead="wait for it; if there is none, remove the file",
            )
        time.sleep(_STALE / 50)


def refresh_index(repository: Repository, journal: Journal, paths: list[str]) -> None:
    """Let the index have these files as the commit does that is checked out.

    The new index is made beside the old one and takes its place as git would do it. One that a
    kill leaves in between can be told from the lock of another git: it is the same file.
    """
    index, copy = repository.git_dir / "index", journal.home / "index"
    lock = index.with_name("index.lock")
    if lock.exists() and copy.exists() and lock.samefile(copy):
        lock.unlink()
    copy.unlink(missing_ok=True)
    copy.with_name("index.lock").unlink(missing_ok=True)
    if paths:
        variables = {"GIT_INDEX_FILE": str(copy)}
        copy.write_bytes(index.read_bytes() if index.exists() else b"")
        words = ("--literal-pathspecs", "reset", "--quiet", "HEAD", "--", *paths)
        repository.ask(*words, more=variables)
        _install(copy, lock, index)
    copy.unlink(missing_ok=True)


def _install(copy: Path, lock: Path, index: Path) -> None:
    until = time.monotonic() + _STALE
    while True:
        try:
            lock.hardlink_to(copy)
        except FileExistsError as error:
            if time.monotonic() > until:
                raise CarveError(
                    "another git has locked the index",
                    where=Place(str(lock)),
                    instead="wait for it; the next command of carve mends the index",
                ) from error
            time.sleep(_STALE / 50)
        else:
            lock.replace(index)
            return


def _recover(repository: Repository) -> None:
    """End a change that was cut off: it counts when the branch has moved."""
    journal = journal_of(repository)
    facts = journal.facts()
    if facts is None:
        for left in ("index", "index.lock"):
            (journal.home / left).unlink(missing_ok=True)
        return
    for ref in filter(None, ("HEAD", facts.get("ref"), facts.get("branch"))):
        if facts:
            _drop_stale(repository.common_dir / f"{ref}.lock")
            _drop_stale(repository.git_dir / f"{ref}.lock")
    if not facts or (repository.resolve(facts["ref"]) or "") == facts["old"]:
        journal.roll_back()
    if "branch" in facts:
        refresh_index(repository, journal, journal.paths())
    journal.close()


def _drop_locks(common: Path) -> None:
    """Remove the locks of refs that only carve writes; whoever held them is no more."""
    for lock in (*(common / "refs/carve").rglob("*.lock"), common / "refs/notes/carve.lock"):
        lock.unlink(missing_ok=True)


def _drop_stale(lock: Path) -> None:
    until = time.monotonic() + _STALE
    while lock.exists() and time.monotonic() < until:
        time.sleep(_STALE / 20)
    lock.unlink(missing_ok=True)
