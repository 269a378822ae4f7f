"""What a run can be asked for, and what has to hold before one begins."""

from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place
from carve.plan.model import Plan, StepSpec
from carve.plan.nearest import nearest
from carve.repository import Repository

__all__ = [
    "RunOptions",
    "clean_head",
    "number_of",
    "refuse_impossible",
    "require_top",
    "wanted_steps",
]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run: up to and including step `until`; a worktree of the result kept at `out`.

    With `in_place` the branch that is checked out follows step by step. With `resume` steps count
    that were done on another commit, as long as they come out the same on this one.
    """

    until: str | None = None
    out: Path | None = None
    in_place: bool = False
    resume: bool = False


def require_top(repository: Repository) -> None:
    """Refuse a folder inside of a repository: a run commits, and worktrees are of the whole."""
    folder, top = repository.folder.resolve(), repository.top.resolve()
    if folder != top:
        raise CarveError(
            "a run is of a whole repository, and this is a folder in one",
            where=Place(str(folder)),
            instead=f"run it with --repo {top}, and put {folder.relative_to(top).as_posix()}/ "
            "before each path of the plan",
        )


def clean_head(repository: Repository, plan: Plan) -> str:
    """Return the commit that is checked out; evidence alone may differ from it."""
    top = repository.top
    head = repository.head()
    written = f"{plan.evidence.rstrip('/')}/" if plan.evidence else None
    dirty = [path for path in repository.dirty() if not (written and path.startswith(written))]
    if dirty:
        more = f" (and {len(dirty) - 1} more)" if len(dirty) > 1 else ""
        raise CarveError(
            f"the tree has uncommitted changes: {dirty[0]}{more}",
            where=Place(str(top / dirty[0])),
            instead="commit or stash them; a run starts from a commit",
        )
    return head


def wanted_steps(plan: Plan, until: str | None) -> tuple[StepSpec, ...]:
    """Return the steps up to and including `until`; all of them without one."""
    return plan.steps if until is None else plan.steps[: number_of(plan, until) + 1]


def number_of(plan: Plan, step: str) -> int:
    """Return at which place the step stands, or say that the plan has none of that name."""
    ids = [spec.id for spec in plan.steps]
    if step not in ids:
        raise CarveError(
            f"the plan has no step {step!r}",
            where=plan.places.of("steps"),
            instead=nearest(step, ids) or f"one of {', '.join(ids)}",
        )
    return ids.index(step)


def refuse_impossible(plan: Plan, options: RunOptions) -> None:
    """Refuse what cannot be had together."""
    if options.in_place and plan.baseline is not None:
        raise CarveError(
            "a plan with a baseline begins from an older tree, which cannot be had in place",
            where=plan.places.of("baseline"),
            instead="run it without --in-place",
        )
    if options.in_place and options.out is not None:
        raise CarveError(
            "--in-place and --out exclude each other", instead="leave one of them out"
        )
