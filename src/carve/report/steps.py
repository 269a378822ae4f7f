"""The steps of a plan as text: what a check found, what a run did, how far a plan has come."""

from collections.abc import Iterable
from dataclasses import replace

from rich.console import Console
from rich.table import Table
from rich.text import Text

from carve.report.differences import show_differences
from carve.report.model import RunRecord, State, StepRecord
from carve.report.problems import show_grouped
from carve.report.terminal import counted, lay, line, safe, table
from carve.report.totals import show_totals

__all__ = ["show_chain", "show_run", "show_status", "show_step", "widest"]

_STYLES: dict[State, str] = {
    "pending": "dim",
    "planned": "green",
    "done": "green",
    "already done": "dim",
    "nothing to do": "dim",
    "refused": "bold red",
    "failed": "bold red",
}
_FINISHED = ("done", "already done", "nothing to do")
_COMMIT = 10
_NARROW = 100
_ROOM_FOR = {"tests": 130, "seconds": 80, "of": 100}


def show_chain(console: Console, record: RunRecord) -> None:
    """Print one line for each step, and below it what was objected."""
    id_width = max((len(safe(step.id)) for step in record.steps), default=0)
    for step in record.steps:
        word = "ok" if step.state == "planned" else step.state
        head = (f"{word:<13}", _STYLES[step.state])
        facts = f"{safe(step.id):<{id_width}}  {safe(step.title)}{_moving(step)}"
        console.print(line(head, "  ", facts), soft_wrap=True)
        show_differences(console, step)
        _show_details(console, step)
    console.print()
    console.print(_chain_total(record))


def show_run(console: Console, record: RunRecord) -> None:
    """Print the table of all steps, what was objected, and the totals."""
    for remark in record.remarks:
        console.print(safe(remark), soft_wrap=True)
    if record.remarks:
        console.print()
    lay(console, _run_table(record, console.width))
    for step in record.steps:
        if step.problems or (step.notes and step.state != "already done"):
            console.print()
            console.print(line((safe(step.id), "bold"), f"  {step.state}"), soft_wrap=True)
            _show_details(console, step)
    _show_drift(console, record)
    console.print()
    if record.final is not None and record.final.problems:
        console.print(line(("after the last step", "bold"), "  failed"), soft_wrap=True)
        show_grouped(console, record.final.problems, indent="  ")
        console.print()
    console.print(_run_total(record))
    if record.summary is not None:
        console.print()
        show_totals(console, record)


def show_status(console: Console, record: RunRecord) -> None:
    """Print for each step whether it is done, and its commit."""
    rows = table("step", "state", "commit", "what")
    for column in rows.columns[:3]:
        column.no_wrap = column.header != "step"
    for step in record.steps:
        commit = (step.commit or "")[:_COMMIT]
        state = line((step.state, _STYLES[step.state]))
        rows.add_row(line(safe(step.id)), state, commit, line(safe(step.title)))
    lay(console, rows)
    _show_drift(console, record)
    console.print()
    done = sum(step.state in _FINISHED for step in record.steps)
    console.print(f"{done} of {counted(len(record.steps), 'step')} done")


def show_step(console: Console, step: StepRecord) -> None:
    """Print what one extraction came to."""
    style = _STYLES[step.state]
    console.print(
        line((step.state, style), f"  {safe(step.title)}{_moving(step)}"), soft_wrap=True
    )
    for path in step.files:
        console.print(f"  {safe(path)}", soft_wrap=True)
    _show_details(console, step)


def widest(record: RunRecord) -> int:
    """Return how many columns the table needs so that no id has to be broken."""
    return _NARROW + max((len(safe(step.id)) for step in record.steps), default=0)


def _show_drift(console: Console, record: RunRecord) -> None:
    if not record.drift:
        return
    console.print()
    console.print(line(("drift", "bold red"), f"  {counted(len(record.drift), 'file')}"))
    for path in record.drift:
        console.print(f"  {safe(path)}  is not what the plan leads to", soft_wrap=True)


def _show_details(console: Console, step: StepRecord) -> None:
    show_grouped(console, step.problems, indent="  ")
    for note in step.notes:
        console.print(line(("  note  ", "dim"), safe(note)), soft_wrap=True)


def _moving(step: StepRecord) -> str:
    if not step.lines:
        return ""
    return f" ({counted(len(step.members), 'member')}, {counted(step.lines, 'line')})"


def _run_table(record: RunRecord, width: int) -> Table:
    names = ["step", "state", "moved", "lines"]
    optional = ("pins", "tests", "seconds", "commit")
    names += [name for name in optional if any(_has(step, name) for step in record.steps)]
    # Where there is no room, some columns are worth less than whole words in the others.
    names = [name for name in names if width >= _ROOM_FOR.get(name, 0)]
    rows = table(*names, right=("lines", "pins", "seconds"))
    for column in rows.columns:
        column.no_wrap = column.header not in ("step", "moved", "tests")
        if column.header == "step":
            longest = max((len(safe(step.id)) for step in record.steps), default=0)
            column.min_width = min(longest, max(width - _NARROW, width // 3))
        if column.header == "moved":
            # Names are there to be read and copied: one a line, and whole where there is room.
            words = [w for step in record.steps for w in _cell(step, "moved").plain.split("\n")]
            column.min_width = min(max(map(len, words), default=0), width // 3)
    for step in record.steps:
        shown = step if width >= _ROOM_FOR["of"] else replace(step, pins_of=None)
        rows.add_row(*(_cell(shown, name) for name in names))
    return rows


def _has(step: StepRecord, name: str) -> bool:
    return getattr(step, name) not in (None, 0.0)


def _cell(step: StepRecord, name: str) -> Text:
    cells = {
        "step": safe(step.id),
        "moved": "\n".join(
            [safe(step.target.rpartition(":")[2]), *(f"  {safe(name)}" for name in step.members)]
        ),
        "lines": str(step.lines or ""),
        "pins": "" if step.pins is None else _pins(step),
        "tests": safe(step.tests or ""),
        "seconds": f"{step.seconds:.1f}" if step.seconds else "",
        "commit": (step.commit or "")[:_COMMIT],
    }
    return line((step.state, _STYLES[step.state])) if name == "state" else line(cells[name])


def _pins(step: StepRecord) -> str:
    """Return how many pins held, of how many where some were left out."""
    partial = bool(step.compared) and step.pins_of is not None
    return f"{step.pins} of {step.pins_of}" if partial else str(step.pins)


def _chain_total(record: RunRecord) -> str:
    steps = record.steps
    if record.nothing_to_do:
        return _nothing(record)
    moving = [step for step in steps if step.state == "planned"]
    refused = sum(step.state == "refused" for step in steps)
    parts = [f"{len(moving)} of {counted(len(steps), 'step')} can be carried out"]
    if moving:
        parts.append(_sum(moving))
    if refused:
        parts.append(f"{refused} refused")
    if pending := sum(step.state == "pending" for step in steps):
        parts.append(f"{pending} not looked at, as the chain ends at the refusal")
    return ", ".join(parts)


def _run_total(record: RunRecord) -> str:
    if record.nothing_to_do:
        return _nothing(record)
    finished = [step for step in record.steps if step.state in _FINISHED]
    parts = [f"{len(finished)} of {counted(len(record.steps), 'step')} done"]
    if any(step.members for step in finished):
        parts.append(_sum(finished))
    if record.before is not None:
        parts.append(f"{counted(record.before, 'pin')} held before the first step")
    if record.final is not None and not record.final.problems:
        parts.append("all pins held after the last")
    if record.seconds:
        parts.append(f"{record.seconds:.1f} s")
    return ", ".join(parts)


def _nothing(record: RunRecord) -> str:
    number = len(record.steps)
    return f"nothing to do: {number} of {counted(number, 'step')} {_are(number)} done"


def _sum(steps: Iterable[StepRecord]) -> str:
    chosen = list(steps)
    members = sum(len(step.members) for step in chosen)
    return f"{counted(members, 'member')}, {counted(sum(s.lines for s in chosen), 'line')}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
