"""The tree before the first step: without what steps make, with what the baseline holds."""

from pathlib import Path

from carving import git, tree

from carve.plan.load import load_plan
from carve.plan.model import Plan
from carve.report.model import RunRecord
from carve.run.before import before_tree, materialise, unread
from carve.run.chain import preview
from carve.run.events import Silent
from carve.run.going import run_plan
from carve.run.options import RunOptions

PLAN = """\
format: 1
baseline: was
exclude: [old/*]
steps:
  - id: 01-home
    do: add_files
    files:
      src/pkg/new/__init__.py: |
        \"\"\"Home.\"\"\"
    why: it needs one
  - {id: 02-name, do: rename_symbol, from: "pkg.god:God", to: Store, why: it is one}
  - id: 03-place
    do: move_symbol
    from: pkg.god:Store
    to: pkg.new.store
    drops: [Store]
    why: it lives there
  - {id: 04-gone, do: delete_module, module: pkg.god, unproven: it is small, why: nothing is left}
"""
BEFORE = {
    "src/pkg/god.py": '"""A module."""\n\n\nclass God:\n    def run(self):\n        return 1\n',
    "src/pkg/user.py": "from pkg.god import God\n\nGod().run()\n",
}
AFTER = {
    "src/pkg/new/__init__.py": '"""Home."""\n',
    "src/pkg/new/store.py": (
        '"""It lives there."""\n\n\nclass Store:\n    def run(self):\n        return 1\n'
    ),
    "src/pkg/user.py": "from pkg.new.store import Store\n\nStore().run()\n",
}


def repository(folder: Path) -> Plan:
    was = {f"was/{path}": text for path, text in BEFORE.items()}
    others = {"old/notes.md": "`pkg.god.God`\n", "plan.yaml": PLAN}
    tree(folder, {**AFTER, **was, **others})
    return load_plan(folder / "plan.yaml")


def ran(folder: Path, plan: Plan) -> RunRecord:
    options = RunOptions(out=folder.parent / "out")
    return run_plan(folder, folder / "plan.yaml", plan, options, Silent())


def test_files_that_steps_make_are_not_there_and_deleted_ones_are(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    before = before_tree(tmp_path, plan)
    assert not before.exists("src/pkg/new/__init__.py")
    assert not before.exists("src/pkg/new/store.py")
    assert before.read("src/pkg/god.py") == BEFORE["src/pkg/god.py"].encode()
    folder = tmp_path / "empty"
    folder.mkdir()
    materialise(tmp_path, plan, folder)
    assert not (folder / "src/pkg/new/store.py").exists()
    assert (folder / "src/pkg/user.py").read_text() == BEFORE["src/pkg/user.py"]


def test_the_plan_its_baseline_and_what_it_excludes_are_not_read(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    assert unread(tmp_path, plan) == ("old/*", "was/*", "plan.yaml")
    assert before_tree(tmp_path, plan).holding(["God"]) == ["src/pkg/god.py", "src/pkg/user.py"]


def test_the_chain_leads_from_one_tree_to_the_other(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    record = preview(tmp_path, tmp_path / "plan.yaml", plan, whole_tree=True)
    assert [(step.state, step.problems) for step in record.steps] == [("planned", ())] * 4
    assert "deleted file mode" in record.steps[-1].diff


def test_a_run_ends_at_the_tree_that_is_checked_out(tmp_path: Path) -> None:
    folder = tmp_path / "repo"
    plan = repository(folder)
    record = ran(folder, plan)
    assert [step.state for step in record.steps] == ["done"] * 4
    assert record.drift == ()
    out = tmp_path / "out"
    assert {path: (out / path).read_text() for path in AFTER} == AFTER
    assert not (out / "src/pkg/god.py").exists()
    assert git(out, "status", "--porcelain") == ""
    again = run_plan(folder, folder / "plan.yaml", plan, RunOptions(), Silent())
    assert [step.state for step in again.steps] == ["already done"] * 4
