"""Let git's index follow a change of files: made beforehand, then put in place in one step."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from carve.errors import CarveError, Place
from carve.repository import Repository

__all__ = ["INDEX", "forget", "require_index", "staged"]

# An index of git's on its way; `index` alone is what the words of the tree are kept in.
INDEX = "landing.index"
_HOLD = "landing.hold"
# Git holds the lock for as long as it takes to write the index.
_PATIENCE = 1.0


@contextmanager
def staged(
    repository: Repository, home: Path, paths: list[str], commit: str
) -> Iterator[Callable[[], None]]:
    """Lock git's index and hand over what lets it have `paths` as `commit` has them.

    What can fail for want of room is done by then: what is left is to rename a file below `home`.
    A lock that a kill leaves can be told from that of another git: it is the file `home` holds.
    """
    forget(repository, home)
    index, copy, hold = repository.git_dir / "index", home / INDEX, home / _HOLD
    lock = index.with_name("index.lock")
    hold.touch()
    try:
        _until_free(lock, lambda: lock.hardlink_to(hold))
        if paths:
            if index.exists():
                copy.write_bytes(index.read_bytes())
            words = ("--literal-pathspecs", "reset", "--quiet", commit, "--", *paths)
            repository.ask(*words, more={"GIT_INDEX_FILE": str(copy)})
        yield lambda: _install(copy, index)
    finally:
        forget(repository, home)


def require_index(repository: Repository) -> None:
    """Wait for another git that changes the index; one that stays is told of."""
    lock = repository.git_dir / "index.lock"

    def look() -> None:
        if lock.exists():
            raise FileExistsError

    _until_free(lock, look)


def forget(repository: Repository, home: Path) -> None:
    """Remove what is left of an index on its way."""
    lock, hold = repository.git_dir / "index.lock", home / _HOLD
    if lock.exists() and hold.exists() and lock.samefile(hold):
        lock.unlink()
    for left in (INDEX, f"{INDEX}.lock", _HOLD):
        (home / left).unlink(missing_ok=True)


def _install(copy: Path, index: Path) -> None:
    if copy.exists():
        copy.replace(index)


def _until_free(lock: Path, attempt: Callable[[], None]) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return attempt()
        except FileExistsError as error:
            if time.monotonic() > until:
                raise CarveError(
                    "another git has locked the index",
                    where=Place(str(lock)),
                    instead="wait for it; if there is none, remove the file",
                ) from error
            time.sleep(_PATIENCE / 50)
