"""Writes several files, all of them or none."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from omnibase_core.cli.mixins.scaffolding.file_plan import FilePlan
from omnibase_core.cli.request_error import RequestError

__all__ = ["write_all"]


def write_all(plans: Iterable[FilePlan]) -> None:
    """Write the files; whatever stops that, the tree is then as it was before."""
    undo: list[Callable[[], object]] = []
    try:
        # A new file is a trace that is easily removed, so what exists comes last.
        for plan in sorted(plans, key=lambda plan: not plan.is_new):
            _make_folder(plan.path.parent, undo)
            if plan.is_new:
                _create(plan, undo)
            else:
                _replace(plan, undo)
    except BaseException as error:
        left = _taken_back(undo)
        if isinstance(error, OSError):
            state = f"; left behind: {left}" if left else "; nothing was changed"
            raise RequestError(f"{_told(error)}{state}") from error
        raise


def _told(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def _taken_back(undo: list[Callable[[], object]]) -> str:
    """Undo what was done, the last first, and return what could not be undone."""
    problems = []
    for step in reversed(undo):
        try:
            step()
        except OSError as error:
            problems.append(_told(error))
    return ", ".join(problems)


def _make_folder(folder: Path, undo: list[Callable[[], object]]) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        undo.append(each.rmdir)


def _create(plan: FilePlan, undo: list[Callable[[], object]]) -> None:
    with plan.path.open("x", encoding="utf-8", newline="") as file:
        undo.append(plan.path.unlink)
        file.write(plan.text)


def _replace(plan: FilePlan, undo: list[Callable[[], object]]) -> None:
    path = plan.path.resolve()
    before = path.read_bytes()
    if before != (plan.before or "").encode():
        raise RequestError(f"{plan.shown} was changed by somebody else; nothing was changed")
    _put(path, plan.text.encode())
    undo.append(lambda: _put(path, before))


def _put(path: Path, content: bytes) -> None:
    """Replace a file at once, so that a reader never sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
