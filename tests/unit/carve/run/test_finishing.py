"""Steps compare the pins that they can affect; after the last one all are compared once."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from carving import git, tree

from carve.errors import Refused
from carve.plan.load import load_plan
from carve.report.model import RunRecord, StepRecord
from carve.run.applying import apply_plan
from carve.run.events import Silent
from carve.run.finishing import is_owed
from carve.run.going import run_plan
from carve.run.options import RunOptions
from carve.run.state import status

_REPOSITORY = Path(__file__).parents[4]
_PINS = "characterization"
GOD = """\
class God:
    def run(self) -> int:
        return 1

    def stay(self) -> int:
        return 3
"""
PLAN = f"""\
format: 1
roots: [src]
verify:
  pins: {_PINS}
  tests: [python, -c, "print('narrow')"]
  all_tests: [python, -c, "print('whole')"]
steps:
  - id: 01-run
    do: extract_mixin
    from: pkg.god:God
    to: pkg.mixin_run:MixinRun
    members: [run]
    why: running is one thing
"""
SUBJECTS = "god: {before: 'pkg.god:God'}\nimp: {before: 'pkg.imp:Imp'}\n"
RUNS = "def test_runs(subject, pinned):\n    pinned.check({'got': subject.cls().run()})\n"
# Nobody can see from the text that it reads the module of the other role.
SPIES = """\
from pathlib import Path


def test_spies(subject, pinned):
    other = Path(subject.module.__file__).with_name("god" + chr(46) + "py")
    pinned.check({"got": other.read_text().count("def ")})
"""


def _pin(name: str, got: int) -> str:
    return f"format: 1\nscenario: {name}\nreason: so it is\nobserved:\n  got: {got}\n"


def _run(repo: Path, **options: object) -> RunRecord:
    plan = load_plan(repo / "plan.yaml")
    return run_plan(repo, repo / "plan.yaml", plan, RunOptions(**options), Silent())  # type: ignore[arg-type]


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Return a tree with a role that the plan takes apart, and one that seems not to mind."""
    home = tmp_path / _PINS
    home.mkdir()
    shutil.copy(_REPOSITORY / _PINS / "pytest.ini", home)
    files = {
        "plan.yaml": PLAN,
        "src/pkg/god.py": GOD,
        "src/pkg/imp.py": "class Imp:\n    def run(self) -> int:\n        return 2\n",
        f"{_PINS}/subjects.yaml": SUBJECTS,
        f"{_PINS}/scenarios/god/test_run.py": RUNS,
        f"{_PINS}/scenarios/imp/test_run.py": RUNS,
        f"{_PINS}/pins/god/run/runs.yaml": _pin("god/run/runs", 1),
        f"{_PINS}/pins/imp/run/runs.yaml": _pin("imp/run/runs", 2),
    }
    tree(tmp_path, files)
    return tmp_path


def test_a_step_compares_what_it_affects_and_the_end_all(repo: Path) -> None:
    record = _run(repo)
    (step,) = record.steps
    assert (step.pins, step.pins_of, step.compared, step.tests) == (1, 2, ("god",), "narrow")
    assert record.final is not None
    assert (record.final.pins, record.final.tests, record.final.problems) == (2, "whole", ())
    assert record.summary is not None
    assert (record.summary.pins, record.summary.tests) == (2, "whole")
    taken, mixins = record.summary.parts
    assert (taken.before, taken.after, mixins.modules, mixins.before) == (6, 6, 1, 0)
    assert {"plan", "import", "pins", "tests", "commit"} <= step.phases.keys()
    assert record.phases["pins"] > step.phases["pins"] > 0
    # What was run once more is remembered with the last step.
    known = status(repo, repo / "plan.yaml", load_plan(repo / "plan.yaml"))
    assert (known.final, known.phases) == (record.final, record.phases)
    again = _run(repo)
    assert (again.nothing_to_do, again.final) == (True, record.final)


def test_what_no_step_was_seen_to_cause_is_named_at_the_end(repo: Path) -> None:
    (repo / _PINS / "scenarios/imp/test_run.py").write_text(SPIES)
    shutil.rmtree(repo / _PINS / "pins/imp")
    pin = repo / _PINS / "pins/imp/run/spies.yaml"
    pin.parent.mkdir(parents=True)
    pin.write_text(_pin("imp/run/spies", 2))
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--message=y")
    record = _run(repo)
    assert [step.state for step in record.steps] == ["done"]
    assert record.objected
    assert record.final is not None
    (problem,) = record.final.problems
    assert problem.message.startswith("imp/run/spies: changed at got: 2 became 1; no single step")
    assert problem.where == "imp/run/spies"
    assert "--until" in str(problem.instead)
    with pytest.raises(Refused, match="has not been verified"):
        apply_plan(repo, repo / "plan.yaml", load_plan(repo / "plan.yaml"), None)


def test_half_way_the_closing_tests_are_not_owed(repo: Path) -> None:
    plan = load_plan(repo / "plan.yaml")
    step = StepRecord("01-run", "x", "x", "done", pins=2, pins_of=2)
    assert is_owed(plan, [step])
    assert not is_owed(plan, [])
    without = plan.model_copy(
        update={"verify": plan.verify.model_copy(update={"all_tests": None})}
    )
    assert not is_owed(without, [step])
    partial = replace(step, pins=1, compared=("god",))
    assert is_owed(without, [step, partial])
    assert not is_owed(without, [partial, step])
    assert is_owed(without, [partial, replace(step, pins=None, state="nothing to do")])
