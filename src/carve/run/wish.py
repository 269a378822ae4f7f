"""What a run is to do with the branch that is checked out, until git remembers it with a step.

A run that is killed before its first commit would else go on as one that leaves the branch alone.
"""

from pathlib import Path

from carve.repository import Repository

__all__ = ["is_wished", "wish"]


def wish(repository: Repository, ref: str, *, in_place: bool) -> None:
    """Write down whether the run under `ref` is in place: a file is, which cannot be torn."""
    if in_place:
        _file(repository, ref).touch()
    else:
        _file(repository, ref).unlink(missing_ok=True)


def is_wished(repository: Repository, ref: str) -> bool:
    """Tell whether a run under `ref` that was cut off is to go on in place."""
    return _file(repository, ref).is_file()


def _file(repository: Repository, ref: str) -> Path:
    return repository.common_dir / "carve" / f"in-place-{ref.rpartition('/')[2]}"
