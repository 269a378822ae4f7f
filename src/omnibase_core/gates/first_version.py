"""A file as it was when it was first committed, as far back as the repository reaches."""

import os
import subprocess
from pathlib import Path

__all__ = ["NoHistoryError", "first_version"]


class NoHistoryError(Exception):
    """Nobody can say what the file was; the message tells why."""


def first_version(path: Path) -> bytes:
    """Return the content of `path` in the oldest commit that has it.

    Of a shallow clone, that is the oldest commit that was fetched.
    """
    folder, name = path.parent, path.name
    added = _git(folder, "log", "--diff-filter=A", "--format=%H", "--", name).split()
    every = added or _git(folder, "log", "--format=%H", "--", name).split()
    if not every:
        raise NoHistoryError("no commit has it")
    return _git(folder, "show", f"{every[-1].decode()}:./{name}")


def _git(folder: Path, *words: str) -> bytes:
    # In a hook, git names the repository and its index to whatever it starts.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "--no-pager", "-C", str(folder), *words]
    try:
        done = subprocess.run(  # noqa: S603 - git with our own words
            command, capture_output=True, check=False, env=environment
        )
    except OSError as error:
        raise NoHistoryError("git is not installed") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoHistoryError(lines[-1] if lines else "git failed")
    return done.stdout
