"""How often the tests run: as often as it takes to tell chance from change."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from carve.plan.refs import ClassRef
from carve.trace import Recording, Target, session, traced
from carve.trace.model import TraceRecord

_LOOKS = {"class": {"mro": [], "own": {}, "bases": []}, "members": {}}
Compared = Callable[[list[list[int]]], TraceRecord]


class _Nowhere:
    """A tree of which only the recordings are known."""

    title = "a tree"

    def lay(self, *_: Any) -> None:
        """Lay nothing."""


@pytest.fixture
def compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compared:
    """Return what runs come to in which one test shows these results."""

    def of(runs: list[list[int]]) -> TraceRecord:
        left = iter(runs)

        def recorded(*_: Any) -> Recording:
            path = tmp_path / f"{len(list(tmp_path.iterdir()))}.jsonl"
            shown = [e for n in next(left) for e in (["called", "a", {}], ["returns", "a", n])]
            rest = {"outcomes": [], "pieces": [], "pieced": 0, "processes": 0, "forked": False}
            lines = [{"format": 1}, {"python": "p"}, {"test": "t", "events": shown, **rest}]
            path.write_text(
                "".join(f"{json.dumps(each)}\n" for each in [*lines, {"looks": _LOOKS}])
            )
            return Recording(path)

        monkeypatch.setattr(session, "record", recorded)
        tree: Any = _Nowhere()
        return traced((tree, tree), Target(ClassRef("m", "C")), ["pytest"])

    return of


def test_three_runs_are_enough_where_nothing_differs(compared: Compared) -> None:
    record = compared([[1], [1], [1]])
    assert (record.runs, record.differences, record.left_out) == (3, (), ())


def test_a_difference_without_any_noise_takes_one_run_more(compared: Compared) -> None:
    record = compared([[1], [1], [2], [2]])
    assert (record.runs, len(record.differences)) == (4, 1)


def test_what_both_runs_before_show_by_chance_is_no_difference(compared: Compared) -> None:
    noisy = [[1, 5], [2, 5]]  # of the second value the first runs happen to be alike
    record = compared([*noisy, [3, 6], [4, 6], [5, 6]])
    assert (record.runs, record.differences) == (5, ())


def test_a_difference_that_stays_in_all_runs_is_one(compared: Compared) -> None:
    record = compared([[1, 5], [2, 5], [3, 6], [4, 6], [7, 5], [8, 5]])
    assert (record.runs, len(record.differences)) == (6, 1)
