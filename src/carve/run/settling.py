"""Before anything is changed: hold the lock, and end what a killed command has left."""

import contextlib
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from carve.disk import Edit
from carve.repository import Repository
from carve.run.journal import Journal
from carve.run.lock import abandoned, exclusive
from carve.run.scratch import clear
from carve.run.staging import forget, staged

__all__ = [
    "changing",
    "drop_locks",
    "journal_of",
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
        _drop_own(repository.common_dir)
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
    """Take back a change that was cut off, and clear what a killed command has left.

    A tree where nothing was killed is not even looked at.
    """
    repository = Repository(folder)
    if (folder / _BARE).is_dir():
        with _plain(folder):
            pass
    elif repository.is_git:
        cut_off = journal_of(repository).left
        if cut_off or abandoned(repository.common_dir / "carve"):
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


def _recover(repository: Repository) -> None:
    """End a change that was cut off: it counts when the branch has moved."""
    journal = journal_of(repository)
    facts = journal.facts()
    forget(repository, journal.home)
    if facts is None:
        return
    if facts:
        drop_locks(repository, ("HEAD", facts["ref"], facts.get("branch", "")))
    if not facts or (repository.resolve(facts["ref"]) or "") == facts["old"]:
        journal.roll_back()
    elif "branch" in facts:
        head = repository.head()
        with staged(repository, journal.home, journal.paths(), head) as install:
            install()
    journal.close()


def drop_locks(repository: Repository, refs: Iterable[str]) -> None:
    """Remove what a killed git has left on refs that carve was about to move."""
    for ref in {ref for ref in refs if ref}:
        for folder in {repository.common_dir, repository.git_dir}:
            _drop_stale(folder / f"{ref}.lock")


def _drop_own(common: Path) -> None:
    """Remove the locks of refs that only carve writes; whoever held them is no more."""
    for lock in (*(common / "refs/carve").rglob("*.lock"), common / "refs/notes/carve.lock"):
        lock.unlink(missing_ok=True)


def _drop_stale(lock: Path) -> None:
    until = time.monotonic() + _STALE
    while lock.exists() and time.monotonic() < until:
        time.sleep(_STALE / 20)
    lock.unlink(missing_ok=True)
