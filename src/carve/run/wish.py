"""What a run is to do with the branch that is checked out, until git remembers it with a step.

A run that is killed before its first commit would else go on as one that leaves the branch alone.
"""

from pathlib import Path

from carve.repository import Repository

__all__ = ["is_wished", "wish"]


def wish(repository: Repository, ref: str | None) -> None:
    """Write down that the run under `ref` is in place; with None that there is no such wish."""
    file = _file(repository)
    if ref is not None:
        file.write_text(f"{ref}\n", encoding="utf-8")
    else:
        file.unlink(missing_ok=True)


def is_wished(repository: Repository, ref: str) -> bool:
    """Tell whether a run under `ref` that was cut off is to go on in place."""
    file = _file(repository)
    return file.is_file() and file.read_text(encoding="utf-8") == f"{ref}\n"


def _file(repository: Repository) -> Path:
    return repository.common_dir / "carve" / "in-place"
