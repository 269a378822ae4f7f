"""What the commands about a run do: find its plan, take back, land."""

from pathlib import Path

from carve.cli.answer import Answer
from carve.cli.options import repository
from carve.cli.plans import Loaded, load
from carve.errors import CarveError, Place
from carve.report.landing import show_applied, show_undone
from carve.repository import Repository
from carve.run.applying import apply_plan
from carve.run.state import runs
from carve.run.undoing import undo_step

__all__ = ["known_plan", "land", "undo"]


def known_plan(file: Path | None, repo: Path | None) -> Loaded:
    """Return the plan in `file`; without one, that of the only run in the repository."""
    if file is not None:
        return load(file, repo)
    folder = repository(repo)
    found = runs(Repository(folder))
    if len(found) == 1:
        return load(next(iter(found.values())), folder)
    plans = sorted(str(path.relative_to(folder)) for path in found.values())
    raise CarveError(
        f"{len(plans)} runs are known here" if plans else "no run is known here",
        where=Place(str(folder)),
        instead=f"name a plan: {', '.join(plans)}" if plans else "begin one: carve run PLAN",
    )


def undo(asked: Loaded, step: str) -> Answer:
    """Take the step and all after it back."""
    done = undo_step(asked.repo, asked.file, asked.plan, step)
    return Answer(done.to_json(), show=lambda console: show_undone(console, done))


def land(asked: Loaded, branch: str | None) -> Answer:
    """Land the result of the run."""
    done = apply_plan(asked.repo, asked.file, asked.plan, branch)
    return Answer(done.to_json(), show=lambda console: show_applied(console, done))
