"""Mutants as text: a table by member, what is listed, and each survivor as a patch."""

from rich.console import Console
from rich.table import Table

from carve.report.diffs import style_of
from carve.report.faults import MemberRow, MutantRecord, MutationRecord
from carve.report.terminal import counted, lay, line, safe, table

__all__ = ["show_mutation"]

_COLUMNS = ("mutants", "killed", "timeout", "crash", "survived", "not covered", "listed")
_MOST_PINS = 5


def show_mutation(console: Console, record: MutationRecord) -> None:
    """Print the figures, then what nobody noticed and nobody listed."""
    rows = table("member", *_COLUMNS, right=_COLUMNS)
    for row in record.rows():
        _add(rows, row, row.member or "(module)")
    _add(rows, record.total, "all")
    lay(console, rows)
    console.print()
    for mutant in record.mutants:
        if mutant.reason:
            _show_listed(console, record, mutant)
    for mutant in record.open:
        _show_open(console, record, mutant)
    _show_wrong(console, record)
    console.print(_total(record), soft_wrap=True)
    if record.open:
        advice = "pin what they change, or list them in equivalent.yaml with a reason"
        console.print(advice, soft_wrap=True)


def _show_wrong(console: Console, record: MutationRecord) -> None:
    for text in record.stale:
        console.print(line(("stale", "bold red"), f"  {safe(text)}"), soft_wrap=True)
    for name in record.unfit:
        console.print(line(("unfit", "bold red"), f"  {safe(name)}"), soft_wrap=True)
        console.print("  it does not hold on the instrumented copy, so it judged nothing")
    if record.stale or record.unfit:
        console.print()


def _add(rows: Table, row: MemberRow, name: str) -> None:
    figures = (row.mutants, row.killed, row.timeout, row.crash, row.survived)
    cells = (*figures, row.not_covered, row.listed)
    rows.add_row(safe(name), *(str(cell) if cell else "." for cell in cells))


def _show_listed(console: Console, record: MutationRecord, mutant: MutantRecord) -> None:
    head = line(("listed", "dim"), f"  {_place(record, mutant)}")
    console.print(head, soft_wrap=True)
    console.print(f"  {_short(mutant.was)} -> {_short(mutant.becomes)}", soft_wrap=True)
    console.print(f"  {safe(mutant.reason)}", soft_wrap=True)


def _show_open(console: Console, record: MutationRecord, mutant: MutantRecord) -> None:
    console.print(
        line((mutant.verdict, "bold red"), f"  {_place(record, mutant)}"), soft_wrap=True
    )
    for text in mutant.diff.split("\n")[:-1]:
        console.print(line((safe(text), style_of(text))), soft_wrap=True)
    names = ", ".join(map(safe, mutant.pins[:_MOST_PINS])) or "no pin"
    more = len(mutant.pins) - _MOST_PINS
    console.print(f"ran it: {names}{f' and {more} more' if more > 0 else ''}", soft_wrap=True)
    console.print()


def _place(record: MutationRecord, mutant: MutantRecord) -> str:
    member = safe(mutant.member or "(module)")
    return f"{safe(record.path)}:{mutant.line}  {mutant.operator} in {member}"


def _short(text: str) -> str:
    return safe(" ".join(text.split()))


def _total(record: MutationRecord) -> str:
    killed = sum(each.killed for each in record.mutants)
    missed = f", where {record.bar:g} % is the least" if record.percent < record.bar else ""
    of_all = f"{killed} of {counted(len(record.mutants), 'mutant')}"
    parts = [f"{safe(record.module)}: {of_all} noticed ({record.percent:.1f} %{missed})"]
    if listed := record.total.listed:
        parts.append(f"{listed} listed as equivalent")
    parts.append(f"{len(record.open)} open" if record.open else "nothing open")
    if record.stale:
        parts.append(f"{len(record.stale)} stale in the list")
    known = sum(each.cached for each in record.mutants)
    if known:
        parts.append(f"{known} known from before")
    return f"{', '.join(parts)}, {record.seconds:.1f} s"
