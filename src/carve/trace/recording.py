"""A recording: one JSON line a test, read one at a time however large it is."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from carve.errors import CarveError, Place
from carve.trace.model import Figures

__all__ = ["OUTSIDE", "Recording", "TestTrace", "gathered"]

OUTSIDE = "(outside of any test)"
_FORMAT = 1
_Event = list[Any]


@dataclass(slots=True)
class TestTrace:
    """What one test has shown.

    Attributes:
        outcomes: Phase, outcome and message of each part.
        events: What happened on its own thread, in order.
        pieces: What happened on other threads and in forked children, in no order.
        more: How many events are only hashed, and their hashes.
        pieced: How many events all pieces have together.
        processes: How many processes the test has started.
        ended: Whether the process outlived the test.
    """

    __test__ = False

    outcomes: list[list[str]] = field(default_factory=list)
    events: list[_Event] = field(default_factory=list)
    pieces: list[list[_Event]] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    pieced: int = 0
    processes: int = 0
    ended: bool = False

    def take(self, line: Mapping[str, Any]) -> None:
        """Add what one process has written."""
        self.processes += line["processes"]
        self.pieced += line["pieced"]
        self.pieces += line["pieces"]
        if line["forked"]:
            self.pieces.append(line["events"])
            return
        self.ended = True
        self.outcomes += line["outcomes"]
        self.events += line["events"]
        self.more = line.get("more", self.more)

    def later(self) -> dict[tuple[str, str], tuple[int, str]]:
        """Return how often each sort of later events comes, and a hash of its values."""
        return {
            (kind, name): (count, digest)
            for kind, name, count, digest in self.more.get("sorts", ())
        }

    def kinds(self) -> list[tuple[str, str]]:
        """Return what happened, without values."""
        return [(event[0], event[1]) for event in self.events]


class Recording:
    """A recording that is kept in a file."""

    def __init__(self, file: Path) -> None:
        """Read where each test is."""
        self.path = file
        self._places: dict[str, list[int]] = {}
        self._facts: list[dict[str, Any]] = []
        self._pythons: list[str] = []
        self.header: dict[str, Any] = {}
        self.looks: dict[str, Any] = {}
        with file.open("rb") as lines:
            place = 0
            for line in lines:
                self._note(json.loads(line), place)
                place += len(line)
        if self.header.get("format") != _FORMAT:
            raise CarveError("the file is no recording of this carve", where=Place(str(file)))

    @property
    def tests(self) -> list[str]:
        """The tests, in the order in which they began."""
        return [test for test in self._places if test != OUTSIDE]

    @property
    def processes(self) -> int:
        """How many processes have run tests."""
        return len(self._pythons)

    @property
    def file(self) -> str:
        """The file that the class was imported from; empty if no test imported it."""
        return next((facts["file"] for facts in self._facts if facts["found"]), "")

    @property
    def python(self) -> str:
        """The interpreter that ran the tests."""
        return self._pythons[0]

    @cached_property
    def figures(self) -> Figures:
        """How much there is."""
        members: Counter[str] = Counter()
        later: set[str] = set()
        reaching = events = 0
        for test in [*self.tests, OUTSIDE]:
            trace = self.of(test)
            all_events = [*trace.events, *(event for piece in trace.pieces for event in piece)]
            called = [event[1] for event in all_events if event[0] == "called"]
            members.update(called)
            later.update(trace.more.get("called", ()))
            reaching += bool(called or trace.more.get("called")) and test != OUTSIDE
            events += len(all_events) + trace.more.get("count", 0)
        names = tuple(sorted({*members, *later}))
        return Figures(len(self.tests), reaching, members.total(), events, names)

    def of(self, test: str) -> TestTrace:
        """Return what a test has shown; nothing for one that there is not."""
        found = TestTrace()
        for line in map(json.loads, self.raw(test)):
            if "test" in line:
                found.take(line)
        return found

    def raw(self, test: str) -> list[bytes]:
        """Return what a test has shown as it is written; two that are alike need no reading."""
        found = []
        with self.path.open("rb") as lines:
            for place in self._places.get(test, ()):
                lines.seek(place)
                found.append(lines.readline())
        return found

    def add_looks(self, looks: dict[str, Any]) -> None:
        """Keep what introspection shows."""
        self.looks = looks
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"looks": looks}) + "\n")

    def _note(self, line: dict[str, Any], place: int) -> None:
        if "test" in line or "began" in line:
            self._places.setdefault(str(line.get("test", line.get("began"))), []).append(place)
        elif "python" in line:
            self._pythons.append(line["python"])
        elif "facts" in line:
            self._facts.append(line["facts"])
        elif "looks" in line:
            self.looks = line["looks"]
        else:
            self.header = line


def gathered(folder: Path, file: Path, header: Mapping[str, Any]) -> Recording:
    """Return one recording of what all processes have written."""
    with file.open("w", encoding="utf-8") as whole:
        whole.write(json.dumps({"format": _FORMAT, **header}) + "\n")
        for line in _lines(folder):
            whole.write(line)
    return Recording(file)


def _lines(folder: Path) -> Iterator[str]:
    for part in sorted(folder.glob("*.jsonl"), key=lambda path: int(path.stem)):
        with part.open(encoding="utf-8", errors="surrogateescape") as lines:
            for line in lines:
                if line.endswith("\n"):  # a process that was killed may leave half of one
                    yield line
