"""A module is deleted only when every gate holds; each alone can be the one that does not."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from carving import git
from deleting import (
    ADDING,
    CLOSING,
    DESK,
    GONE,
    HEAD,
    HOME,
    MODULE,
    PAYING,
    PLAN,
    SUBJECTS,
    accept,
    adding_desk,
    commit,
    copied,
    plan_in,
    shop,
)

from carve.errors import CarveError, Refused
from carve.plan.load import build_plan
from carve.report.gates import DeletionRecord
from carve.report.model import RunRecord
from carve.run.chain import preview
from carve.run.deletion.gating import gate, plan_of
from carve.run.events import Silent
from carve.run.going import run_plan
from carve.run.options import RunOptions

RECORD = f"proof/{MODULE}.gates.json"


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an accepted shop with what is known of its till, committed."""
    repo = shop(tmp_path_factory.mktemp("measured") / "shop")
    accept(repo)
    record = asked(repo)
    assert states(record) == dict.fromkeys(states(record), "held")
    commit(repo)
    return repo


def asked(repo: Path) -> DeletionRecord:
    return gate(repo, plan_in(repo), MODULE, Silent())


def states(record: DeletionRecord) -> dict[str, str]:
    return {each.name: each.state for each in record.gates}


def open_gates(record: DeletionRecord) -> list[str]:
    return [each.name for each in record.gates if each.state == "open"]


def ran(repo: Path, **options: Any) -> RunRecord:
    return run_plan(repo, repo / "plan.yaml", plan_in(repo), RunOptions(**options), Silent())


def messages(record: DeletionRecord | Any) -> str:
    return "\n".join(f"{each.where}: {each.message}" for each in record.problems)


def kept(repo: Path) -> Any:
    return json.loads((repo / RECORD).read_text())


def test_a_module_with_all_gates_held_is_deleted(measured: Path, tmp_path: Path) -> None:
    repo = copied(measured, tmp_path)
    record = ran(repo)
    assert [step.state for step in record.steps] == ["done"] * 4
    last = record.steps[-1]
    assert (last.pins, last.compared, record.final) == (4, (), None)
    assert "src/shop/till.py" not in git(repo, "ls-tree", "-r", "--name-only", str(record.ref))
    assert kept(repo)["mutation"]["noticed"] == kept(repo)["mutation"]["mutants"] > 8
    assert kept(repo)["coverage"]["roles"] == ["till"]
    # The proofs were committed, so nothing had to be measured again.
    assert git(repo, "status", "--porcelain", RECORD) == ""


def test_deleting_too_early_is_refused_with_all_that_is_missing(
    measured: Path, tmp_path: Path
) -> None:
    repo = copied(measured, tmp_path, f"{HEAD}{PAYING}{GONE}{CLOSING}{ADDING}")
    # Planning alone finds what can be found by reading.
    early = preview(repo, repo / "plan.yaml", plan_in(repo)).steps[1]
    assert {each.check for each in early.problems} == {"destination"}
    assert early.notes[-1] == "imports and pins are not known yet; carve gate shop.till finds out"
    record = ran(repo)
    assert [step.state for step in record.steps] == ["done", "refused", "pending", "pending"]
    step = record.steps[1]
    assert {each.check for each in step.problems} == {"destination", "pins"}
    assert "2 lines in 1 member have no other place yet: Till.close (line 10-11)" in messages(step)
    assert "src/shop/till.py" in git(repo, "ls-tree", "-r", "--name-only", str(record.ref))
    assert step.notes[0] == "coverage: 7 of 7 lines run, no branch open, by 4 scenarios"


def test_references_alone_keep_it(measured: Path, tmp_path: Path) -> None:
    repo = copied(measured, tmp_path)
    (repo / "src/shop/shelf.py").write_text("from shop.till import Till\n")
    commit(repo)
    record = asked(repo)
    assert open_gates(record) == ["references"]
    assert messages(record).startswith("src/shop/shelf.py:1: shop.till is still needed")


def test_code_without_another_place_alone_keeps_it(measured: Path, tmp_path: Path) -> None:
    own = '    def close(self):\n        return "closed".strip()\n'
    desk = DESK.replace("from shop.mixin_closing import MixinClosing\n", "") + own
    adding = adding_desk(desk.replace(", MixinClosing", ""))
    repo = copied(measured, tmp_path, f"{HEAD}{PAYING}{adding}{GONE}")
    record = asked(repo)
    assert open_gates(record) == ["destination"]
    given_up = f"{GONE}    loses: {{Till.close: the desk has its own}}\n"
    (repo / "plan.yaml").write_text(f"{HEAD}{PAYING}{adding}{given_up}")
    step = preview(repo, repo / "plan.yaml", plan_in(repo)).steps[-1]
    assert step.state == "planned"
    assert "gives up Till.close: the desk has its own" in step.notes


def test_an_import_that_no_reader_sees_alone_keeps_it(measured: Path, tmp_path: Path) -> None:
    hidden = (
        "import importlib\n\ntry:\n    importlib.import_module('shop.' + 'till')\n"
        "except ImportError:\n    pass\n\n"
    )
    gone = GONE.replace('["characterization/*"]', '["characterization/*", src/shop/desk.py]')
    adding = adding_desk(DESK.replace("from shop.mixin_cl", f"{hidden}from shop.mixin_cl"))
    repo = copied(measured, tmp_path, f"{HEAD}{PAYING}{CLOSING}{adding}{gone}")
    record = asked(repo)
    assert open_gates(record) == ["imports"]
    assert messages(record) == (
        "src/shop/desk.py:6: shop.till is asked for here: while the scenarios are collected"
    )


def test_other_behaviour_of_what_replaces_it_alone_keeps_it(
    measured: Path, tmp_path: Path
) -> None:
    adding = adding_desk(f"{DESK}\n    def close(self):\n        return 2\n")
    repo = copied(measured, tmp_path, PLAN.replace(ADDING, adding))
    record = asked(repo)
    assert open_gates(record) == ["pins"]
    assert messages(record).startswith("till/till/closes: changed at ")


def test_a_role_without_a_class_afterwards_keeps_it(measured: Path, tmp_path: Path) -> None:
    repo = copied(measured, tmp_path)
    (repo / HOME / "subjects.yaml").write_text("till: {before: 'shop.till:Till'}\n")
    commit(repo)
    record = asked(repo)
    assert open_gates(record) == ["pins"]
    assert "shop.till:Till" in messages(record)


def test_what_no_pin_holds_keeps_it_until_both_lists_say_why(
    measured: Path, tmp_path: Path
) -> None:
    repo = copied(measured, tmp_path)
    scenarios = repo / HOME / "scenarios/till/test_till.py"
    scenarios.write_text(scenarios.read_text().partition("def test_closes")[0])
    (repo / HOME / "pins/till/till/closes.yaml").unlink()
    unreachable, equivalent = repo / HOME / "unreachable.yaml", repo / HOME / "equivalent.yaml"
    entry = {"module": MODULE, "code": 'return "closed"', "reason": "x"}
    unreachable.write_text(yaml.safe_dump([entry]))
    commit(repo)
    record = asked(repo)
    assert open_gates(record) == ["mutation"]
    assert "not covered: return-value in Till.close" in messages(record)
    coverage = record.of("coverage")
    assert coverage is not None
    assert coverage.figures["unreachable"] == 1
    names = ("member", "operator", "was", "becomes")
    listed = [
        {"module": MODULE, "reason": "x", **{name: each[name] for name in names}}
        for each in kept(repo)["mutation"]["survivors"]
    ]
    equivalent.write_text(yaml.safe_dump(listed))
    unreachable.unlink()
    record = asked(repo)
    assert open_gates(record) == ["coverage"]
    assert "no scenario runs 'return \"closed\"'" in messages(record)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/shop/till.py", "class Till:\n    def pay(self, amount): return amount + 1\n"),
        ("src/shop/__init__.py", "LIMIT = 1\n"),
        (f"{HOME}/scenarios/till/test_more.py", "def test_more(pinned): pass\n"),
        (f"{HOME}/pins/till/till/closes.yaml", "format: 1\n"),
        (f"{HOME}/subjects.yaml", SUBJECTS.replace("shop.till:Till", "shop.bill:Bill")),
        (f"{HOME}/equivalent.yaml", ""),
        (RECORD, ""),
    ],
)
def test_a_record_that_does_not_fit_is_not_believed(
    path: str, text: str, measured: Path, tmp_path: Path
) -> None:
    repo = copied(measured, tmp_path, f"{HEAD}{GONE}")
    assert _unknown(repo) == ["imports", "pins"]
    if path.endswith("equivalent.yaml"):
        entry = {"module": MODULE, "member": "a", "operator": "b", "was": "c", "becomes": "d"}
        text = yaml.safe_dump([{**entry, "reason": "x"}])
    if path == RECORD:
        text = (repo / path).read_text().replace("Till", "Bill").replace('"key": "', '"key": "0')
    (repo / path).write_text(text)
    both = ["coverage", "mutation", "imports", "pins"]
    assert _unknown(repo) == (both[1:] if path.endswith("equivalent.yaml") else both)


def _unknown(repo: Path) -> list[str]:
    (step,) = preview(repo, repo / "plan.yaml", plan_in(repo)).steps
    (note,) = [note for note in step.notes if "not known yet" in note]
    return note.partition(" are ")[0].split(" and ")


def test_a_scenario_of_another_role_does_not_count(measured: Path, tmp_path: Path) -> None:
    repo = copied(measured, tmp_path, f"{HEAD}{GONE}")
    both = SUBJECTS + "shelf: {before: 'shop.shelf:Shelf'}\n"
    (repo / HOME / "subjects.yaml").write_text(both)
    other = repo / HOME / "scenarios/shelf/test_shelf.py"
    other.parent.mkdir()
    other.write_text("def test_x(subject, pinned): pinned.check({})\n")
    assert _unknown(repo) == ["imports", "pins"]


def test_without_pins_it_needs_a_reason(tmp_path: Path) -> None:
    plan = PLAN.replace("verify: {pins: characterization}\n", "")
    repo = shop(tmp_path, plan)
    step = ran(repo).steps[-1]
    assert (step.state, step.problems[0].check) == ("refused", "pins")
    assert "the plan has no pins, so nothing holds what shop.till does" in messages(step)
    assert str(step.problems[0].instead).endswith("why it may go without")
    (repo / "plan.yaml").write_text(f"{plan}    unproven: a toy\n")
    commit(repo)
    step = ran(repo).steps[-1]
    assert (step.state, step.notes) == ("done", ("unproven: a toy",))


def test_nothing_but_imports_needs_no_pins(tmp_path: Path) -> None:
    plan = "format: 1\nsteps:\n" + GONE.replace("till", "old")
    repo = shop(tmp_path, plan, old='"""Old."""\n\nfrom shop.till import Till\n')
    assert [step.state for step in ran(repo).steps] == ["done"]


def test_a_reason_for_no_proof_has_no_place_where_there_are_pins() -> None:
    step = {"id": "a", "do": "delete_module", "module": "a", "why": "x", "unproven": "x"}
    with pytest.raises(CarveError, match="'a' is to go unproven, but the plan has pins"):
        build_plan({"format": 1, "verify": {"pins": "pins"}, "steps": [step]})


def test_without_a_plan_there_is_one_step_and_the_pins_that_there_are(tmp_path: Path) -> None:
    repo = shop(tmp_path)
    assert plan_of(repo, MODULE, HOME).verify.pins == HOME
    bare = plan_of(repo, "shop.tills", "nowhere")
    assert (bare.verify.pins, len(bare.steps)) == (None, 1)
    with pytest.raises(CarveError, match=r"no module 'shop.tills' at that point") as caught:
        gate(repo, bare, "shop.tills", Silent())
    assert caught.value.instead == "did you mean 'shop.till'?"


def test_a_plan_that_does_not_get_there_is_refused(measured: Path, tmp_path: Path) -> None:
    repo = copied(measured, tmp_path, PLAN.replace("members: [close]", "members: [shut]"))
    with pytest.raises(Refused, match="step '02-closing' before it is refused"):
        asked(repo)
