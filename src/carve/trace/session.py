"""Run the tests on both trees as often as it takes, and say what is different.

Every run has the same folders, made anew, so that no path differs and nothing is left from before.
What shows once only is no difference: the tree before runs twice, the tree after again if it
differs, and then the tree before as well, as long as there is noise and a difference or two.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carve.trace.compare import compare
from carve.trace.looks import compare_looks
from carve.trace.model import Difference, Figures, LeftOut, TraceRecord
from carve.trace.record import Target, record
from carve.trace.recorder.profiling import UNKNOWN
from carve.trace.recording import OUTSIDE, Recording
from carve.trace.trees import Tree

__all__ = ["traced"]

_FEW = 10  # differences; more of them are no chance
_MOST = 4  # runs of the tree before
_CHANCE = "introspection shows it anew in every process"


@dataclass
class _Runs:
    """Runs the tests on one tree after another, in the same place."""

    target: Target
    command: Sequence[str]
    out: Path
    place: Path
    tell: Callable[[str], None]
    done: int = 0

    def of(self, tree: Tree, name: str) -> Recording:
        self.tell(f"running the tests: {tree.title}")
        shutil.rmtree(self.place, ignore_errors=True)
        package = self.target.ref.package
        tree.lay(self.place, [f"{root}/{package}" for root in self.target.roots])
        self.done += 1
        return record(self.place, self.target, self.command, self.out / f"{name}.jsonl")


def traced(
    trees: tuple[Tree, Tree],
    target: Target,
    command: Sequence[str],
    out: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> TraceRecord:
    """Return how the class behaves in the second tree, compared with the first.

    Args:
        trees: The tree before and the tree after.
        target: The class.
        command: What runs the tests.
        out: The folder that keeps the recordings; without it they are gone afterwards.
        tell: Called with what is being done.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="carve-") as name:
        folder = out or Path(name, "out")
        folder.mkdir(parents=True, exist_ok=True)
        runs = _Runs(target, command, folder.resolve(), Path(name, "tree"), tell)
        record = _compared(runs, trees)
    seconds = round(time.monotonic() - started, 3)
    return replace(record, runs=runs.done, seconds=seconds)


def _compared(runs: _Runs, trees: tuple[Tree, Tree]) -> TraceRecord:
    before = [runs.of(trees[0], "before")]
    figures = before[0].figures
    if figures.calls:
        before.append(runs.of(trees[0], "before-again"))
    after = runs.of(trees[1], "after")
    runs.tell("comparing")
    found, left_out = compare(before[0], after, before_again=before[1:])
    if found:
        again = runs.of(trees[1], "after-again")
        found, left_out = compare(before[0], after, before_again=before[1:], after_again=again)
        # Where some things change by themselves, two runs may be alike by chance in another.
        while left_out and 0 < len(found) <= _FEW and len(before) < _MOST:
            before.append(runs.of(trees[0], f"before-{len(before) + 1}"))
            found, left_out = compare(before[0], after, before_again=before[1:], after_again=again)
    looks, expected = compare_looks(before[0].looks, after.looks)
    chance = {each.what for run in before[1:] for each in _looks(before[0], run)}
    left_out += [LeftOut(what, (), _CHANCE) for what in sorted(chance)]
    looks = [each for each in looks if each.what not in chance]
    notes = [*_notes(before[0], figures), *_unreached_members(before[0], figures, after)]
    return TraceRecord(
        str(runs.target.ref),
        trees[0].title,
        trees[1].title,
        tuple(runs.command),
        figures,
        (*found, *looks, *_unreached(runs.target, figures)),
        tuple(expected),
        tuple(left_out),
        tuple(notes),
    )


def _looks(one: Recording, other: Recording) -> list[Difference]:
    return compare_looks(one.looks, other.looks)[0]


def _unreached(target: Target, figures: Figures) -> list[Difference]:
    if figures.calls:
        return []
    what = f"none of the {figures.tests} tests reaches {target.ref.name}: nothing was compared"
    return [Difference("unreached", what)]


def _unreached_members(before: Recording, figures: Figures, after: Recording) -> list[str]:
    reached = {name.partition(".")[0] for name in figures.members}
    old, new = before.looks["members"], after.looks["members"]
    code = [name for name, each in old.items() if any(k.endswith("runs as") for k in each)]
    silent = [name for name in code if not {name, *_called(old[name])} & reached]
    if not silent or not figures.calls:
        return []
    moved = [name for name in silent if name in new and new[name]["owner"] != old[name]["owner"]]
    among = f"; of those moved: {', '.join(moved)}" if moved else ""
    return [f"no test reaches {len(silent)} of {len(code)} members: {', '.join(silent)}{among}"]


def _called(look: dict[str, Any]) -> set[str]:
    """Return the names of the code of a member, which may be there under another one as well."""
    names = (str(each) for key, each in look.items() if key.endswith("qualified name"))
    return {name.rpartition(".")[2] for name in names}


def _notes(before: Recording, figures: Figures) -> list[str]:
    traces = [before.of(test) for test in [*before.tests, OUTSIDE]]
    starting = sum(bool(each.processes) for each in traces[:-1])
    threaded = sum(bool(each.pieces) for each in traces)
    capped = sum(bool(each.more) for each in traces)
    failing = sum(any(o[1] in ("failed", "error") for o in each.outcomes) for each in traces)
    blind = sum(any(e[0] == "raises" and e[2] == UNKNOWN for e in each.events) for each in traces)
    told = (
        (blind, "raise what is not seen, as something else traces: leave coverage out"),
        (starting, "start processes: what those do is not seen unless they are forked"),
        (threaded, "use threads or forks: what happens there is compared without its order"),
        (capped, "have so many events that the later ones are compared by a hash"),
        (failing, "fail before the change as well"),
    )
    notes = [f"{count} of {figures.tests} tests {what}" for count, what in told if count]
    if before.processes > 1:
        notes.append(f"{before.processes} processes ran the tests, which may mix up their order")
    return notes
