"""What the tests of merging share: two or more small modules, and one merge of theirs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from carving import tree

from carve.errors import Finding, StepRefused
from carve.plan.spec_merge_members import MergeMembersSpec
from carve.source.text import Source
from carve.steps.merge_members import MergeMembers
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

MIXIN = "src/pkg/mixin_load.py"
A, B = "src/pkg/a.py", "src/pkg/b.py"


def two(folder: Path, first: str, second: str, **others: str | bytes) -> Workspace:
    """Return a tree with the modules `pkg.a` and `pkg.b`, whose classes are `A` and `B`."""
    rest = {f"src/pkg/{name}.py": text for name, text in others.items()}
    return tree(folder, {A: first, B: second, **rest})


def merge_spec(*members: str, **options: Any) -> MergeMembersSpec:
    given: dict[str, Any] = {
        "id": "01-load",
        "sources": ["pkg.a:A", "pkg.b:B"],
        "target": "pkg.mixin_load:MixinLoad",
        "members": members,
        "summary": "Loads",
        "why": "loading is written twice",
        **options,
    }
    return MergeMembersSpec.model_validate(given, by_name=True)


def merge(workspace: Workspace, *members: str, **options: Any) -> Planned | Skipped:
    return MergeMembers(merge_spec(*members, **options)).plan(workspace)


def merged(workspace: Workspace, *members: str, **options: Any) -> dict[str, str]:
    """Return the new texts by path."""
    return texts_of(merge(workspace, *members, **options))


def texts_of(planned: Planned | Skipped) -> dict[str, str]:
    assert isinstance(planned, Planned)
    return {edit.path: Source.decode(edit.path, edit.after or b"").text for edit in planned.edits}


def write(folder: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).write_bytes(text.encode())


def refusal(workspace: Workspace, check: str, *members: str, **options: Any) -> Finding:
    """Return the first objection of the check, which has to have one."""
    with pytest.raises(StepRefused, match=r"\w") as caught:
        merge(workspace, *members, **options)
    found = caught.value.findings
    assert all(f.message and f.instead and f.check for f in found)
    mine = [finding for finding in found if finding.check == check]
    assert mine, f"{check} is silent; the others: {found}"
    return mine[0]


def param(name: str, *values: str, **more: str) -> dict[str, Any]:
    return {"name": name, "values": values, **more}
