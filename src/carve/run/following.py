"""Follow the lines of the files that a plan changes, from before the first step to the last."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from carve.report.evidence import LineFate, Move
from carve.run.tracing import Fate, fates, lines_of
from carve.run.walk import Stage

__all__ = ["Follower", "Spot", "moves_of"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line is by now, and what the last step that touched it did to it."""

    path: str
    line: int
    fate: LineFate = "in place"
    step: str = ""


@dataclass(slots=True)
class Follower:
    """The lines of each file as it was before any step touched it, by path."""

    spots: dict[str, list[Spot]] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    def follow(
        self, stage: Stage, leaving: Mapping[str, Iterable[range]]
    ) -> dict[str, tuple[Fate, ...]]:
        """Return what the step does to each line of the files that it changes."""
        edits = stage.planned.edits if stage.planned is not None else ()
        for edit in edits:
            if edit.before is None:
                self._made.add(edit.path)
            elif edit.path not in self.spots and edit.path not in self._made:
                lines = lines_of(edit.path, edit.before)
                self.spots[edit.path] = [Spot(edit.path, n) for n in range(1, len(lines) + 1)]
        found = fates(edits, leaving)
        for path, spots in self.spots.items():
            self.spots[path] = [_next(spot, found, stage.spec.id) for spot in spots]
        return found


def moves_of(
    found: Mapping[str, tuple[Fate, ...]], path: str, lines: Iterable[int]
) -> Iterator[Move]:
    """Yield where these lines of a file went, each run of them as one move."""
    run: list[tuple[int, Fate]] = []
    for number in lines:
        fate = found[path][number - 1] if path in found else Fate("gone")
        if run and not _goes_on(run[-1], number, fate):
            yield from _move(path, run)
            run = []
        run.append((number, fate))
    yield from _move(path, run)


def _next(spot: Spot, found: Mapping[str, tuple[Fate, ...]], step: str) -> Spot:
    if spot.fate == "dropped" or spot.path not in found:
        return spot
    fate = found[spot.path][spot.line - 1]
    if fate.kind == "stays":
        return Spot(spot.path, fate.line, spot.fate, spot.step)
    if fate.kind == "gone":
        return Spot("", 0, "dropped", step)
    rewritten = fate.kind == "rewritten" or spot.fate == "rewritten"
    return Spot(fate.path, fate.line, "rewritten" if rewritten else "moved", step)


def _goes_on(last: tuple[int, Fate], number: int, fate: Fate) -> bool:
    before, known = last
    if number != before + 1 or (fate.kind, fate.path) != (known.kind, known.path):
        return False
    return fate.kind != "moved" or fate.line == known.line + 1


def _move(path: str, run: list[tuple[int, Fate]]) -> Iterator[Move]:
    if run and run[0][1].kind == "moved":
        (first, start), (last, end) = run[0], run[-1]
        yield Move(path, (first, last), start.path, (start.line, end.line))
