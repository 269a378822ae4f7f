"""The scratch worktree that a run works in, gone when it ends, however it ends."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carve.errors import CarveError, Place
from carve.repository import Repository
from carve.run.room import sweep

__all__ = ["clear", "keep_at", "require_room", "scratch"]

_PREFIX = "carve-"


@contextmanager
def scratch(repository: Repository, commit: str) -> Iterator[Repository]:
    """Check `commit` out into a worktree in a temporary folder.

    The folder's name is written down first, and what a killed run has left is cleared away by the
    next one. The caller holds the lock, so nobody else uses it.
    """
    clear(repository)
    folder = Path(tempfile.gettempdir()) / f"{_PREFIX}{secrets.token_hex(6)}"
    _register(repository).write_text(str(folder), encoding="utf-8")
    try:
        folder.mkdir(mode=0o700)
        # Git calls what it keeps about a worktree by the last part of its path.
        yield repository.add_worktree(folder / folder.name, commit)
    finally:
        clear(repository)


def require_room(out: Path) -> None:
    """Refuse a folder that a worktree cannot be put into."""
    if out.exists() and any(out.iterdir()):
        raise CarveError(
            "the folder for the worktree is not empty",
            where=Place(str(out)),
            instead="name one with --out that does not exist yet",
        )


def keep_at(repository: Repository, out: Path, commit: str) -> None:
    """Check `commit` out into a worktree at `out`, where it stays."""
    require_room(out)
    register = _register(repository)
    # Until it is whole it may be cleared away, as what is in it was put there by git.
    register.write_text(f"\n{out.resolve()}", encoding="utf-8")
    repository.add_worktree(out, commit)
    register.unlink()


def clear(repository: Repository) -> None:
    """Remove what a run that was killed has left; the caller holds the lock."""
    sweep(Path(tempfile.gettempdir()))
    register = _register(repository)
    if not register.is_file():
        return
    own, _, kept = register.read_text(encoding="utf-8").partition("\n")
    # The register only ever holds folders of this kind; anything else is not ours to remove.
    if Path(own).name.startswith(_PREFIX):
        _remove(repository, Path(own) / Path(own).name)
        shutil.rmtree(own, ignore_errors=True)
        shutil.rmtree(repository.common_dir / "worktrees" / Path(own).name, ignore_errors=True)
    if kept:
        _remove(repository, Path(kept))
    register.unlink()


def _remove(repository: Repository, worktree: Path) -> None:
    repository.remove_worktree(worktree)
    for pointer in (repository.common_dir / "worktrees").glob("*/gitdir"):
        # A kill within `git worktree add` leaves a part that git itself will not touch.
        if pointer.read_text(encoding="utf-8").strip() == str(worktree / ".git"):
            shutil.rmtree(pointer.parent, ignore_errors=True)
    if (worktree / ".git").is_file():
        shutil.rmtree(worktree, ignore_errors=True)
    elif worktree.is_dir() and not os.listdir(worktree):  # noqa: PTH208 - the shortest way to ask
        worktree.rmdir()


def _register(repository: Repository) -> Path:
    return repository.common_dir / "carve" / "scratch"
