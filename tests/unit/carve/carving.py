"""What the tests of the engine share: real trees in real repositories, and one extraction."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from carve.errors import Finding, StepRefused
from carve.plan.specs import ExtractMixinSpec
from carve.source.attributes import attributes
from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.members import HostClass
from carve.source.text import Source
from carve.steps.extract_mixin import ExtractMixin
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

HOST = "src/pkg/god.py"
MIXIN = "src/pkg/mixin_run.py"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@localhost", *words],
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def tree(folder: Path, files: Mapping[str, str | bytes], **options: Any) -> Workspace:
    """Write the files into a new repository; `pkg` is a package without being told."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in {"src/pkg/__init__.py": "", **files}.items():
        full = folder / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text if isinstance(text, bytes) else text.encode())
    begin(folder)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")
    return Workspace(folder, **options)


def begin(folder: Path) -> None:
    """Do what `git init` does, without a process for each of a thousand repositories."""
    if (folder / ".git").exists():
        return
    for name, raw in _new_repository().items():
        path = folder / ".git" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if raw is None:
            path.mkdir()
        else:
            path.write_bytes(raw)


@cache
def _new_repository() -> dict[str, bytes | None]:
    """Return what is in the git folder of a new repository; a folder has no bytes."""
    plain = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    with tempfile.TemporaryDirectory() as folder:
        command = ["git", "init", "--quiet", "--template=", folder]
        subprocess.run(command, env=plain, check=True, capture_output=True)
        home = Path(folder, ".git")
        return {
            str(path.relative_to(home)): None if path.is_dir() else path.read_bytes()
            for path in sorted(home.rglob("*"))
        }


def god(folder: Path, text: str | bytes, **others: str | bytes) -> Workspace:
    """Return a tree with `text` as the module `pkg.god`; `others` are modules of `pkg`."""
    rest = {f"src/pkg/{name}.py": other for name, other in others.items()}
    return tree(folder, {HOST: text, **rest})


def spec_of(*members: str, **options: Any) -> ExtractMixinSpec:
    given: dict[str, Any] = {
        "id": "01-run",
        "source": "pkg.god:God",
        "target": "pkg.mixin_run:MixinRun",
        "members": members,
        "summary": "Runs",
        "why": "running is one thing",
        **options,
    }
    return ExtractMixinSpec.model_validate(given, by_name=True)


def plan(workspace: Workspace, *members: str, **options: Any) -> Planned | Skipped:
    return ExtractMixin(spec_of(*members, **options)).plan(workspace)


def extract(workspace: Workspace, *members: str, **options: Any) -> dict[str, str]:
    """Return the new texts by path."""
    planned = plan(workspace, *members, **options)
    assert isinstance(planned, Planned)
    return {edit.path: Source.decode(edit.path, edit.after).text for edit in planned.edits}


def refused(workspace: Workspace, *members: str, **options: Any) -> tuple[Finding, ...]:
    """Return what is objected to; that nothing is objected to fails the test."""
    with pytest.raises(StepRefused, match=r"\w") as caught:
        plan(workspace, *members, **options)
    assert all(f.message and f.instead and f.check for f in caught.value.findings)
    return caught.value.findings


def objection(workspace: Workspace, check: str, *members: str, **options: Any) -> Finding:
    """Return the first objection of the check, which has to have one."""
    found = refused(workspace, *members, **options)
    mine = [finding for finding in found if finding.check == check]
    assert mine, f"{check} is silent; the others: {found}"
    return mine[0]


def extraction(workspace: Workspace, *members: str, **options: Any) -> Extraction:
    """Return a planned extraction as the checks afterwards get it."""
    module = workspace.module_at(HOST)
    node = module.class_named("God")
    assert node is not None
    host = HostClass(module, node)
    spec = spec_of(*members, **options)
    inside = attributes(host)
    cut = Cut(
        host,
        spec.target,
        tuple(member for name, member in host.members.items() if name in members),
        tuple(inside[name] for name in inside if name in members),
        tuple(module.bindings[name] for name in spec.helpers),
        frozenset(spec.drops),
    )
    texts = extract(workspace, *members, **options)
    return Extraction(cut, Source(HOST, texts[HOST]), Source(MIXIN, texts[MIXIN]))


def python(folder: Path, code: str) -> str:
    """Return what the code prints in a fresh process that starts in `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, check=False, text=True
    )
    assert not done.returncode, done.stderr
    return done.stdout


def tampered(done: Extraction, part: str, old: str, new: str) -> Extraction:
    """Return the extraction with `old` replaced by `new` in the text of the host or the mixin."""
    sources = {"host": done.host_source, "mixin": done.mixin_source}
    source = sources[part]
    assert old in source.text
    sources[part] = Source(source.path, source.text.replace(old, new, 1), source.encoding)
    return Extraction(done.cut, sources["host"], sources["mixin"])
