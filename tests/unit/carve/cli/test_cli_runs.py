"""The commands about a run that has begun: they know its plan, and say what they did."""

from typing import Any


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
