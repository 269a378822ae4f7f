"""Pins and coverage as text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from carve.report.behaviour import AcceptRecord, CoverageRecord, PinsRecord, ScenarioRecord
from carve.report.causes import Same, groups
from carve.report.terminal import counted, line, safe
from carve.report.trees import show_tree

__all__ = ["show_accepted", "show_coverage", "show_pins"]

_NAMED = 5
_PLACES = 3
_AT = "  at  "


def show_pins(console: Console, record: PinsRecord) -> None:
    """Print what did not hold, each cause at the first scenario that shows it; the totals."""
    _show_open(console, record)
    for name in record.orphans:
        console.print(line(("missing", "bold red"), f"  {safe(name)}"), soft_wrap=True)
        console.print("  no scenario writes this pin", soft_wrap=True)
    if record.objected:
        console.print()
    times = f" in each of {record.repeat} runs" if record.repeat > 1 else ""
    parts = [f"{record.held} of {counted(record.total, 'pin')} held{times}"]
    counts = Counter(scenario.status for scenario in record.open)
    parts += [f"{number} {status}" for status, number in counts.items()]
    if record.orphans:
        parts.append(f"{len(record.orphans)} without a scenario")
    console.print(f"{', '.join(parts)}, {record.seconds:.1f} s", soft_wrap=True)
    if any(scenario.status in ("changed", "new") for scenario in record.open):
        console.print("accept what is meant: carve pin NAME --reason WHY", soft_wrap=True)
    if record.orphans:
        console.print("remove what is left over: carve pin --prune", soft_wrap=True)


def _show_open(console: Console, record: PinsRecord) -> None:
    for group in groups(record.open):
        _show_scenario(console, group.record, group.differences)
        if group.known:
            more = counted(group.known, "more difference")
            console.print(f"  ... and {more} of a cause that is shown above", soft_wrap=True)
        for same in group.same:
            if same.records:
                _show_same(console, same, alone=len(group.same) == 1)


def _show_same(console: Console, same: Same, *, alone: bool) -> None:
    """Print who else shows a cause; where a scenario has several, which of them it is."""
    places = [safe(path or "(all of it)") for path in same.paths]
    more = f" and {counted(len(places) - _PLACES, 'more place')}" if len(places) > _PLACES else ""
    where = "" if alone else f" at {', '.join(places[:_PLACES])}{more}"
    number = counted(len(same.records), "more scenario")
    console.print(line(("the same", "bold"), f"{where} in {number}"), soft_wrap=True)
    for each in same.records[:_NAMED]:
        console.print(f"  {safe(each.scenario)}{_place(each)}", soft_wrap=True)
    if len(same.records) > _NAMED:
        rest = counted(len(same.records) - _NAMED, "more scenario")
        console.print(f"  ... and {rest}", soft_wrap=True)


def _place(scenario: ScenarioRecord) -> str:
    """Return where an error lies, as its own message says."""
    lines = scenario.message.splitlines() if not scenario.differences else []
    places = [text.strip() for text in lines if text.startswith(_AT)]
    return f"  {safe(places[0])}" if places else ""


def show_accepted(console: Console, record: AcceptRecord) -> None:
    """Print what became of each pin."""
    kinds = (
        ("accepted", "green", record.accepted),
        ("unchanged", "dim", record.unchanged),
        ("removed", "green", record.removed),
    )
    for word, style, names in kinds:
        for name in names:
            console.print(line((f"{word:<9}", style), f"  {safe(name)}"), soft_wrap=True)
    for scenario in record.open:
        _show_scenario(console, scenario, scenario.differences)
    if not (record.accepted or record.removed or record.open):
        console.print("nothing to do: every pin is as it was", soft_wrap=True)


def show_coverage(console: Console, record: CoverageRecord) -> None:
    """Print the totals, what is excused, and what is open."""
    if record.pins and record.pins.objected:
        show_pins(console, record.pins)
        console.print()
    for entry in record.unreachable:
        way = f" -> {safe(entry['to'])}" if entry.get("to") else ""
        console.print(
            line(("unreachable", "dim"), f"  {safe(entry['code'])}{way}"), soft_wrap=True
        )
        console.print(f"  {safe(entry['reason'])}", soft_wrap=True)
    for each in record.open:
        what = f"never leads to {safe(each.to)!r}" if each.to else "no scenario runs it"
        place = f"{safe(record.path)}:{each.line}"
        console.print(
            line(("open", "bold red"), f"  {place}  {what}: {safe(each.code)}"), soft_wrap=True
        )
    for text in record.stale:
        console.print(line(("stale", "bold red"), f"  {safe(text)}"), soft_wrap=True)
    if record.unreachable or record.open or record.stale:
        console.print()
    console.print(_coverage_total(record), soft_wrap=True)


def _coverage_total(record: CoverageRecord) -> str:
    held = sum(bool(each.scenarios) for each in record.lines)
    ways = sum(each.to is not None for each in record.open)
    lines = len(record.open) - ways
    parts = [f"{safe(record.module)}: {held} of {counted(len(record.lines), 'line')} held"]
    if record.unreachable:
        parts.append(f"{len(record.unreachable)} listed as unreachable")
    if record.open:
        parts.append(
            f"{counted(lines, 'line')} and {ways} {'branch' if ways == 1 else 'branches'} open"
        )
    else:
        parts.append("nothing open")
    if record.stale:
        parts.append(f"{len(record.stale)} stale in the list")
    return ", ".join(parts)


def _show_scenario(
    console: Console, scenario: ScenarioRecord, differences: Sequence[Mapping[str, Any]]
) -> None:
    head = line((scenario.status, "bold red"), f"  {safe(scenario.scenario)}")
    console.print(head, soft_wrap=True)
    if differences:
        show_tree(console, differences)
        return
    for text in scenario.message.splitlines():
        console.print(f"  {safe(text)}", soft_wrap=True)
