"""The commands about a plan; what they do is loaded when one of them is called."""

# ruff: noqa: PLC0415 - help and usage errors must not wait for rope and pydantic
# ruff: noqa: PLR0913, PLR0917 - each parameter is an option

from pathlib import Path
from typing import Annotated

import typer

from carve.cli.answer import Answer
from carve.cli.options import (
    Annotations,
    Exclude,
    Folder,
    Json,
    Junit,
    MaybePlan,
    Module,
    PlanFile,
    Repo,
)
from carve.errors import CarveError

__all__ = ["check", "evidence", "gate", "preview", "replay", "report", "run", "status"]


def check(
    plan: PlanFile,
    junit: Junit = None,
    annotations: Annotations = False,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Ask every check about every step. The tree stays as it is."""
    from carve.cli import plans
    from carve.cli.outputs import Outputs

    return plans.check_plan(plans.load(plan, repo), Outputs(junit=junit, annotations=annotations))


def preview(
    plan: PlanFile,
    step: Annotated[str | None, typer.Option(metavar="ID", help="This step alone.")] = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Print what a run would change, as a patch for git apply.

    Nothing is written. What is no patch goes to stderr.
    """
    from carve.cli import plans

    return plans.preview_plan(plans.load(plan, repo), step)


def run(
    plan: PlanFile,
    until: Annotated[str | None, typer.Option(metavar="ID", help="The last step to do.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the worktree of the result here.")
    ] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Change the tree itself; it must be clean.")
    ] = False,
    junit: Junit = None,
    annotations: Annotations = False,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Carry out step by step: check, write, verify, commit.

    It works in a scratch worktree; the commits are kept under a ref of their own. A second run
    goes on after the steps that are done.
    """
    from carve.cli import plans
    from carve.cli.outputs import Outputs
    from carve.run.options import RunOptions

    if in_place and out is not None:
        raise CarveError(
            "--out and --in-place exclude each other", instead="leave one of them out"
        )
    options = RunOptions(until=until, out=out, in_place=in_place)
    return plans.run(
        plans.load(plan, repo), options, Outputs(junit=junit, annotations=annotations)
    )


def gate(
    module: Module,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="PLAN", help="The plan; without one the tree as it is."),
    ] = None,
    folder: Folder = "characterization",
    exclude: Exclude = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Ask every gate that a module has to pass before it may be deleted.

    Example: carve gate shop.old_store --plan plan.yaml

    What has not been measured is measured; --folder counts without a plan. Exit code 1 when a
    gate is open.
    """
    from carve.cli import gates

    return gates.gate_module(module, plan, folder, repo, tuple(exclude or ()))


def status(plan: MaybePlan = None, repo: Repo = None, _json: Json = False) -> Answer:
    """Say which steps are done on the commit that is checked out."""
    from carve.cli import landing, plans

    return plans.state_of_plan(landing.known_plan(plan, repo))


def report(
    plan: PlanFile,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page that shows all of it.")
    ] = None,
    junit: Junit = None,
    annotations: Annotations = False,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Print what moved where, what proved it, and what is left."""
    from carve.cli import evidence as does
    from carve.cli import plans
    from carve.cli.outputs import Outputs

    return does.report_plan(plans.load(plan, repo), Outputs(html, junit, annotations))


def evidence(
    plan: PlanFile,
    check: Annotated[
        bool, typer.Option("--check", help="Compare what is kept; write nothing.")
    ] = False,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Write what moved where and what held it, to be committed.

    With --check the exit code is 1 when what is kept is not what the plan leads to.
    """
    from carve.cli import evidence as does
    from carve.cli import plans

    asked = plans.load(plan, repo)
    return does.check_evidence(asked) if check else does.keep_evidence(asked)


def replay(
    plan: PlanFile,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare the pins and run the tests as well.")
    ] = False,
    junit: Junit = None,
    annotations: Annotations = False,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Run all steps again and compare each tree with the evidence."""
    from carve.cli import evidence as does
    from carve.cli import plans
    from carve.cli.outputs import Outputs

    outputs = Outputs(junit=junit, annotations=annotations)
    return does.replay_plan(plans.load(plan, repo), outputs, verify=verify)
