"""What a plan comes to is read from the commits of its steps."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from carving import git, tree

from carve.plan.load import build_plan
from carve.report.model import FinalRecord, StepRecord
from carve.report.summary import Merged, Mutants, Part
from carve.repository import Repository
from carve.run.hashes import blob_hash
from carve.run.summing import summary_of

STORE, DEPOT, MIXIN = "src/shop/store.py", "src/shop/depot.py", "src/shop/mixin_loading.py"
FILES = {"src/shop/__init__.py": "", STORE: "a\n" * 30, DEPOT: "b\n" * 20}
PLAN = build_plan(
    {
        "format": 1,
        "steps": [
            {
                "id": "01-loading",
                "do": "merge_members",
                "from": ["shop.store:Store", "shop.depot:Depot"],
                "to": "shop.mixin_loading:MixinLoading",
                "members": ["load"],
                "why": "loading is written twice",
            },
            {
                "id": "02-gone",
                "do": "delete_module",
                "module": "shop.depot",
                "why": "nothing is left of it",
            },
        ],
    }
)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Return a repository with the commits of both steps."""
    tree(tmp_path, FILES)
    (tmp_path / STORE).write_text("a\n" * 12)
    (tmp_path / DEPOT).write_text("b\n" * 5)
    (tmp_path / MIXIN).write_text("c\n" * 19)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=merged")
    git(tmp_path, "rm", "--quiet", DEPOT)
    git(tmp_path, "commit", "--quiet", "--message=gone")
    return tmp_path


def _steps(repo: Path) -> tuple[StepRecord, ...]:
    merged, gone = git(repo, "rev-parse", "HEAD~1", "HEAD").split()
    facts: dict[str, Any] = {
        "lines": 33,
        "files": (MIXIN, STORE, DEPOT),
        "commit": merged,
        "pins": 4,
    }
    return (
        replace(StepRecord("01-loading", "Merge", "x", "done"), **facts),
        StepRecord("02-gone", "Delete", "x", "done", files=(DEPOT,), commit=gone),
    )


def test_lines_are_counted_before_the_first_step_and_after_the_last(repo: Path) -> None:
    before = git(repo, "rev-parse", "HEAD~2").strip()
    found = summary_of(Repository(repo), PLAN, before, _steps(repo), FinalRecord("02-gone", 7))
    assert found is not None
    assert found.parts == (Part("taken apart", 2, 50, 12), Part("mixins", 1, 0, 19))
    assert (found.before, found.after) == (50, 31)
    assert found.deleted == (Part("shop.depot", 1, 5, 0),)
    assert found.merged == Merged(33, 19)
    assert (found.pins, found.pins_of, found.mutants) == (7, 7, None)


def test_mutants_of_the_very_text_are_told(repo: Path) -> None:
    before = git(repo, "rev-parse", "HEAD~2").strip()
    folder = repo / ".git/carve/mutants"
    folder.mkdir(parents=True)
    for name, text, verdicts in (
        ("store", FILES[STORE], ["killed", "timeout", "survived"]),
        ("depot", "other\n", ["killed"]),
    ):
        data = {"blob": blob_hash(text.encode()), "mutants": [{"verdict": v} for v in verdicts]}
        (folder / f"shop.{name}.last.json").write_text(json.dumps(data))
    found = summary_of(Repository(repo), PLAN, before, _steps(repo), None)
    assert found is not None
    assert found.mutants == Mutants(3, 2)
    assert found.mutants.survivors == 1


def test_a_plan_with_open_steps_comes_to_nothing_yet(repo: Path) -> None:
    before = git(repo, "rev-parse", "HEAD~2").strip()
    assert summary_of(Repository(repo), PLAN, before, _steps(repo)[:1], None) is None
