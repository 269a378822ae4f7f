"""A run goes on where it ended, also on a commit that mends something, and ends in the same."""

from pathlib import Path

import pytest
from carving import git, tree

from carve.errors import CarveError, Refused
from carve.plan.load import load_plan
from carve.report.model import RunRecord
from carve.repository import Repository
from carve.run.applying import apply_plan
from carve.run.events import Silent
from carve.run.going import run_plan
from carve.run.options import RunOptions
from carve.run.state import ref_of, status
from carve.run.undoing import undo_step
from carve.run.wish import is_wished, wish

GOD = '''\
class God:
    """Does everything."""

    def run(self) -> int:
        return 1

    def walk(self) -> int:
        return 2
'''
PLAN = """\
format: 1
verify: {tests: [python, judge.py]}
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
HELD = "held.txt"


def _judge(folder: Path, condition: str) -> str:
    """Return a test that notes each time that it was asked."""
    log = folder.parent / f"{folder.name}.log"
    return (
        "import os, sys\n"
        f"walks, runs = (os.path.exists(f'src/pkg/mixin_{{n}}.py') for n in ('walk', 'run'))\n"
        f"open({str(log)!r}, 'a').write('x')\n"
        f"sys.exit({condition})\n"
    )


def _repo(folder: Path, condition: str = "0", plan: str = PLAN) -> Path:
    files = {"src/pkg/god.py": GOD, "plan.yaml": plan, "judge.py": _judge(folder, condition)}
    tree(folder, {**files, ".gitignore": "__pycache__/\n"})
    # Where the words of a large tree are kept, beside what a landing needs for a moment.
    (folder / ".git/carve/index/words-1").mkdir(parents=True)
    git(folder, "branch", "--move", "--force", "master")
    return folder


def _commit(repo: Path, **files: str) -> None:
    for name, text in files.items():
        (
            repo / name.replace("__", "/").replace("_py", ".py").replace("_yaml", ".yaml")
        ).write_text(text)
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--message=mend")


def _run(repo: Path, **options: object) -> RunRecord:
    file = repo / "plan.yaml"
    return run_plan(repo, file, load_plan(file), RunOptions(**options), Silent())  # type: ignore[arg-type]


def _states(record: RunRecord) -> list[str]:
    return [step.state for step in record.steps]


def _asked(repo: Path) -> int:
    log = repo.parent / f"{repo.name}.log"
    times = len(log.read_text())
    log.unlink()
    return times


def test_after_a_mend_the_steps_before_are_kept_and_asked_once(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a", "walks")
    failed = _run(repo)
    assert _states(failed) == ["done", "failed"]
    assert _asked(repo) == 3
    _commit(repo, judge_py=_judge(repo, "0"))
    record = _run(repo, resume=True)
    assert _states(record) == ["already done", "done"]
    assert _asked(repo) == 2
    assert record.remarks == (
        "another commit is checked out than the run began from: 1 step came out the same",
    )
    # The very tree of a run that nothing has interrupted.
    straight = _repo(tmp_path / "b")
    _commit(straight, judge_py=_judge(repo, "0"))
    assert [step.tree for step in record.steps] == [step.tree for step in _run(straight).steps]


def test_a_step_that_comes_out_otherwise_begins_anew(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a", "walks")
    _run(repo)
    _commit(repo, src__pkg__god_py=GOD.replace("return 1", "return 11"), judge_py="")
    record = _run(repo, resume=True)
    assert _states(record) == ["done", "done"]
    assert record.remarks[1] == "step 01-run and what follows it are done anew"


def test_a_mended_plan_keeps_the_steps_before_the_mend(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a", plan=PLAN.replace("[walk]", "[wolk]"))
    assert _states(_run(repo)) == ["done", "refused"]
    _commit(repo, plan_yaml=PLAN)
    assert _states(_run(repo, resume=True)) == ["already done", "done"]


def test_a_mend_that_breaks_what_is_kept_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a", "walks")
    _run(repo)
    _commit(repo, judge_py=_judge(repo, "runs"))
    with pytest.raises(Refused, match="with the steps up to 01-run the tree does not hold"):
        _run(repo, resume=True)
    _commit(repo, judge_py=_judge(repo, "0"))
    assert _states(_run(repo, resume=True)) == ["already done", "done"]


def test_where_nothing_is_left_nothing_is_done(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a")
    _run(repo)
    _asked(repo)
    record = _run(repo, resume=True)
    assert record.nothing_to_do
    assert record.remarks == ("nothing is left to do",)


def test_a_run_in_place_goes_on_from_the_commit_that_mends(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a", "walks")
    assert _states(_run(repo, in_place=True)) == ["done", "failed"]
    assert (repo / "src/pkg/mixin_run.py").is_file()
    _commit(repo, judge_py="")
    record = _run(repo, resume=True)
    assert _states(record) == ["already done", "done"]
    subjects = git(repo, "log", "--format=%s", "-4").splitlines()
    assert subjects[:3] == ["Extract MixinWalk from God", "mend", "Extract MixinRun from God"]
    assert git(repo, "status", "--porcelain") == ""
    plan = load_plan(repo / "plan.yaml")
    assert _states(status(repo, repo / "plan.yaml", plan)) == ["done", "done"]
    with pytest.raises(Refused, match=r"'master' has \w+ on top of the step"):
        undo_step(repo, repo / "plan.yaml", plan, "01-run")
    undo_step(repo, repo / "plan.yaml", plan, "02-walk")
    assert git(repo, "log", "--format=%s", "-1") == "mend\n"


def test_undoing_what_was_landed_gives_back_bytes_and_modes(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a")
    git(repo, "config", "core.autocrlf", "true")
    god = repo / "src/pkg/god.py"
    god.write_bytes(GOD.replace("\n", "\r\n").encode())
    god.chmod(0o750)
    git(repo, "commit", "--quiet", "--all", "--message=mode")
    (repo / "unrelated.txt").write_text("mine")
    (repo / ".git/info").mkdir(exist_ok=True)
    (repo / ".git/info/exclude").write_text("unrelated.txt\n")
    head = git(repo, "rev-parse", "HEAD")
    _run(repo, in_place=True)
    assert b"\r\n" in god.read_bytes()
    assert b"\n" not in god.read_bytes().replace(b"\r\n", b"")
    done = undo_step(repo, repo / "plan.yaml", load_plan(repo / "plan.yaml"), "01-run")
    assert done.steps == ("01-run", "02-walk")
    assert god.read_bytes() == GOD.replace("\n", "\r\n").encode()
    assert god.stat().st_mode & 0o777 == 0o750
    assert not (repo / "src/pkg/mixin_run.py").exists()
    assert (git(repo, "rev-parse", "HEAD"), git(repo, "status", "--porcelain")) == (head, "")
    again = undo_step(repo, repo / "plan.yaml", load_plan(repo / "plan.yaml"), "01-run")
    assert again.steps == ()


def test_undoing_refuses_files_with_other_changes(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a")
    _run(repo, in_place=True)
    head = git(repo, "rev-parse", "HEAD")
    walk = repo / "src/pkg/mixin_walk.py"
    walk.write_text(walk.read_text() + "# mine\n")
    with pytest.raises(CarveError, match=r"mixin_walk\.py has changes that are in no commit"):
        undo_step(repo, repo / "plan.yaml", load_plan(repo / "plan.yaml"), "01-run")
    assert walk.read_text().endswith("# mine\n")
    assert git(repo, "rev-parse", "HEAD") == head


def test_a_result_lands_as_a_branch_once(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a")
    file, plan = repo / "plan.yaml", load_plan(repo / "plan.yaml")
    _run(repo, until="01-run")
    with pytest.raises(Refused, match="1 of 2 steps are done"):
        apply_plan(repo, file, plan, None)
    record = _run(repo)
    done = apply_plan(repo, file, plan, None)
    assert (done.branch, done.commit) == ("carve/plan", record.steps[-1].commit)
    assert apply_plan(repo, file, plan, None).nothing_to_do
    git(repo, "branch", "other", git(repo, "commit-tree", "-m", "else", "HEAD^{tree}").strip())
    with pytest.raises(Refused, match="'other' has something else"):
        apply_plan(repo, file, plan, "other")
    with pytest.raises(CarveError, match="no name for a branch"):
        apply_plan(repo, file, plan, "a..b")
    (repo / "judge.py").write_text("")
    with pytest.raises(CarveError, match="uncommitted changes"):
        apply_plan(repo, file, plan, "master")
    git(repo, "checkout", "--quiet", "judge.py")
    assert apply_plan(repo, file, plan, "master").checked_out
    assert git(repo, "status", "--porcelain") == ""
    assert undo_step(repo, file, plan, "01-run").branches.keys() == {"carve/plan", "master"}
    assert not (repo / "src/pkg/mixin_run.py").exists()


def test_with_a_baseline_the_difference_is_landed(tmp_path: Path) -> None:
    repo = tmp_path / "a"
    plan_text = PLAN.replace("verify: {tests: [python, judge.py]}", "baseline: old")
    files = {"src/pkg/god.py": "class God: ...\n", "old/src/pkg/god.py": GOD}
    tree(repo, {**files, "plan.yaml": plan_text, "old/src/pkg/rest.py": "x = 1\n"})
    file, plan = repo / "plan.yaml", load_plan(repo / "plan.yaml")
    head = git(repo, "rev-parse", "HEAD").strip()
    record = _run(repo)
    assert record.drift
    done = apply_plan(repo, file, plan, "landed")
    assert done.files == ("src/pkg/god.py", "src/pkg/mixin_run.py", "src/pkg/mixin_walk.py")
    assert git(repo, "rev-parse", "landed^").strip() == head
    assert git(repo, "show", "landed:src/pkg/god.py").startswith("from pkg.mixin_run")
    assert apply_plan(repo, file, plan, "landed").nothing_to_do
    git(repo, "switch", "--quiet", "landed")
    assert _states(status(repo, file, plan)) == ["done", "done"]
    assert undo_step(repo, file, plan, "02-walk").branches == {"landed": head}
    assert (repo / "src/pkg/god.py").read_text() == "class God: ...\n"


def test_the_note_names_the_plan(tmp_path: Path) -> None:
    repo = _repo(tmp_path / "a")
    _run(repo, until="01-run")
    ref = ref_of(repo, repo / "plan.yaml")
    assert '"plan": "plan.yaml"' in git(repo, "notes", "--ref=carve", "show", f"{ref}^")


@pytest.mark.parametrize("resume", [True, False])
def test_a_run_in_place_that_was_killed_before_its_first_commit_goes_on_as_one(
    resume: bool, tmp_path: Path
) -> None:
    repo = _repo(tmp_path / "a")
    repository, ref = Repository(repo), ref_of(repo, repo / "plan.yaml")
    wish(repository, ref, in_place=True)  # all that such a kill leaves, beside what is cleared
    assert _states(_run(repo, resume=resume)) == ["done", "done"]
    # To run it anew is to say anew what is to come of it.
    assert (repo / "src/pkg/mixin_walk.py").is_file() is resume
    assert not is_wished(repository, ref)


def test_a_wish_is_for_one_plan(tmp_path: Path) -> None:
    repository = Repository(_repo(tmp_path / "a"))
    wish(repository, "refs/carve/plan", in_place=True)
    assert is_wished(repository, "refs/carve/plan")
    assert not is_wished(repository, "refs/carve/pla")
    wish(repository, "refs/carve/pla", in_place=False)
    assert is_wished(repository, "refs/carve/plan")
