"""What `carve mutate` does."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.ending import within
from carve.cli.pins import judged
from carve.cli.plans import load
from carve.cli.progress import Live
from carve.report.mutation import show_mutation
from carve.repository import Repository
from carve.run.behaviour import Pins
from carve.run.mutation import Wanted, judge_mutants

__all__ = ["Bounds", "mutate_module"]

_GO_ON = "verdicts are kept, and a second run goes on from here"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many judge, whether old verdicts count, how much is to be noticed, in how long."""

    workers: int
    fresh: bool
    bar: float
    timeout: float | None = None


def mutate_module(module: str, pins: Pins, plan: Path | None, bounds: Bounds) -> Answer:
    """Return what the pins notice of the faults planted into a module.

    With a plan the tree before its first step is mutated, else the one that is there.
    """
    roots: tuple[str, ...] = ("src",) if (pins.tree / "src").is_dir() else (".",)
    if plan is not None:
        roots = load(plan, pins.tree).plan.roots
    repository = Repository(pins.tree)
    folder = repository.common_dir / "carve" / "mutants" if repository.is_git else None
    cache = folder / f"{module}.jsonl" if folder else None
    wanted = Wanted(module, roots, bounds.bar, bounds.workers, bounds.fresh, cache)
    live = Live(first="measuring which pin runs what")
    with live, within(bounds.timeout, live, _GO_ON), judged(pins, plan) as tree:

        def verdicts(done: int, total: int) -> None:
            live.head("judging mutants")
            live.pins(done, total)

        record = judge_mutants(tree, wanted, scenarios=live.pins, verdicts=verdicts)

    def show(console: Console) -> None:
        show_mutation(console, record)

    return Answer(record.to_json(), int(record.objected), show=show)
