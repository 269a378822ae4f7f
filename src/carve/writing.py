"""Write edits as one rope ChangeSet, which takes all of them back when one fails."""

from collections.abc import Iterator
from pathlib import Path

from rope.base import change
from rope.base.exceptions import RopeError
from rope.base.fscommands import FileSystemCommands
from rope.base.project import Project
from rope.base.resources import File

from carve.disk import Edit, make_folders, replace_bytes, require_fresh
from carve.errors import CarveError, Place

__all__ = ["write"]


def write(folder: Path, edits: list[Edit]) -> None:
    """Carry out `edits` below `folder`; a file that is not as it was planned on is refused."""
    require_fresh(folder, edits)
    # Analysing each changed module would take rope seconds, and nobody asks for the result.
    options = {"ropefolder": None, "save_history": False, "automatic_soa": False}
    project = Project(str(folder), fscommands=_Atomic(), **options)
    changes = change.ChangeSet("carve")
    for edit in edits:
        for one in _changes(project.get_file(edit.path), edit):
            changes.add_change(one)
    made: list[Path] = []
    try:
        for edit in edits:
            made += make_folders((folder / edit.path).parent)
        project.do(changes)
    except (OSError, RopeError) as error:
        for empty in reversed(made):
            empty.rmdir()
        raise CarveError(
            f"cannot write: {error}",
            where=Place(edits[0].path),
            instead="all files are as they were; free the disk or mend the permissions",
        ) from error
    finally:
        project.close()


def _changes(resource: File, edit: Edit) -> Iterator[change.Change]:
    """Yield what rope has to do for one edit."""
    if edit.after is None:
        yield _RemoveFile(resource, edit.before or b"")
        return
    if edit.before is None:
        yield change.CreateResource(resource)
    yield change.ChangeContents(resource, edit.after, edit.before or b"")


class _RemoveFile(change.Change):
    """Rope's own removal cannot be taken back."""

    def __init__(self, resource: File, content: bytes) -> None:
        self.resource = resource
        self._content = content
        self._mode = 0

    def do(self, job_set: object = None) -> None:  # noqa: ARG002 - rope hands it over
        """Remove the file."""
        self._mode = self.resource.pathlib.stat().st_mode & 0o7777
        self.resource.pathlib.unlink()

    def undo(self, job_set: object = None) -> None:  # noqa: ARG002 - rope hands it over
        """Write the file again, with the mode that it had."""
        self.resource.pathlib.write_bytes(self._content)
        self.resource.pathlib.chmod(self._mode)

    def get_changed_resources(self) -> list[File]:
        """Return the file."""
        return [self.resource]


class _Atomic(FileSystemCommands):
    """Write beside the file and rename, so that nobody ever sees half a file."""

    def write(self, path: str, data: bytes) -> None:
        """Replace the file at `path`; its mode stays."""
        replace_bytes(Path(path), data)
