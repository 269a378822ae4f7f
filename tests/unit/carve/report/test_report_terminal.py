"""Records and errors as text, for a terminal and for a pipe."""

import io
import json
import math
from dataclasses import replace

import pytest

from carve.report.behaviour import CoverageRecord, Held, Open, PinsRecord
from carve.report.diffs import show_diffs
from carve.report.jsonout import document
from carve.report.model import Problem, RunRecord, StepRecord
from carve.report.pinned import show_coverage, show_pins
from carve.report.problems import show_error, show_grouped
from carve.report.steps import show_chain, show_run, show_status, widest
from carve.report.terminal import counted, safe, told

_STEP = StepRecord(
    "01-retry",
    "Extract MixinRetry from Node",
    "patience",
    "done",
    members=("with_retry", "_delays"),
    lines=31,
    target="pkg.mixin_retry:MixinRetry",
    diff="diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n \n-[red]a\n+b\x1b[2J\n",
    pins=180,
    seconds=12.34,
    commit="0123456789abcdef",
)
_RUN = RunRecord("plan.yaml", "/repo", before=180, steps=(_STEP,), seconds=20.0)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    return _Terminal()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain [red] text", "plain [red] text"),
        ("bell\a and \x1b[31m", "bell\\x07 and \\x1b[31m"),
        ("two\nlines", "two\\x0alines"),
        ("right\u202eleft", "right\\u202eleft"),
        ("byte \udcff", "byte \\xff"),
        ("half \ud800", "half \\ud800"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_what_a_terminal_would_act_upon_is_escaped(raw: str, shown: str) -> None:
    assert safe(raw) == shown


def test_numbers_agree_with_their_nouns() -> None:
    assert [counted(number, "pin") for number in (0, 1, 2)] == ["0 pins", "1 pin", "2 pins"]


def test_an_error_says_what_where_and_what_next() -> None:
    problem = Problem(
        "NodeReducer has no method 'merge_windows'",
        "src/node_reducer.py:41",
        "one of merge_batches, merge_streams",
    )
    shown = told(lambda console: show_error(console, problem), io.StringIO())
    assert shown == (
        "error: NodeReducer has no method 'merge_windows'\n"
        "  at  src/node_reducer.py:41\n"
        "  try one of merge_batches, merge_streams\n"
    )


def test_objections_stand_below_their_checks() -> None:
    problems = (
        Problem("reads [red]", "a.py:1", "leave it", "globals"),
        Problem("is mangled", "a.py:7", "rename it", "mangled-names"),
        Problem("reads x\nand y", None, None, "globals"),
    )
    shown = told(lambda console: show_grouped(console, problems), io.StringIO())
    assert shown == (
        "globals  2 found\n  a.py:1  reads [red]\n    leave it\n  reads x\n    and y\n"
        "mangled-names  1 found\n  a.py:7  is mangled\n    rename it\n"
    )


def test_of_many_objections_of_one_kind_the_first_are_shown() -> None:
    problems = [Problem(f"no 'x{n}'", "a.py:1", check="names-exist") for n in range(1_234)]
    shown = told(lambda console: show_grouped(console, problems), io.StringIO()).splitlines()
    assert shown[:2] == ["names-exist  1234 found", "  a.py:1  no 'x0'"]
    assert shown[-2:] == ["  a.py:1  no 'x49'", "  and 1,184 more; --json has all of them"]


def test_a_run_is_a_table_with_totals() -> None:
    shown = told(lambda console: show_run(console, _RUN), io.StringIO())
    head, row, *names, empty, total = shown.splitlines()
    assert head.split() == ["step", "state", "moved", "lines", "pins", "seconds", "commit"]
    assert row.split() == [
        *("01-retry", "done", "MixinRetry", "31", "180", "12.3", "0123456789"),
    ]
    assert [name.strip() for name in names] == ["with_retry", "_delays"]
    assert not empty
    assert total == (
        "1 of 1 step done, 2 members, 31 lines, 180 pins held before the first step, 20.0 s"
    )


def test_nothing_is_cut_off_however_long_ids_and_members_are() -> None:
    name = "09-" + "very-" * 25 + "long"
    members = tuple(f"_a_member_with_quite_a_long_name_{number}" for number in range(12))
    record = replace(_RUN, steps=(_STEP, replace(_STEP, id=name, members=members)))
    shown = told(lambda console: show_run(console, record), io.StringIO(), wide=widest(record))
    assert name in shown
    assert all(member in shown for member in members)
    assert "…" not in shown


def test_a_table_is_never_wider_than_the_terminal(terminal: _Terminal) -> None:
    members = tuple(f"_member_{number}" for number in range(30))
    record = replace(_RUN, steps=(replace(_STEP, members=members),))
    shown = told(lambda console: show_run(console, record), terminal, wide=widest(record))
    plain = told(lambda console: show_run(console, record), io.StringIO())
    assert "\x1b[" in shown
    assert "\x1b[" not in plain
    table = shown.split("\n\n")[0].splitlines()
    assert all(len(_without_colour(line)) <= 60 for line in table)


def test_no_color_is_honoured(terminal: _Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = told(lambda console: show_diffs(console, (_STEP,)), terminal)
    assert "\x1b[3" not in shown


def test_a_finished_plan_says_so() -> None:
    idle = replace(_RUN, steps=(replace(_STEP, state="already done"),) * 3)
    for show in (show_run, show_chain):
        shown = told(lambda console, show=show: show(console, idle), io.StringIO())
        assert shown.endswith("nothing to do: 3 of 3 steps are done\n")


def test_drift_and_refusals_are_shown_with_the_table() -> None:
    refused = replace(
        _STEP, state="refused", commit=None, problems=(Problem("no", "a.py:1", "x", "c"),)
    )
    record = replace(_RUN, steps=(_STEP, refused), drift=("src/a.py",))
    for show in (show_run, show_status):
        shown = told(lambda console, show=show: show(console, record), io.StringIO())
        assert "drift  1 file\n  src/a.py  is not what the plan leads to\n" in shown
    assert "01-retry  refused\n  c  1 found\n    a.py:1  no\n      x\n" in told(
        lambda console: show_run(console, record), io.StringIO()
    )


def test_a_patch_goes_into_a_pipe_untouched() -> None:
    assert told(lambda console: show_diffs(console, (_STEP,)), io.StringIO()) == _STEP.diff


def test_a_patch_on_a_terminal_is_coloured_and_harmless(terminal: _Terminal) -> None:
    shown = told(lambda console: show_diffs(console, (_STEP,)), terminal)
    assert "\x1b[31m-[red]a\x1b[0m" in shown
    assert "\\x1b[2J" in shown
    assert "\x1b[2J" not in shown


def test_pins_and_coverage_are_counted() -> None:
    pins = PinsRecord("after", 3, 3, seconds=1.0)
    shown = told(lambda console: show_pins(console, pins), io.StringIO())
    assert shown == "3 of 3 pins held, 1.0 s\n"
    lines = (Held(1, ("import",)), Held(2, ()))
    record = CoverageRecord("m", "m.py", lines, (Open(2, "x"), Open(1, "if y:", "exit")))
    shown = told(lambda console: show_coverage(console, record), io.StringIO())
    assert shown == (
        "open  m.py:2  no scenario runs it: x\n"
        "open  m.py:1  never leads to 'exit': if y:\n\n"
        "m: 1 of 2 lines held, 1 line and 1 branch open\n"
    )


def test_a_document_is_json_whatever_is_in_it() -> None:
    body = {"format": 9, "odd": [math.nan, math.inf, 1.5], "half": "\ud800", "error": None}
    found = json.loads(document("run", body, 1))
    assert found["format"] == 1
    assert found["command"] == "run"
    assert found["odd"] == ["nan", "inf", 1.5]
    assert list(found)[-1] == "exit_code"


def _without_colour(text: str) -> str:
    parts = text.split("\x1b[")
    return parts[0] + "".join(part.partition("m")[2] for part in parts[1:])
