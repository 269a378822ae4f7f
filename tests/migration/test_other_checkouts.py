"""The plan names classes and members, so it holds for the same system written otherwise.

A slow test with a reason: nothing smaller tells whether all steps work on another checkout.
"""

import os
import random
import shutil
from pathlib import Path

import pytest
from carving import git
from varying import KINDS, some, vary

from carve.disk import lay
from carve.pins.run import run_pins
from carve.pins.subjects import NOW
from carve.plan.load import load_plan
from carve.plan.model import Plan
from carve.run.before import materialise, unread
from carve.run.chain import plan_step
from carve.run.proofs import imports
from carve.workspace import Workspace

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "migration/plan.yaml"
EXAMPLES = int(os.environ.get("CARVE_EXAMPLES", "1"))
# These reach most of what moves: two thirds to nine tenths of each archetype.
SAMPLE = (
    *("of_a_busy_node", "a_typed_file_is_loaded", "write_read_delete", "trouble_with_the_bus"),
    *("error_context_holds_the_text_of_the_node_id", "cannot_be_rolled_back", "counts_a_call"),
    *("asked_for_by_method", "a_model_that_keeps_its_data", "several_computations"),
    *("groups_across_windows", "the_order_is_left_alone", "a_reference_is_followed"),
    *("failed_transition", "works_through_its_own_methods", "an_open_reference", "a_whole_life"),
)
# Those list what a node has, which extra members change.
ALL = "not construction"


def checkout(folder: Path, plan: Plan, chance: random.Random, kinds: list[str], ends: str) -> None:
    """Write the tree before the first step, with the classes of the plan written otherwise."""
    materialise(ROOT, plan, folder)
    if plan.baseline:
        shutil.rmtree(folder / plan.baseline)
    workspace = Workspace(folder, plan.roots)
    modules = {ref.module for spec in plan.steps for ref in spec.hosts}
    for path in sorted(filter(None, map(workspace.path_of, modules))):
        text = vary((folder / path).read_text(encoding="utf-8"), chance, *kinds)
        (folder / path).write_text(text, encoding="utf-8", newline=ends)
    git(folder, "init", "--quiet", "--template=")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")


# What a Python changes for the engine, the tests of its steps show; nox -s replay asks for all.
@pytest.mark.once
@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_the_plan_runs_on_another_checkout(seed: int, tmp_path: Path) -> None:
    plan = load_plan(PLAN)
    chance = random.Random(seed)  # noqa: S311 - the same choice in every run
    kinds = some(chance, tuple(KINDS)) if seed else [k for k in KINDS if k not in ("wide", "two")]
    checkout(tmp_path, plan, chance, kinds, chance.choice(["\n", "\r\n"]))
    workspace = Workspace(tmp_path, plan.roots, unread(ROOT, plan))
    modules: list[str] = []
    for spec in plan.steps:
        record, planned = plan_step(spec, workspace, plan)
        assert record.state == "planned", (kinds, record.problems, record.notes)
        assert planned is not None
        workspace = workspace.after(planned.edits)
        modules += planned.modules
    select = ALL if EXAMPLES > 1 else " or ".join(SAMPLE)
    before = run_pins(tmp_path, subject="before", select=select) if EXAMPLES > 1 else None
    lay(tmp_path, workspace.overlay)
    left = dict.fromkeys(filter(workspace.path_of, modules))
    assert not imports(tmp_path, plan.roots, left).problems
    after = run_pins(tmp_path, subject=NOW, select=select)
    assert after.results
    assert after.held == after.results, (kinds, [r for r in after.results if r.status != "held"])
    assert before is None or len(before.held) == len(after.held)
