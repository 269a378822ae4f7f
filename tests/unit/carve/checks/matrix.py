"""Cases for extractions: a text, what moves, and what becomes of it; none touches the disk.

Each subject has cases of four kinds: it changes, it leaves a look-alike alone, it has nothing to
do the second time, it refuses. What `show()` of a text returns has to stay the same.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from carving import HOST, MIXIN, plan

from carve.errors import Finding, StepRefused
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

__all__ = ["Case", "Changes", "LeavesAlone", "Refuses", "Subject", "imported", "judge", "overlay"]

OLDEST = (3, 11)


@dataclass(frozen=True, kw_only=True)
class Case:
    """The class `God` in `pkg.god` from which the members of `moves` are to go.

    Attributes:
        files: Further files by their paths.
        options: Further keys of the step.
        python: The oldest Python that takes the text.
        needs: A package that the text imports.
    """

    text: str | bytes
    moves: str
    files: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    python: tuple[int, int] = OLDEST
    needs: str | None = None

    def judge(self, folder: Path) -> None:
        """Fail where the engine does anything but what the case says."""
        if sys.version_info < self.python:
            pytest.skip(f"Python 3.{sys.version_info.minor} does not know this syntax")
        if self.needs is not None:
            pytest.importorskip(self.needs)
        self._judge(Workspace(folder, overlay=overlay({HOST: self.text, **self.files})))

    def _judge(self, workspace: Workspace) -> None:
        raise AssertionError(self, workspace)

    def planned(self, workspace: Workspace) -> Planned | Skipped:
        """Return what the engine makes of it."""
        return plan(workspace, *self.moves.split(), **self.options)


@dataclass(frozen=True, kw_only=True)
class Changes(Case):
    """The members move, `show()` says what it said, and a second run has nothing to do.

    Attributes:
        mixin: Texts that have to stand in the mixin's module, letter by letter.
        keeps: Texts that have to stand in the host's module, letter by letter.
    """

    mixin: Sequence[str] = ()
    keeps: Sequence[str] = ()

    def _judge(self, workspace: Workspace) -> None:
        before = behaviour(workspace)
        assert before is not None
        planned = self.planned(workspace)
        assert isinstance(planned, Planned)
        after = workspace.after(planned.edits)
        assert behaviour(after) == before
        self._look(after)
        assert isinstance(self.planned(after), Skipped)

    def _look(self, after: Workspace) -> None:
        for path, texts in ((MIXIN, self.mixin), (HOST, self.keeps)):
            raw = after.read(path) or b""
            for text in texts:
                assert text.encode() in raw, raw.decode()


@dataclass(frozen=True, kw_only=True)
class LeavesAlone(Changes):
    """The same; there is something that only looks like it, `keeps`, and it stays as it is."""

    def _judge(self, workspace: Workspace) -> None:
        assert self.keeps
        super()._judge(workspace)


@dataclass(frozen=True, kw_only=True)
class Refuses(Case):
    """The check objects, in this line, and says so."""

    check: str
    line: int | None
    says: str
    path: str = HOST

    def _judge(self, workspace: Workspace) -> None:
        try:
            planned = self.planned(workspace)
        except StepRefused as error:
            found = error.findings
        else:
            pytest.fail(f"nothing is objected to: {planned}")
        assert all(f.message and f.instead and f.check for f in found)
        assert not [f for f in found if "fault of carve" in f.instead], found
        assert any(self._is_meant(finding) for finding in found), found

    def _is_meant(self, finding: Finding) -> bool:
        place = (finding.check, finding.path, finding.line)
        return place == (self.check, self.path, self.line) and self.says in finding.message


Subject = Sequence[Case]


def judge(case: Case, folder: Path) -> None:
    """Judge one case, in a tree whose files are on no disk."""
    case.judge(folder)


def overlay(files: Mapping[str, str | bytes]) -> dict[str, bytes | None]:
    """Return the files as a workspace lays them over a tree."""
    return {p: text if isinstance(text, bytes) else text.encode() for p, text in files.items()}


def behaviour(workspace: Workspace) -> object:
    """Return what `show()` of the module `pkg.god` returns."""
    with imported(workspace) as module:
        return module.show()


@contextmanager
def imported(workspace: Workspace) -> Iterator[ModuleType]:
    """Import `pkg.god` from the workspace, and forget it afterwards."""
    known = set(sys.modules)
    finder = _Finder(workspace)
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module("pkg.god")
    finally:
        sys.meta_path.remove(finder)
        for name in set(sys.modules) - known:
            if name.partition(".")[0] in ("pkg", "other", "tests"):
                del sys.modules[name]


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Import the modules of a workspace without writing them down."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def find_spec(
        self, fullname: str, _path: object, _target: object = None, /
    ) -> importlib.machinery.ModuleSpec | None:
        return (
            importlib.util.spec_from_loader(
                fullname, self, is_package=path.endswith("__init__.py"), origin=path
            )
            if (path := self._workspace.path_of(fullname)) is not None
            else None
        )

    def is_package(self, fullname: str) -> bool:
        return str(self._workspace.path_of(fullname)).endswith("__init__.py")

    def get_source(self, fullname: str) -> str | None:
        raise ImportError(fullname)

    def get_code(self, fullname: str) -> Any:
        path = self._workspace.path_of(fullname) or ""
        return compile(self._workspace.read(path) or b"", path, "exec", dont_inherit=True)
