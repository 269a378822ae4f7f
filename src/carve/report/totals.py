"""The end of a report on a whole plan: lines, pins, mutants and seconds at a glance."""

import textwrap
from collections.abc import Iterator

from rich.console import Console

from carve.report.model import RunRecord
from carve.report.summary import Summary
from carve.report.terminal import counted, lay, line, safe, table

__all__ = ["show_totals"]

_LEFT = 11


def show_totals(console: Console, record: RunRecord) -> None:
    """Print the lines as a table and all else as one line each; nothing while steps are open."""
    summary = record.summary
    if summary is None:
        return
    rows = table("lines", "before", "after", "modules", right=("before", "after", "modules"))
    for part in summary.parts:
        numbers = (_number(part.before), _number(part.after), str(part.modules))
        rows.add_row(part.name, *numbers)
    rows.add_row("together", _number(summary.before), _number(summary.after), _change(summary))
    lay(console, rows)
    console.print()
    for name, text in _facts(record, summary):
        first, *rest = textwrap.wrap(safe(text), max(console.width - _LEFT, _LEFT)) or [""]
        console.print(line((f"{name:<{_LEFT}}", "bold"), first), soft_wrap=True)
        for more in rest:
            console.print(line(" " * _LEFT, more), soft_wrap=True)


def _facts(record: RunRecord, summary: Summary) -> Iterator[tuple[str, str]]:
    if summary.deleted:
        lines = _number(sum(part.before for part in summary.deleted))
        names = ", ".join(part.name for part in summary.deleted)
        yield "deleted", f"{counted(len(summary.deleted), 'module')}, {lines} lines: {names}"
    if summary.merged is not None:
        was, now = _number(summary.merged.before), _number(summary.merged.after)
        yield "merged", f"{was} lines that were written several times are {now} now"
    if summary.pins is not None:
        of = f" of {_number(summary.pins_of)}" if summary.pins_of is not None else ""
        yield "pins", f"{_number(summary.pins)}{of} held after the last step"
    if summary.tests is not None:
        yield "tests", summary.tests
    if (mutants := summary.mutants) is not None:
        seen = f"{_number(mutants.noticed)} of {_number(mutants.planted)} noticed"
        yield "mutants", f"{seen}, {counted(mutants.survivors, 'survivor')}"
    if record.phases:
        longest = sorted(record.phases.items(), key=lambda each: -each[1])
        yield "seconds", ", ".join(f"{name} {seconds:.1f}" for name, seconds in longest)


def _change(summary: Summary) -> str:
    if not summary.before:
        return ""
    return f"{100 * (summary.after - summary.before) / summary.before:+.0f} %"


def _number(value: int | None) -> str:
    return f"{value or 0:,}"
