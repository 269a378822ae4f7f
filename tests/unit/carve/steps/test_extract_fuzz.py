"""Any class and any subset of its members: refused, or moved without a token lost."""

import random
import sysconfig
from pathlib import Path

import pytest
from carving import plan, tree

from carve.errors import CarveError
from carve.source.members import HostClass
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

STDLIB = Path(sysconfig.get_paths()["stdlib"])
FILES = (
    *("cmd", "code", "codeop", "difflib", "filecmp", "ftplib", "gettext", "netrc", "queue"),
    *("poplib", "sched", "shlex", "smtplib", "string", "selectors", "textwrap"),
)


def _subsets(host: HostClass, name: str) -> list[list[str]]:
    chance = random.Random(name)  # noqa: S311 - the same choice in every run
    names = [member for member in host.members if member != "__init__"]
    sizes = [1, 1, max(1, len(names) // 3)] if names else []
    return [chance.sample(names, min(size, len(names))) for size in sizes]


def _planned(workspace: Workspace, source: str, members: list[str]) -> Planned | None:
    """Return the plan; None for a refusal, which has to know a way out."""
    try:
        planned = plan(workspace, *members, source=source)
    except CarveError as refusal:
        found, way_out = refusal.message, refusal.instead or ""
    else:
        assert isinstance(planned, Planned)
        return planned
    assert way_out, found
    assert "fault of carve" not in way_out, (source, members, found)
    return None


@pytest.mark.parametrize("name", FILES)
def test_the_standard_library_is_moved_whole_or_refused(name: str, tmp_path: Path) -> None:
    path = STDLIB / f"{name}.py"
    if not path.exists():  # a package in newer versions
        path = STDLIB / name / "__init__.py"
    workspace = tree(tmp_path, {"src/pkg/god.py": path.read_bytes()})
    module = workspace.module_at("src/pkg/god.py")
    for node in module.classes()[:6]:
        host = HostClass(module, node)
        for members in _subsets(host, node.name):
            planned = _planned(workspace, f"pkg.god:{node.name}", members)
            if planned is None:
                continue
            for edit in planned.edits:
                compile(edit.after, edit.path, "exec", dont_inherit=True)
            again = plan(workspace.after(planned.edits), *members, source=f"pkg.god:{node.name}")
            assert isinstance(again, Skipped)
