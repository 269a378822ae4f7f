"""One difference as lines of text: what was there, what is there now, and how much is left out."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, takewhile
from typing import Any

import yaml

from carve.report.terminal import counted, safe

__all__ = ["Line", "sides"]

Line = tuple[str, str]  # the text and how it is shown
_LINE = 160
_SHORT = 60
_AROUND = 30
_CONTEXT = 2
_MOST_LINES = 12
_MOST_DIFF = 40
_STYLES = {"-": "red", "+": "green", "@": "cyan"}


def sides(difference: Mapping[str, Any]) -> list[Line]:
    """Return `- old` and `+ new`, or a diff of texts with many lines."""
    before, after = difference["before"], difference["after"]
    if difference["kind"] == "new":
        return _whole("+", after)
    if difference["kind"] == "missing":
        return _whole("-", before)
    if not (isinstance(before, str) and isinstance(after, str)):
        return [*_whole("-", before), *_whole("+", after)]
    if "\n" in before or "\n" in after:
        return _diff(before.split("\n"), after.split("\n"))
    old, new = _windows(before, after, repr)
    return [_line("-", f" {old}"), _line("+", f" {new}")]


def _whole(sign: str, value: Any) -> list[Line]:
    lines = _lines(value)
    made = [_line(sign, f" {_cut(text)}") for text in lines[:_MOST_LINES]]
    return made + _rest(len(lines) - _MOST_LINES)


def _lines(value: Any) -> list[str]:
    if isinstance(value, str) and "\n" in value:
        return value.split("\n")
    text = repr(value)
    if not isinstance(value, dict | list) or len(text) <= _SHORT:
        return [text]
    written = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10 * _LINE)
    return written.rstrip("\n").split("\n")


def _diff(before: list[str], after: list[str]) -> list[Line]:
    """Return a unified diff without the names of files, which it has none of."""
    found = [*difflib.unified_diff(before, after, lineterm="", n=_CONTEXT)][2:]
    lines = [*_narrowed(found)]
    made = [_line(text[:1], text[1:]) for text in lines[:_MOST_DIFF]]
    return made + _rest(len(lines) - _MOST_DIFF)


def _narrowed(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a diff, each long one shortened around what differs in it."""
    runs = [(sign, [*texts]) for sign, texts in groupby(lines, key=lambda text: text[:1])]
    runs = [("", []), *runs, ("", [])]
    for above, (sign, texts), below in zip(runs, runs[1:], runs[2:], strict=False):
        other, partners = {"-": below, "+": above}.get(sign, ("", []))
        if {sign, other} == {"-", "+"} and len(texts) == len(partners):
            pairs = zip(texts, partners, strict=True)
            yield from (f"{sign}{_windows(one[1:], two[1:])[0]}" for one, two in pairs)
        else:
            yield from map(_cut, texts)


def _windows(before: str, after: str, show: Callable[[str], str] = str) -> tuple[str, str]:
    """Return both texts; of long ones that part around what differs."""
    if max(len(before), len(after)) <= _LINE:
        return show(before), show(after)
    start = max(0, _alike(before, after) - _AROUND)
    tail = _alike(before[start:][::-1], after[start:][::-1])
    old, new = (
        _piece(text, start, min(start + _LINE - 2 * _AROUND, len(text) - tail + _AROUND), show)
        for text in (before, after)
    )
    return old, new


def _piece(text: str, start: int, end: int, show: Callable[[str], str]) -> str:
    first, last = "... " if start else "", " ..." if end < len(text) else ""
    left = start + max(0, len(text) - end)
    note = f" ({counted(left, 'character')} left out)" if left else ""
    return f"{first}{show(text[start:end])}{last}{note}"


def _alike(old: str, new: str) -> int:
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _cut(text: str) -> str:
    return text if len(text) <= _LINE + 2 * _AROUND else _piece(text, 0, _LINE, str)


def _line(sign: str, text: str) -> Line:
    return f"{sign}{safe(text)}", _STYLES.get(sign, "")


def _rest(number: int) -> list[Line]:
    return [(f"... {counted(number, 'more line')}", "dim")] if number > 0 else []
