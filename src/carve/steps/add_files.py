"""Add text files that are to be there before the next steps: a package, a contract, a page.

Before: there is no `shop/depot/__init__.py`.
After:  it is there, with the text that the plan gives.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from carve.errors import Finding
from carve.plan.spec_files import AddFilesSpec
from carve.source.roots import prefix_of
from carve.steps.outcome import Planned, Skipped, refuse, refusing
from carve.workspace import Edit, Workspace

__all__ = ["AddFiles"]

_ASKED = ("files-are-new", "python-parses")


@dataclass(frozen=True, slots=True)
class AddFiles:
    """Plan the files that `spec` describes."""

    spec: AddFilesSpec

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits; the disk stays as it is. Raises StepRefused with all objections."""
        with refusing(self.spec.id):
            files = {path: text.encode() for path, text in self.spec.files.items()}
            missing = {path: raw for path, raw in files.items() if workspace.read(path) != raw}
            if not missing:
                return Skipped("the files are there, as the plan has them")
            refuse(self.spec.id, [*_taken(missing, workspace), *_broken(missing)])
            return Planned(
                title=self.spec.title,
                edits=tuple(Edit(path, raw) for path, raw in missing.items()),
                members=(),
                lines=sum(len(raw.splitlines()) for raw in missing.values()),
                modules=tuple(_modules(missing, workspace)),
                checks=len(_ASKED),
                asked=_ASKED,
            )


def _taken(files: dict[str, bytes], workspace: Workspace) -> Iterator[Finding]:
    for path in files:
        for parent in (path, *map(str, PurePosixPath(path).parents)):
            if workspace.exists(parent):
                other = "with another text" if parent == path else "and is no folder"
                message = f"{parent} is there already, {other}"
                yield Finding(parent, 1, message, "choose another path", "files-are-new")
        if (workspace.folder / path).is_dir():
            message = f"{path} is there already, and is a folder"
            yield Finding(path, None, message, "choose another path", "files-are-new")


def _broken(files: dict[str, bytes]) -> Iterator[Finding]:
    for path, raw in files.items():
        if not path.endswith(".py"):
            continue
        try:
            ast.parse(raw)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None)
            message = f"the text does not parse: {getattr(error, 'msg', error) or 'too deep'}"
            yield Finding(path, line, message, "mend it in the plan", "python-parses")


def _modules(files: dict[str, bytes], workspace: Workspace) -> Iterator[str]:
    """Yield the new modules below the roots, which have to be importable."""
    for path in files:
        below = any(path.startswith(prefix_of(root)) for root in workspace.roots)
        name = workspace.name_of(path)
        if below and path.endswith(".py") and all(map(str.isidentifier, name.split("."))):
            yield name
