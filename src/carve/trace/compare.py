"""Compare two recordings test by test: the first difference of each, with both sides."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from carve.trace.differences import Found, differences
from carve.trace.model import Difference, Kind, LeftOut
from carve.trace.naming import Naming
from carve.trace.recording import OUTSIDE, Recording
from carve.trace.stable import Stable, stable

__all__ = ["compare"]

_TIMES = re.compile(r" \(\d+ times\)")
_BEFORE = "two runs of the tree before differ in it"
_STRUCTURE = {"order", "only before", "only after"}
_AFTER = "one of two runs of the tree after is like before"


def compare(
    before: Recording,
    after: Recording,
    *,
    before_again: Sequence[Recording] = (),
    after_again: Recording | None = None,
) -> tuple[list[Difference], list[LeftOut]]:
    """Return the differences, alike ones as one, and what could not be compared.

    Args:
        before: What the tests have shown before the change.
        after: What they have shown after it.
        before_again: Further runs of the tree before; what they do not agree on is left out.
        after_again: A further run of the tree after; only what it shows as well is a difference.
    """
    naming = Naming.of(before.looks, after.looks)
    found: list[Difference] = []
    left_out = _LeftOut()
    everywhere = set(before.tests).intersection(*(set(run.tests) for run in before_again))
    for test in dict.fromkeys([*before.tests, *after.tests, OUTSIDE]):
        if test in before.tests and test not in everywhere:
            left_out.note(test, "that there is such a test", _BEFORE)
            continue
        if all(before.raw(test) == run.raw(test) for run in (*before_again, after)):
            continue
        settled = stable(test, [before, *before_again])
        for what, compared in settled.left_out.items():
            left_out.note(test, what, _BEFORE, compared)
        every: Iterable[Found] = _every(test, before, after, settled)
        if after_again is not None:
            again = {key for key, _ in _every(test, before, after_again, settled)}
            every, passing = _parted(list(every), again)
            for each in passing:
                left_out.note(test, each.what, _AFTER)
        named = (naming.named(each) for _, each in every)
        found += [replace(each, tests=(test,)) for each in _firsts(named)]
    return _grouped(found), left_out.listed()


class _LeftOut:
    """What could not be compared, with the tests that it could not be compared in."""

    def __init__(self) -> None:
        self._tests: dict[tuple[str, str, str], dict[str, None]] = {}

    def note(self, test: str, what: str, why: str, compared: str = "nothing") -> None:
        self._tests.setdefault((what, why, compared), {})[test] = None

    def listed(self) -> list[LeftOut]:
        return [
            LeftOut(what, tuple(tests), why, compared)
            for (what, why, compared), tests in self._tests.items()
        ]


def _parted(every: list[Found], again: set[Any]) -> tuple[list[Found], list[Difference]]:
    """Return what both runs of the tree after show, and what only one of them does."""
    keys = {key for key, _ in every}
    if keys & _STRUCTURE != again & _STRUCTURE and keys and again:
        return every, []  # both differ, and what differs where cannot be held against each other
    around = {key[:end] for key in again if type(key) is tuple for end in range(2, len(key) + 1)}
    lasting, passing = [], []
    for key, each in every:
        inside = type(key) is tuple and any(key[:end] in again for end in range(1, len(key)))
        if key in again or key in around or inside:
            lasting.append((key, each))
        else:
            passing.append(each)
    return lasting, passing


def _firsts(every: Iterable[Difference]) -> Iterator[Difference]:
    """Yield the first difference, and after those in names alone the first of another kind."""
    named = False
    for each in every:
        if each.kind != "name":
            yield each
            return
        if not named:
            yield each
        named = True


def _every(test: str, before: Recording, after: Recording, settled: Stable) -> Iterator[Found]:
    if test != OUTSIDE and (test in before.tests) != (test in after.tests):
        kind: Kind = "only before" if test in before.tests else "only after"
        yield kind, Difference(kind, "one of the trees alone has the test")
        return
    yield from differences(before.of(test), after.of(test), settled)


def _grouped(found: list[Difference]) -> list[Difference]:
    groups: dict[tuple[str, str, str, str], Difference] = {}
    for each in found:
        # How often something is lost depends on how much a test does.
        key = (each.kind, _TIMES.sub("", each.what), each.before, each.after)
        known = groups.get(key)
        groups[key] = replace(known, tests=(*known.tests, *each.tests)) if known else each
    return list(groups.values())
