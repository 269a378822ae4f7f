"""The evidence says where every line went, and is the same whenever the plan is."""

import json
from pathlib import Path
from typing import Any

import pytest
from carving import tree

from carve.errors import Refused
from carve.plan.load import load_plan
from carve.plan.model import Plan
from carve.report.evidence import Move, Proofs
from carve.report.model import RunRecord, StepRecord
from carve.run.evidence import Evidence, gather, proofs_of
from carve.run.evidence_files import differences, evidence_folder, proven, read_all, write_all
from carve.run.modules import account_for
from carve.run.story import story

GOD = '''\
"""A god."""

import textwrap


class God(
    object,
):
    """Does everything."""

    LIMIT = 3

    # Runs.
    def run(self) -> str:
        """Run."""
        return textwrap.dedent(
            "x"
        )

    def stay(self) -> int:
        return 3

    def walk(self) -> int:
        return _pace(2)


def _pace(n: int) -> int:
    return n
'''
PLAN = """\
format: 1
roots: [src]
evidence: proof
steps:
  - id: 01-run
    do: extract_mixin
    from: pkg.god:God
    to: pkg.mixin_run:MixinRun
    members: [run]
    drops: [textwrap]
    why: running is one thing
  - id: 02-walk
    do: extract_mixin
    from: pkg.god:God
    to: pkg.mixin_walk:MixinWalk
    members: [walk]
    helpers: [_pace]
    why: walking is another
"""
HOST, RUN, WALK = "src/pkg/god.py", "src/pkg/mixin_run.py", "src/pkg/mixin_walk.py"


def begun(folder: Path, plan: str = PLAN) -> Plan:
    tree(folder, {HOST: GOD, "plan.yaml": plan})
    return load_plan(folder / "plan.yaml")


def held(paths: Any) -> dict[str, dict[int, tuple[str, ...]]]:
    assert paths == [HOST]
    return {
        HOST: {3: ("import",), 14: ("import",), 16: ("god/b", "god/a"), 21: (), 24: ("god/b",)}
    }


@pytest.fixture
def found(tmp_path: Path) -> Evidence:
    return gather(tmp_path, begun(tmp_path), measure=held)


def test_each_member_is_followed_to_its_new_place(found: Evidence) -> None:
    run, walk, pace = (member for step in found.steps for member in step.members)
    assert (run.name, run.owner, run.lines) == ("run", "pkg.god:God", 6)
    assert [*map(str, run.moves)] == ["src/pkg/god.py:13-18 -> src/pkg/mixin_run.py:9-14"]
    assert (walk.name, walk.moves[0].to_path, pace.owner) == ("walk", WALK, "pkg.god")
    assert pace.moves[0].from_lines[1] - pace.moves[0].from_lines[0] == 1


def test_files_have_git_s_hashes_and_trees_grow(found: Evidence) -> None:
    first, second = found.steps
    assert [(file.path, file.before is None) for file in first.files] == [
        (HOST, False),
        (RUN, True),
    ]
    assert first.files[0].after == second.files[0].before
    assert first.tree != second.tree
    assert first.checks == len(first.asked) > 20
    assert "patches-still-reach" in first.asked


def test_every_line_is_accounted_for(found: Evidence) -> None:
    (module,) = found.modules
    assert sum(module.sums.values()) == len(module.lines) == len(GOD.splitlines())
    by_line = {line.line: line for line in module.lines}
    assert (by_line[1].fate, by_line[1].kind) == ("in place", "docstring")
    assert (by_line[3].kind, by_line[3].fate, by_line[3].path) == ("import", "moved", RUN)
    assert (by_line[6].kind, by_line[13].kind) == ("header", "comment")
    assert [by_line[n].fate for n in range(13, 19)] == ["moved"] * 6
    assert (by_line[24].step, by_line[24].path) == ("02-walk", WALK)
    assert module.dropped == {"blank": module.sums["dropped"]}


def test_a_line_that_goes_on_is_held_by_what_held_its_statement(found: Evidence) -> None:
    (module,) = found.modules
    held_at = {line.line: line.held for line in module.lines}
    assert held_at[16] == held_at[17] == held_at[18] is not None
    assert module.scenarios == ("god/a", "god/b", "import")
    assert module.sets[held_at[16]] == "0-1"
    assert held_at[15] is None
    assert module.open == (21,)


def test_a_place_that_is_not_true_is_found(found: Evidence) -> None:
    (module,) = found.modules
    account_for(module, found.after)
    with pytest.raises(Refused, match="line 3 is not accounted for"):
        account_for(module, found.before)


def test_a_refused_step_ends_it(tmp_path: Path) -> None:
    found = gather(tmp_path, begun(tmp_path, PLAN.replace("[walk]", "[wal]")))
    assert [step.id for step in found.steps] == ["01-run"]
    assert not found.complete


def test_files_are_written_once_and_read_back(tmp_path: Path, found: Evidence) -> None:
    plan = load_plan(tmp_path / "plan.yaml")
    folder = evidence_folder(tmp_path, tmp_path / "plan.yaml", plan)
    names = ["01-run.json", "02-walk.json", "pkg.god.lines.json"]
    ready = proven(found, {}, {}, plan)
    assert write_all(folder, ready) == names
    texts = [(folder / name).read_bytes() for name in names]
    assert write_all(folder, ready) == []
    again = proven(gather(tmp_path, plan, measure=held), {}, read_all(folder), plan)
    assert write_all(folder, again) == []
    assert [(folder / name).read_bytes() for name in names] == texts
    assert str(tmp_path).encode() not in b"".join(texts)
    assert not list(differences("proof", read_all(folder), gather(tmp_path, plan)))


def test_what_differs_is_named(tmp_path: Path, found: Evidence) -> None:
    plan = load_plan(tmp_path / "plan.yaml")
    write_all(tmp_path / "proof", proven(found, {}, {}, plan))
    other = gather(tmp_path, load_plan_text(tmp_path, PLAN.replace("is one thing", "matters")))
    told = [
        str(each.message) for each in differences("proof", read_all(tmp_path / "proof"), other)
    ]
    assert 'why was "running is one thing" and is "running matters"' in told
    assert told[0].startswith("digest was ")
    (tmp_path / "proof/02-walk.json").unlink()
    (tmp_path / "proof/09-x.json").write_text('{"evidence": "step"}')
    (tmp_path / "proof/mine.json").write_text("{}")
    told = [
        f"{e.where} {e.message}" for e in differences("proof", read_all(tmp_path / "proof"), found)
    ]
    assert told == [
        "proof/02-walk.json this file of evidence is missing",
        "proof/09-x.json the plan has nothing that this is evidence of",
    ]
    changed = write_all(tmp_path / "proof", proven(found, {}, {}, plan))
    assert changed == ["02-walk.json", "09-x.json"]
    assert (tmp_path / "proof/mine.json").is_file()


def test_one_row_is_one_line_and_the_first_that_differs_is_shown(
    tmp_path: Path, found: Evidence
) -> None:
    plan = load_plan(tmp_path / "plan.yaml")
    write_all(tmp_path / "proof", proven(found, {}, {}, plan))
    path = tmp_path / "proof/pkg.god.lines.json"
    text = path.read_text()
    assert '\n    [13, "comment", "moved", "01-run", "src/pkg/mixin_run.py", 9, null],\n' in text
    path.write_text(text.replace('[13, "comment", "moved"', '[13, "comment", "in place"'))
    (told,) = differences("proof", read_all(tmp_path / "proof"), gather(tmp_path, plan))
    assert told.message.startswith("line 13 was ")
    path.write_text("{")
    with pytest.raises(Exception, match="the evidence cannot be read"):
        read_all(tmp_path / "proof")


def test_a_step_counts_as_verified_only_as_it_was(tmp_path: Path) -> None:
    text = PLAN.replace("steps:", "verify: {tests: [python, -c, pass]}\nsteps:", 1)
    plan = begun(tmp_path, text)
    found = gather(tmp_path, plan)
    with pytest.raises(Refused, match="'01-run' has not been verified"):
        proven(found, {}, {}, plan)
    records = {
        spec.id: StepRecord(spec.id, "", "", "done", pins=7, tests="3 passed in 0.31s")
        for spec in plan.steps
    }
    ready = proven(found, records, {}, plan)
    assert [step.proofs for step in ready.steps] == [Proofs(7, "3 passed")] * 2
    write_all(tmp_path / "proof", ready)
    kept = read_all(tmp_path / "proof")
    assert proven(found, {}, kept, plan).steps[1].proofs == Proofs(7, "3 passed")
    (tmp_path / HOST).write_text(GOD.replace("return 3", "return 4"))
    with pytest.raises(Refused, match="'01-run' has not been verified"):
        proven(gather(tmp_path, plan), {}, kept, plan)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("12 passed in 3.41s", "12 passed"),
        ("12 passed, 1 skipped in 123.41s (0:02:03)", "12 passed, 1 skipped"),
        ("OK", "OK"),
        (None, None),
    ],
)
def test_times_are_no_evidence(said: str | None, kept: str | None) -> None:
    assert proofs_of(StepRecord("a", "", "", "done", tests=said)).tests == kept


def test_the_story_has_the_steps_the_lines_and_what_is_left(
    tmp_path: Path, found: Evidence
) -> None:
    plan = load_plan(tmp_path / "plan.yaml")
    write_all(tmp_path / "proof", proven(found, {}, {}, plan))
    record = RunRecord("plan.yaml", str(tmp_path), steps=tuple(found.records))
    whole, content = story(tmp_path, plan, record, read_all(tmp_path / "proof"))
    json.dumps(content)
    assert [step.diff.count("diff --git") for step in whole.steps] == [2, 2]
    assert [step["kind"] for step in content["steps"]] == ["extract_mixin"] * 2
    (module,) = content["modules"]
    assert module["scenarios"] == ["god/a", "god/b", "import"]
    assert len(module["text"]) == len(module["rows"])
    assert content["left"] == [
        {
            "class": "pkg.god:God",
            "lines": 3,
            "members": [{"name": "LIMIT", "lines": 1}, {"name": "stay", "lines": 2}],
        }
    ]


def test_moves_are_written_as_a_reader_would() -> None:
    assert str(Move("a.py", (1, 1), "b.py", (3, 4))) == "a.py:1 -> b.py:3-4"


def load_plan_text(folder: Path, text: str) -> Plan:
    (folder / "plan.yaml").write_text(text)
    return load_plan(folder / "plan.yaml")


LOADS = '''\
class {0}:
    def load_{1}(self, path: str) -> str:
        """Load it."""
        text = path.strip()
        print(f"{{text}} for {0} at {{path!r}}")
        return text
'''
MERGE = """\
format: 1
steps:
  - id: 01-load
    do: merge_members
    from: [pkg.a:First, pkg.b:Second]
    to: pkg.mixin_load:MixinLoad
    members: [load]
    renames: [{name: load, was: [load_a, load_b]}]
    parameters: [{name: label, values: ["'First'", "'Second'"]}]
    why: loading is written twice
  - id: 02-move
    do: move_symbol
    from: pkg.c:helper
    to: pkg.d
    why: it helps d
  - id: 03-delete
    do: delete_module
    module: pkg.c
    why: nothing is left in it
"""


def test_copies_of_a_member_are_followed_into_the_one_text(tmp_path: Path) -> None:
    files = {
        "src/pkg/a.py": LOADS.format("First", "a"),
        "src/pkg/b.py": LOADS.format("Second", "b"),
        "src/pkg/c.py": "def helper() -> int:\n    return 1\n",
        "plan.yaml": MERGE,
    }
    tree(tmp_path, files)
    found = gather(tmp_path, load_plan(tmp_path / "plan.yaml"))
    assert found.complete, [record.problems for record in found.records]
    first, second = (module for module in found.modules if module.classes)
    for module in (first, second):
        fates = [(line.fate, line.path.rpartition("/")[2]) for line in module.lines]
        mixin = ("moved", "mixin_load.py")
        assert fates[2:4] == [mixin, mixin]
        assert fates[5] == mixin
        assert fates[1][0] == fates[4][0] == "rewritten"
        assert "dropped" not in module.sums or module.sums["dropped"] == 0
    assert [line.now for line in first.lines][1:] == [line.now for line in second.lines][1:]
    (gone,) = (module for module in found.modules if not module.classes)
    assert (gone.module, gone.sums["moved"]) == ("pkg.c", 2)
    assert [member.name for member in found.steps[0].members] == ["load_a", "load_b"]
    (helper,) = found.steps[1].members
    assert (helper.name, helper.moves[0].to_path) == ("helper", "src/pkg/d.py")
