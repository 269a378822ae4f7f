"""What the commands about a plan do: check, preview, run, status."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.keeping import keep
from carve.cli.options import repository, resolved
from carve.cli.outputs import Outputs, with_outputs
from carve.cli.progress import Live
from carve.errors import CarveError
from carve.plan.load import load_plan
from carve.plan.model import Plan
from carve.plan.nearest import nearest
from carve.plan.tree import check_tree
from carve.report.diffs import show_diffs
from carve.report.model import RunRecord
from carve.report.steps import show_chain, show_run, show_status, widest
from carve.repository import Repository
from carve.run.chain import preview
from carve.run.going import run_plan
from carve.run.options import RunOptions
from carve.run.settling import settle
from carve.run.state import status

__all__ = ["Loaded", "check_plan", "load", "preview_plan", "run", "state_of_plan"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan, the file it is from, and the repository that it fits."""

    repo: Path
    file: Path
    plan: Plan


def load(file: Path, repo: Path | None) -> Loaded:
    """Return the plan in `file`, once it is clear that it fits the repository."""
    folder = repository(repo)
    found = resolved(file, folder)
    settle(folder)
    plan = load_plan(found)
    check_tree(plan, folder)
    return Loaded(folder, found, plan)


def check_plan(asked: Loaded, outputs: Outputs) -> Answer:
    """Return what the checks say about the whole chain."""
    with Live(first="asking the checks"):
        record = preview(asked.repo, asked.file, asked.plan, diffs=False, whole_tree=True)
    answer = Answer(
        record.to_json(),
        int(record.objected),
        show=lambda console: show_chain(console, record),
    )
    return with_outputs(answer, record, outputs)


def preview_plan(asked: Loaded, step: str | None) -> Answer:
    """Return the patch of the chain, or of one step of it."""
    ids = [spec.id for spec in asked.plan.steps]
    if step is not None and step not in ids:
        raise CarveError(
            f"the plan has no step {step!r}",
            where=asked.plan.places.of("steps"),
            instead=nearest(step, ids) or f"one of {', '.join(ids)}",
        )
    with Live(first="planning the chain"):
        record = preview(asked.repo, asked.file, asked.plan, only=step)
    return Answer(
        record.to_json(),
        int(record.objected),
        show=lambda console: show_diffs(console, record.steps),
        aside=lambda console: show_chain(console, record),
    )


def run(asked: Loaded, options: RunOptions, outputs: Outputs) -> Answer:
    """Carry the plan out and return how far it came; a plan that names a folder gets evidence."""
    with Live([spec.id for spec in asked.plan.steps]) as live:
        record = run_plan(asked.repo, asked.file, asked.plan, options, live)
    kept = _kept(asked, record)
    following = _following(asked, record, options.out)

    def show(console: Console) -> None:
        show_run(console, record)
        for text in following:
            console.print(text, soft_wrap=True)
        if kept is not None and kept.show is not None:
            kept.show(console)

    body = record.to_json() if kept is None else {**record.to_json(), "evidence": kept.body}
    answer = Answer(body, int(record.objected), show=show, wide=widest(record))
    return with_outputs(answer, record, outputs)


def state_of_plan(asked: Loaded) -> Answer:
    """Return which steps are done on the commit that is checked out."""
    record = status(asked.repo, asked.file, asked.plan)
    return Answer(
        record.to_json(),
        int(record.objected),
        show=lambda console: show_status(console, record),
        wide=widest(record),
    )


def _kept(asked: Loaded, record: RunRecord) -> Answer | None:
    """Write the evidence of a whole run, where the plan says that there is to be some."""
    held = record.final is None or not record.final.problems
    whole = held and all(step.commit for step in record.steps)
    wanted = asked.plan.evidence is not None and whole
    return keep(asked.repo, asked.file, asked.plan, record) if wanted else None


def _following(asked: Loaded, record: RunRecord, out: Path | None) -> list[str]:
    """Return where the result is and what can be done with it."""
    commit = next((step.commit for step in reversed(record.steps) if step.commit), None)
    if commit is None:
        return []
    if Repository(asked.repo).head() == commit:
        return [f"result: {commit[:10]}, on what is checked out"]
    where = f"{out} ({record.ref})" if out else record.ref
    if any(step.commit is None for step in record.steps):
        then = "; when that is mended: carve resume" if record.objected else ""
        return [f"so far: {where}{then}"]
    # The files of a plan with a baseline may be where it leads to long since.
    landing = "; land it with carve apply" if record.drift or not asked.plan.baseline else ""
    return [f"result: {where}{landing}"]
