"""A run does one verified, committed step after the other, and leaves nothing else behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from carving import git, tree

from carve.errors import CarveError, Refused
from carve.plan.load import load_plan
from carve.plan.model import Plan
from carve.report.model import RunRecord
from carve.repository import Repository
from carve.run.events import Silent
from carve.run.going import run_plan
from carve.run.lock import abandoned, exclusive
from carve.run.options import RunOptions
from carve.run.settling import settle
from carve.run.state import ref_of, status

GOD = '''\
class God:
    """Does everything."""

    def run(self) -> int:
        return 1

    def walk(self) -> int:
        return 2

    def stay(self) -> int:
        return 3
'''
PLAN = """\
format: 1
roots: [src]
steps:
  - id: 01-run
    do: extract_mixin
    from: pkg.god:God
    to: pkg.mixin_run:MixinRun
    members: [run]
    why: running is one thing
  - id: 02-walk
    do: extract_mixin
    from: pkg.god:God
    to: pkg.mixin_walk:MixinWalk
    members: [walk]
    why: walking is another
"""
WALKED = "src/pkg/mixin_walk.py"


def _repo(folder: Path, plan: str = PLAN, **files: str) -> Path:
    tree(folder, {"src/pkg/god.py": GOD, "plan.yaml": plan, **files})
    return folder


def _run(repo: Path, **options: object) -> RunRecord:
    file = repo / "plan.yaml"
    return run_plan(repo, file, _plan(repo), RunOptions(**options), Silent())  # type: ignore[arg-type]


def _plan(repo: Path) -> Plan:
    return load_plan(repo / "plan.yaml")


def _states(record: RunRecord) -> list[str]:
    return [step.state for step in record.steps]


def _scratch_folders() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob("carve-*")}


@pytest.fixture(autouse=True)
def _own_temporary_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep the scratch folders of tests that run at the same time apart."""
    own = str(tmp_path_factory.mktemp("temporary"))
    monkeypatch.setenv("TMPDIR", own)
    monkeypatch.setattr(tempfile, "tempdir", own)


def test_each_step_is_a_commit_and_the_tree_of_the_user_stays(tmp_path: Path) -> None:
    repo = _repo(tmp_path)
    before, folders = git(repo, "rev-parse", "HEAD"), _scratch_folders()
    record = _run(repo)
    assert _states(record) == ["done", "done"]
    subjects = git(repo, "log", "--format=%s", "-3", str(record.ref)).splitlines()
    assert subjects == [
        "Extract MixinWalk from God",
        "Extract MixinRun from God",
        "Rebuild the tree before the first step",
    ]
    assert git(repo, "rev-parse", "HEAD") == before
    assert git(repo, "status", "--porcelain") == ""
    assert git(repo, "worktree", "list").count("\n") == 1
    assert _scratch_folders() == folders


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    repo = _repo(tmp_path)
    first = _run(repo)
    second = _run(repo)
    assert second.nothing_to_do
    assert [step.commit for step in second.steps] == [step.commit for step in first.steps]


def test_until_stops_there_and_the_next_run_goes_on(tmp_path: Path) -> None:
    repo = _repo(tmp_path)
    assert _states(_run(repo, until="01-run")) == ["done", "pending"]
    assert _states(_run(repo)) == ["already done", "done"]
    assert _states(status(repo, repo / "plan.yaml", _plan(repo))) == ["done", "done"]


def test_an_unknown_step_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(CarveError, match="no step '01-runs'") as caught:
        _run(_repo(tmp_path), until="01-runs")
    assert "01-run" in str(caught.value.instead)


def test_another_commit_or_another_step_begins_anew(tmp_path: Path) -> None:
    repo = _repo(tmp_path)
    _run(repo)
    (repo / "note.txt").write_text("x")
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--message=x")
    assert _states(_run(repo)) == ["done", "done"]
    (repo / "plan.yaml").write_text(PLAN.replace("members: [walk]", "members: [walk, stay]"))
    git(repo, "commit", "--quiet", "--all", "--message=y")
    assert _states(_run(repo)) == ["done", "done"]


def test_a_failing_test_leaves_the_step_before_it(tmp_path: Path) -> None:
    code = f"import os, sys; sys.exit(os.path.exists({WALKED!r}))"
    plan = PLAN.replace("steps:", f'verify: {{tests: [python, -c, "{code}"]}}\nsteps:')
    record = _run(_repo(tmp_path, plan))
    assert _states(record) == ["done", "failed"]
    (problem,) = record.steps[1].problems
    assert problem.check == "tests"
    assert "ended with exit code 1" in problem.message
    tip = Repository(tmp_path).resolve(str(record.ref))
    assert tip == record.steps[0].commit
    assert Repository(tmp_path).show(str(tip), WALKED) is None


def test_a_refused_step_is_reported_and_the_rest_waits(tmp_path: Path) -> None:
    record = _run(_repo(tmp_path, PLAN.replace("members: [run]", "members: [ran]")))
    assert _states(record) == ["refused", "pending"]
    assert record.objected
    assert record.steps[0].problems[0].instead == "did you mean run?"


def test_a_tree_that_does_not_hold_before_is_refused(tmp_path: Path) -> None:
    plan = PLAN.replace("steps:", 'verify: {tests: [python, -c, "raise SystemExit(3)"]}\nsteps:')
    with pytest.raises(Refused, match="before the first step does not hold"):
        _run(_repo(tmp_path, plan))


def test_a_broken_file_below_the_roots_is_named(tmp_path: Path) -> None:
    repo = _repo(tmp_path, **{"src/pkg/odd.py": "def broken(:\n"})
    with pytest.raises(Refused, match="does not parse") as caught:
        _run(repo)
    assert str(caught.value.where) == "src/pkg/odd.py:1:12"


def test_a_dirty_tree_is_refused(tmp_path: Path) -> None:
    repo = _repo(tmp_path)
    (repo / "new.txt").write_text("x")
    with pytest.raises(CarveError, match=r"uncommitted changes: new\.txt"):
        _run(repo)


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    repo = _repo(tmp_path)
    with (
        exclusive(Repository(repo).common_dir / "carve"),
        pytest.raises(CarveError, match=rf"another run .* \(process {os.getpid()}\)"),
    ):
        _run(repo)
    assert not (repo / ".git/carve").exists()
    (repo / ".git/carve").mkdir()
    (repo / ".git/carve/lock").write_text("1\n")  # a kill leaves the file, and nobody holds it
    assert abandoned(repo / ".git/carve")
    settle(repo)
    assert not (repo / ".git/carve").exists()


def test_the_worktree_stays_where_it_is_asked_for(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "repo")
    _run(repo, out=tmp_path / "out")
    assert (tmp_path / "out" / WALKED).is_file()
    with pytest.raises(CarveError, match="is not empty"):
        _run(repo, out=tmp_path / "out")


def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    plan = PLAN.replace(
        "steps:", 'verify: {tests: [python, -c, "import time; time.sleep(60)"]}\nsteps:'
    )
    repo = _repo(tmp_path, plan)
    folders = _scratch_folders()
    process = subprocess.Popen(
        [sys.executable, "-m", "carve", "run", "plan.yaml"],
        cwd=repo,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (_scratch_folders() - folders) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert _scratch_folders() - folders
    (repo / "plan.yaml").write_text(PLAN)
    git(repo, "commit", "--quiet", "--all", "--message=y")
    assert _states(_run(repo)) == ["done", "done"]
    assert _scratch_folders() == folders
    assert git(repo, "worktree", "list").count("\n") == 1


def test_a_baseline_is_laid_over_the_tree_and_drift_is_found(tmp_path: Path) -> None:
    plan = PLAN.replace("roots: [src]", "roots: [src]\nbaseline: old")
    repo = _repo(tmp_path, plan, **{"old/src/pkg/god.py": GOD})
    first = _run(repo)
    assert first.drift == ("src/pkg/god.py", "src/pkg/mixin_run.py", WALKED)
    assert first.objected
    for path in first.drift:
        (repo / path).write_bytes(Repository(repo).show(str(first.ref), path) or b"")
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--message=landed")
    landed = _run(repo)
    assert (_states(landed), landed.drift) == (["done", "done"], ())
    (repo / WALKED).write_text("x = 1\n")
    git(repo, "commit", "--quiet", "--all", "--message=drifted")
    assert _run(repo).drift == (WALKED,)


def test_two_plans_have_refs_of_their_own(tmp_path: Path) -> None:
    assert ref_of(tmp_path, tmp_path / "a/plan.yaml") == "refs/carve/a-plan"
    assert ref_of(tmp_path, tmp_path / "b.yaml") == "refs/carve/b"


def test_in_place_needs_a_plan_without_a_baseline(tmp_path: Path) -> None:
    repo = _repo(tmp_path, PLAN.replace("roots: [src]", "roots: [src]\nbaseline: src"))
    with pytest.raises(CarveError, match="cannot be had in place"):
        _run(repo, in_place=True)
