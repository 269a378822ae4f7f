"""What the commands about behaviour do: verify, pin, coverage."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.ending import within
from carve.cli.options import repository
from carve.cli.plans import load
from carve.cli.progress import Live
from carve.errors import CarveError
from carve.report.causes import causes
from carve.report.pinned import show_accepted, show_coverage, show_pins
from carve.report.scrub import show_scrub
from carve.run.accepting import accept, prune
from carve.run.before import materialise
from carve.run.behaviour import Pins, measure, verify
from carve.run.scrubbing import scrub

__all__ = [
    "Wish",
    "accept_pins",
    "asked_for",
    "coverage_of",
    "judged",
    "scrub_pins",
    "verify_pins",
]

_SHORTER = "name fewer scenarios, or give it more time"
_UNFOLDED = 1000  # columns: in a pipe each line of a tree stays one


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be accepted, and why; `prune` removes pins that no scenario writes."""

    names: tuple[str, ...]
    reason: str
    moved_on: bool
    prune: bool


def asked_for(
    repo: Path | None,
    folder: str,
    subject: str | None,
    plan: Path | None,
    timeout: float = 60.0,
) -> Pins:
    """Return the pins that the options mean; with a plan it is the subject before it."""
    subject = subject or ("before" if plan else "after")
    if subject not in ("before", "after"):
        raise CarveError(f"there is no subject {subject!r}", instead="one of before, after")
    return Pins(repository(repo), folder, subject, timeout)


def verify_pins(
    pins: Pins,
    names: tuple[str, ...],
    repeat: int,
    plan: Path | None,
    timeout: float | None = None,
) -> Answer:
    """Return how the scenarios compare with their pins."""
    with _live(pins) as live, within(timeout, live, _SHORTER), judged(pins, plan) as tree:
        record = verify(tree, names, repeat=repeat, tell=live.pins)
    return Answer(
        {**record.to_json(), "causes": [asdict(each) for each in causes(record.open)]},
        int(record.objected),
        show=lambda console: show_pins(console, record),
        wide=_UNFOLDED,
    )


def scrub_pins(pins: Pins, names: tuple[str, ...], plan: Path | None) -> Answer:
    """Return what each rule of normalisation masked, and what is seen in spite of it."""
    with judged(pins, plan) as tree, _live(pins) as live:
        record = scrub(tree, names, tell=live.pins)
    return Answer(
        record.to_json(),
        int(record.objected),
        show=lambda console: show_scrub(console, record),
    )


def accept_pins(pins: Pins, wish: Wish, plan: Path | None, timeout: float | None = None) -> Answer:
    """Accept what the named scenarios show, or remove what is left over."""
    _check(wish)
    live = Live(first="running the scenarios")
    with live, within(timeout, live, _SHORTER), judged(pins, plan) as tree:
        record = (
            prune(tree)
            if wish.prune
            else accept(tree, wish.names, wish.reason.strip(), moved_on=wish.moved_on)
        )
    return Answer(
        record.to_json(),
        int(record.objected),
        show=lambda console: show_accepted(console, record),
        wide=_UNFOLDED,
    )


def coverage_of(module: str, pins: Pins, plan: Path | None) -> Answer:
    """Return which lines and branches of a module the pins hold.

    With a plan the tree before its first step is measured, else the one that is there.
    """
    roots: tuple[str, ...] = ("src",) if (pins.tree / "src").is_dir() else (".",)
    if plan is not None:
        roots = load(plan, pins.tree).plan.roots
    with judged(pins, plan) as tree, _live(pins) as live:
        record = measure(tree, module, roots, tell=live.pins)

    def show(console: Console) -> None:
        show_coverage(console, record)

    return Answer(record.to_json(), int(record.objected), show=show, wide=_UNFOLDED)


@contextmanager
def judged(pins: Pins, plan: Path | None) -> Iterator[Pins]:
    """Give the pins the tree before the plan's first step to judge, when a plan is named."""
    if plan is None:
        yield pins
        return
    asked = load(plan, pins.tree)
    with tempfile.TemporaryDirectory(prefix="carve-before-") as scratch:
        tree = Path(scratch).resolve()
        materialise(pins.tree, asked.plan, tree)
        yield replace(pins, tree=tree, folder=str((pins.tree / pins.folder).resolve()))


def _check(wish: Wish) -> None:
    if wish.prune and (wish.names or wish.moved_on):
        raise CarveError(
            "--prune removes the pins that no scenario writes, and takes no names",
            instead="leave the names out",
        )
    if wish.prune:
        return
    if not wish.names:
        raise CarveError(
            "no scenario is named, and nothing is accepted unasked",
            instead="carve pin NAME... --reason WHY",
        )
    if not wish.reason.strip():
        raise CarveError(
            "behaviour is accepted only with a reason", instead="add --reason with the why"
        )


def _live(pins: Pins) -> Live:
    return Live(first=f"comparing pins of the {pins.subject} subjects")
