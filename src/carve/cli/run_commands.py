"""The commands about a run that has begun; what they do is loaded when one of them is called."""

# ruff: noqa: PLC0415 - help and usage errors must not wait for rope and pydantic

from typing import Annotated

import typer

from carve.cli.answer import Answer
from carve.cli.options import Annotations, Json, Junit, MaybePlan, Repo

__all__ = ["apply", "resume", "undo"]


def resume(
    plan: MaybePlan = None,
    junit: Junit = None,
    annotations: Annotations = False,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Go on with a run, whatever has ended it.

    Example: carve resume

    Finished steps are kept. After a commit that mends something they are planned again on it, and
    count as long as they come out the same; what has to hold is then asked once, where the run
    goes on.
    """
    from carve.cli import landing, plans
    from carve.cli.outputs import Outputs
    from carve.run.options import RunOptions

    outputs = Outputs(junit=junit, annotations=annotations)
    return plans.run(landing.known_plan(plan, repo), RunOptions(resume=True), outputs)


def undo(
    step: Annotated[str, typer.Argument(metavar="ID", help="The first step to take back.")],
    plan: MaybePlan = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Take back a step and all after it.

    Example: carve undo 03-receipts

    Branches that end in them go back as well; if one is checked out, its files are again what
    they were. Nothing is done when such a file has other changes.
    """
    from carve.cli import landing

    return landing.undo(landing.known_plan(plan, repo), step)


def apply(
    plan: MaybePlan = None,
    branch: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The branch; by default carve/ and the plan's name."),
    ] = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Land the result of a run as a branch.

    Example: carve apply --branch smaller-store

    The branch that is checked out can be named too, as long as the tree is clean and the result
    continues it.
    """
    from carve.cli import landing

    return landing.land(landing.known_plan(plan, repo), branch)
