"""A comparison of traces as text."""

from textwrap import wrap

from rich.console import Console

from carve.report.terminal import counted, line, safe
from carve.trace.model import Difference, LeftOut, TraceRecord

__all__ = ["show_trace"]

_MOST = 20
_TESTS = 3
_NARROW = 40  # columns


def show_trace(console: Console, record: TraceRecord) -> None:
    """Print the differences first, then what was expected, left out, or not seen."""
    head = f"{record.target}  {record.before} -> {record.after}"
    console.print(line(("trace  ", "bold"), safe(head)), soft_wrap=True)
    for each in record.differences[:_MOST]:
        _show_difference(console, each)
    if len(record.differences) > _MOST:
        console.print(f"and {len(record.differences) - _MOST} more differences; --json has all")
    _show_list(console, "observable, and part of every extraction", record.expected)
    _show_left_out(console, record.left_out)
    _show_list(console, "not seen, or seen in part", record.notes)
    console.print(_summary(record), soft_wrap=True)


def _show_difference(console: Console, each: Difference) -> None:
    tests = f"  {counted(len(each.tests), 'test')}" if each.tests else ""
    console.print(line((each.kind, "bold red"), f"  {safe(each.what)}{tests}"), soft_wrap=True)
    at = f"  event {each.at}" if each.at else ""
    for number, test in enumerate(each.tests[:_TESTS]):
        console.print(f"  {safe(test)}{at if number == 0 else ''}", soft_wrap=True)
    if len(each.tests) > _TESTS:
        console.print(f"  and {len(each.tests) - _TESTS} more", soft_wrap=True)
    for sign, text, style in (("-", each.before, "red"), ("+", each.after, "green")):
        if text:
            console.print(line((f"    {sign} {safe(text)}", style)), soft_wrap=True)


def _show_list(console: Console, title: str, texts: tuple[str, ...]) -> None:
    if texts:
        console.print(line((title, "bold")))
        for text in texts:
            _show_wrapped(console, safe(text))


def _show_wrapped(console: Console, text: str) -> None:
    for row in wrap(
        text,
        max(console.width, _NARROW),
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    ):
        console.print(row, soft_wrap=True)


def _show_left_out(console: Console, left_out: tuple[LeftOut, ...]) -> None:
    for why in dict.fromkeys(each.why for each in left_out):
        alike = [each for each in left_out if each.why == why]
        tests = {test for each in alike for test in each.tests}
        counts = f"  {counted(len(tests), 'test')}" if tests else ""
        console.print(line((f"not comparable: {why}{counts}", "bold")), soft_wrap=True)
        for each in sorted(alike, key=lambda each: -len(each.tests))[:_MOST]:
            _show_place(console, each)
        if len(alike) > _MOST:
            console.print(f"  and {len(alike) - _MOST} more; --json has all")


def _show_place(console: Console, each: LeftOut) -> None:
    rest = f" and {len(each.tests) - 1} more" if len(each.tests) > 1 else ""
    kept = "" if each.compared == "nothing" else f"; compared: {each.compared}"
    tests = f"  {safe(each.tests[0])}{rest}" if each.tests else ""
    console.print(f"  {safe(each.what)}{kept}{tests}", soft_wrap=True)


def _summary(record: TraceRecord) -> str:
    figures = record.figures
    seen = f"{counted(figures.tests, 'test')}, {figures.reaching} reach the class, "
    seen += f"{counted(figures.calls, 'call')}, {counted(figures.events, 'event')}"
    same = "the same where it is comparable" if record.left_out else "the same"
    found = counted(len(record.differences), "difference") if record.differences else same
    return f"{found}: {seen}; {counted(record.runs, 'run')} in {record.seconds:.1f} s"
