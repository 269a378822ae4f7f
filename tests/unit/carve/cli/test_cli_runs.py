"""The commands about a run that has begun: they know its plan, and say what they did."""

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest


def test_a_run_is_gone_on_with_landed_and_taken_back(project: Any) -> None:
    nothing = project.carve("resume")
    assert nothing.code == 2
    assert nothing.err.startswith("error: no run is known here\n")
    project.carve("run", "plan.yaml", "--until", "01-receipts")
    early = project.carve("apply")
    assert (early.code, "1 of 2 steps are done" in early.err) == (1, True)
    resumed = project.carve("resume")
    assert resumed.code == 0, resumed.err
    assert resumed.out.startswith("goes on with 02-closing: 1 step done before\n\nstep ")
    landed = project.carve("apply")
    commit = project.git("rev-parse", "--short=10", "refs/carve/plan").strip()
    assert landed.out.splitlines()[3:] == [
        f"landed on carve/plan ({commit}), 3 files changed",
        "see it with: git switch carve/plan",
    ]
    assert project.git("rev-parse", "carve/plan") == project.git("rev-parse", "refs/carve/plan")
    document = project.carve("undo", "02-closing", "--json").document
    assert document["steps"] == ["02-closing"]
    assert document["branches"] == {"carve/plan": document["commit"]}
    assert project.carve("status").out.endswith("\n1 of 2 steps done\n")
    again = project.carve("undo", "02-closing")
    assert (again.code, again.out) == (0, "nothing to do: the step is not done\n")
    wrong = project.carve("undo", "02-closed")
    assert (wrong.code, wrong.err.splitlines()[-1]) == (2, "  did you mean '02-closing'?")


def test_of_two_runs_one_has_to_be_named(project: Any) -> None:
    (project.folder / "other.yaml").write_text(project.plan.read_text())
    project.commit()
    for plan in ("plan.yaml", "other.yaml"):
        assert project.carve("run", plan, "--until", "01-receipts").code == 0
    done = project.carve("resume")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: 2 runs are known here\n")
    assert done.err.endswith("  name a plan: other.yaml, plan.yaml\n")


@pytest.mark.parametrize(
    ("by", "told"),
    [(signal.SIGINT, "interrupted"), (signal.SIGHUP, "ended by SIGHUP")],
)
def test_a_signal_ends_a_run_at_a_whole_step(
    project: Any, tmp_path: Path, by: signal.Signals, told: str
) -> None:
    there, temporary = tmp_path / "there", tmp_path / "temporary"
    temporary.mkdir()
    (project.folder / "wait.py").write_text(
        f"import pathlib, time\npathlib.Path({str(there)!r}).touch()\ntime.sleep(60)\n"
    )
    verify = "verify: {tests: [python, wait.py]}\nsteps:\n"
    project.rewrite(project.plan, "steps:\n", verify)
    with subprocess.Popen(
        project.command("run", "plan.yaml", "--in-place"),
        cwd=project.folder,
        env=project.variables(TMPDIR=str(temporary)),
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        while not there.exists():
            assert process.poll() is None
            time.sleep(0.05)
        for _ in range(3):  # somebody in a hurry
            os.killpg(process.pid, by)
        _, err = process.communicate(timeout=30)
    assert err == f"{told}; finished steps are kept; go on with carve resume\n"
    assert process.returncode == 128 + by
    assert project.git("status", "--porcelain") == ""
    assert len(project.git("worktree", "list").splitlines()) == 1
    assert list(temporary.iterdir()) == []
    # All that stays is for carve resume, which is told by it to go on in place.
    assert [each.name for each in project.folder.glob(".git/carve/*")] == ["in-place-plan"]
    project.rewrite(project.plan, verify, "steps:\n")
    assert project.carve("resume", "plan.yaml").code == 0
    assert "class Till(MixinClosing, MixinReceipts)" in project.till.read_text()
    assert not project.folder.joinpath(".git/carve").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_an_answer_that_finds_no_room_is_told(project: Any) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            project.command("status", "plan.yaml"),
            cwd=project.folder,
            env=project.variables(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(
        b"error: the answer cannot be written: No space left on device\n"
    )


def test_nobody_has_to_listen(project: Any) -> None:
    # A file that is opened while stdout is closed gets its number, and what is told goes there.
    command = " ".join(map(shlex.quote, project.command("run", "plan.yaml")))
    for how in ("<&- >&- 2>&-", "| true"):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{command} {how}"],
            cwd=project.folder,
            env=project.variables(),
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
    assert project.carve("status").out.endswith("\n2 of 2 steps done\n")
