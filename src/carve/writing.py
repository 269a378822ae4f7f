"""Write edits as one rope ChangeSet, which takes all of them back when one fails."""

import contextlib
from pathlib import Path

from rope.base import change
from rope.base.exceptions import RopeError
from rope.base.fscommands import FileSystemCommands
from rope.base.project import Project
from rope.base.resources import File

from carve.disk import Edit, make_folders, put_bytes, require_fresh
from carve.errors import CarveError, Place

__all__ = ["write"]


def write(folder: Path, edits: list[Edit]) -> None:
    """Carry out `edits` below `folder`; a file that is not as it was planned on is refused."""
    require_fresh(folder, edits)
    # Analysing each changed module would take rope seconds, and nobody asks for the result.
    options = {"ropefolder": None, "save_history": False, "automatic_soa": False}
    # Without commands of its own it would ask which version control there is.
    project = Project(str(folder), fscommands=FileSystemCommands(), **options)
    changes = change.ChangeSet("carve")
    for edit in edits:
        changes.add_change(_Change(project.get_file(edit.path), edit))
    made: list[Path] = []
    try:
        for edit in edits:
            made += make_folders((folder / edit.path).parent)
        project.do(changes)
    except (OSError, RopeError) as error:
        for empty in reversed(made):
            with contextlib.suppress(OSError):
                empty.rmdir()
        raise CarveError(
            f"cannot write: {error}",
            where=Place(edits[0].path),
            instead="all files are as they were; free the disk or mend the permissions",
        ) from error
    finally:
        project.close()


class _Change(change.Change):
    """One edit; rope takes changes back in the order in which they were made, so each is whole."""

    def __init__(self, resource: File, edit: Edit) -> None:
        self.resource = resource
        self._edit = edit
        self._mode: int | None = None

    def do(self, job_set: object = None) -> None:  # noqa: ARG002 - rope hands it over
        """Write the file beside and rename it, so that nobody ever sees half of one."""
        target = self.resource.pathlib
        if self._edit.before is not None:
            self._mode = target.stat().st_mode & 0o7777
        if self._edit.after is None:
            target.unlink()
        else:
            put_bytes(target, self._edit.after)

    def undo(self, job_set: object = None) -> None:  # noqa: ARG002 - rope hands it over
        """Give the file the bytes and the mode that it had."""
        target = self.resource.pathlib
        if self._edit.before is None:
            target.unlink(missing_ok=True)
            return
        put_bytes(target, self._edit.before)
        if self._mode is not None:
            target.chmod(self._mode)

    def get_changed_resources(self) -> list[File]:
        """Return the file."""
        return [self.resource]
