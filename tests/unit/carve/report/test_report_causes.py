"""Differences with one cause are one group."""

import io
from typing import Any

from carve.report.behaviour import PinsRecord, ScenarioRecord
from carve.report.causes import Cause, causes
from carve.report.pinned import show_pins
from carve.report.terminal import told


def _record(
    name: str, path: str, before: Any, after: Any, kind: str = "changed"
) -> ScenarioRecord:
    found = {"kind": kind, "scenario": name, "path": path, "before": before, "after": after}
    return ScenarioRecord(name, "changed", text=f"  {path}  {kind}", differences=(found,))


def _shown(record: PinsRecord) -> str:
    return told(lambda console: show_pins(console, record), io.StringIO())


def test_indices_numbers_and_unchanged_words_do_not_tell_groups_apart() -> None:
    found = causes(
        [
            _record("a", "logs[0].message", "negative 1 at <id 1>", "odd 1 at <id 1>"),
            _record("b", "logs[3].message", "a negative 27", "a odd 27"),
            _record("c", "logs[3].message", "negative", "strange"),
            _record("d", "total", 7, 8),
            _record("e", "total", 70, 80),
            _record("f", "total", 7.5, None, "missing"),
        ]
    )
    assert found == (
        Cause("changed", "logs[].message", "'negative'", "'odd'", ("a", "b")),
        Cause("changed", "total", "7", "8", ("d", "e")),
        Cause("changed", "logs[].message", "'negative'", "'strange'", ("c",)),
        Cause("missing", "total", "7.5", "(absent)", ("f",)),
    )


def test_errors_and_new_scenarios_are_grouped_as_well() -> None:
    found = causes(
        [
            ScenarioRecord("x", "error", "'x' ended the process\n  at  a.py"),
            ScenarioRecord("y", "error", "'y' ended the process\n  at  b.py"),
            _record("z", "", None, {"n": 1}, "new"),
        ]
    )
    assert [(each.kind, each.after, each.scenarios) for each in found] == [
        ("error", "(scenario) ended the process", ("x", "y")),
        ("new", "(a whole observation)", ("z",)),
    ]


def test_a_group_names_five_scenarios_and_counts_the_rest() -> None:
    many = tuple(_record(f"till/pay/{n}", "total", "a", "b") for n in range(42))
    shown = _shown(PinsRecord("after", 50, 8, many))
    assert shown.startswith(
        "42 scenarios: changed  total  'a' -> 'b'\n  till/pay/0\n  till/pay/1\n"
        "  till/pay/2\n  till/pay/3\n  till/pay/4\n  and 37 more\n\nchanged  till/pay/0\n"
    )
    alone = _shown(PinsRecord("after", 50, 49, many[:1]))
    assert alone.startswith("changed  till/pay/0\n")
