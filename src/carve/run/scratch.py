"""The scratch worktree that a run works in, gone when it ends, however it ends."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carve.errors import CarveError, Place
from carve.repository import Repository

__all__ = ["scratch"]

_PREFIX = "carve-"


@contextmanager
def scratch(repository: Repository, commit: str, out: Path | None) -> Iterator[Repository]:
    """Check `commit` out into a worktree: at `out`, where it stays, or in a temporary folder.

    The folder's name is written down first, and what a killed run has left is cleared away by the
    next one. The caller holds the lock, so nobody else uses it.
    """
    register = repository.common_dir / "carve" / "scratch"
    _clear(repository, register)
    if out is not None:
        if out.exists() and any(out.iterdir()):
            raise CarveError(
                "the folder for the worktree is not empty",
                where=Place(str(out)),
                instead="name one with --out that does not exist yet",
            )
        yield repository.add_worktree(out, commit)
        return
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    register.write_text(str(folder), encoding="utf-8")
    try:
        yield repository.add_worktree(folder / "tree", commit)
    finally:
        _clear(repository, register)


def _clear(repository: Repository, register: Path) -> None:
    if not register.is_file():
        return
    folder = Path(register.read_text(encoding="utf-8"))
    # The register only ever holds folders of this kind; anything else is not ours to remove.
    if folder.name.startswith(_PREFIX) and folder.is_dir():
        repository.remove_worktree(folder / "tree")
        shutil.rmtree(folder, ignore_errors=True)
    register.unlink()
