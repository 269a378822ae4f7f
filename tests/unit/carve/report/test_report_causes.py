"""Differences with one cause are one group."""

import io
from dataclasses import replace
from typing import Any

from carve.report.behaviour import PinsRecord, ScenarioRecord
from carve.report.causes import Cause, Same, causes, groups
from carve.report.pinned import show_pins
from carve.report.terminal import told


def _record(
    name: str, path: str, before: Any, after: Any, kind: str = "changed"
) -> ScenarioRecord:
    found = {"kind": kind, "scenario": name, "path": path, "before": before, "after": after}
    return ScenarioRecord(name, "changed", differences=(found,))


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


def test_each_cause_is_shown_in_one_scenario() -> None:
    one, two = _record("a", "n", 1, 2), _record("a", "m", "x", "y")
    both = ScenarioRecord("both", "changed", differences=one.differences + two.differences)
    found = groups([_record("alone", "k", 1.5, None, "missing"), one, both])
    assert [(each.record.scenario, len(each.differences), each.known) for each in found] == [
        ("a", 1, 0),
        ("both", 1, 1),
        ("alone", 1, 0),
    ]
    assert found[0].same == (Same(("n",), (both,)),)
    assert found[2].same == (Same(("k",), ()),)


def test_five_scenarios_with_the_same_cause_are_named_and_the_rest_counted() -> None:
    many = tuple(_record(f"till/pay/{n}", "total", "a", "b") for n in range(42))
    shown = _shown(PinsRecord("after", 50, 8, many))
    assert shown.startswith(
        "changed  till/pay/0\n  total\n  - 'a'\n  + 'b'\n"
        "the same in 41 more scenarios\n  till/pay/1\n  till/pay/2\n  till/pay/3\n"
        "  till/pay/4\n  till/pay/5\n  ... and 36 more scenarios\n\n8 of 50 pins held, "
    )
    alone = _shown(PinsRecord("after", 50, 49, many[:1]))
    assert "the same" not in alone


def test_of_several_causes_each_says_where_it_is_the_same() -> None:
    first = _record("a", "n", 1, 2)
    both = replace(first, differences=first.differences + _record("a", "m", "x", "y").differences)
    shown = _shown(PinsRecord("after", 3, 0, (both, _record("b", "n", 1, 2))))
    assert "the same at n in 1 more scenario\n  b\n" in shown
    other = _record("c", "k", 5, 6)
    mixed = replace(other, differences=first.differences + other.differences)
    assert "  ... and 1 more difference of a cause that is shown above\n" in _shown(
        PinsRecord("after", 3, 0, (both, mixed))
    )


def test_an_error_keeps_its_file_among_others() -> None:
    errors = tuple(
        ScenarioRecord(name, "error", f"'{name}' ended the process\n  at  {name}.py")
        for name in ("x", "y")
    )
    shown = _shown(PinsRecord("after", 2, 0, errors))
    assert shown.startswith(
        "error  x\n  'x' ended the process\n    at  x.py\n"
        "the same in 1 more scenario\n  y  at  y.py\n"
    )
