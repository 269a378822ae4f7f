"""Plan only on files that carve may write: plain ones of this very repository."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from carve.disk import Edit
from carve.errors import Finding, Place
from carve.repository import Repository
from carve.steps.outcome import Planned, Skipped, refuse
from carve.workspace import Workspace

__all__ = ["Grounded"]

_CHECK = "files-are-ours"


class _Planning(Protocol):
    def plan(self, workspace: Workspace) -> Planned | Skipped: ...


@dataclass(frozen=True, slots=True)
class Grounded:
    """A step that is refused where it would write through a link, into a submodule or unseen."""

    step: _Planning
    name: str
    place: Place

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return what the step comes to; the disk stays as it is."""
        try:
            outcome = self.step.plan(workspace)
        except RecursionError:
            refuse(self.name, [_too_deep(self.place)])
            raise
        if isinstance(outcome, Planned):
            refuse(self.name, _objections(workspace.folder, outcome.edits))
        return outcome


def _too_deep(place: Place) -> Finding:
    return Finding(
        place.path,
        place.line,
        "some code that it has to look at is nested too deeply",
        "break up the longest expression or the longest elif of the class",
        "file-parses",
    )


def _objections(folder: Path, edits: Iterable[Edit]) -> Iterator[Finding]:
    """Yield each file that is not what its name says, or of which git will not know."""
    paths = [edit.path for edit in edits if edit.after is not None]
    elsewhere = [each for path in paths if (each := _elsewhere(folder, path)) is not None]
    yield from elsewhere
    if elsewhere:
        return
    for path in Repository(folder).ignored(paths):
        yield Finding(
            path,
            None,
            "git ignores the file, so that nobody else would get it",
            "name another one, or let git know it: see .gitignore",
            _CHECK,
        )


def _elsewhere(folder: Path, path: str) -> Finding | None:
    for part in (*reversed(PurePosixPath(path).parents), PurePosixPath(path)):
        full = folder / part
        if full.is_symlink():
            return Finding(
                path,
                None,
                f"{part} is a symbolic link to {full.readlink()}",
                "name the file itself, by the module as which it is imported there",
                _CHECK,
            )
        if part.parts and (full / ".git").exists():
            return Finding(
                path,
                None,
                f"{part} is a repository of its own, of whose files nothing is known here",
                f"carve it there: --repo {part}",
                _CHECK,
            )
    return None
