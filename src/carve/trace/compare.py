"""Compare two recordings test by test: the first difference of each, with both sides."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from carve.trace.model import Difference, Kind, LeftOut
from carve.trace.naming import Naming
from carve.trace.recording import OUTSIDE, Recording, TestTrace
from carve.trace.shown import event_text
from carve.trace.stable import Stable, differing, stable

__all__ = ["compare"]

_NAMED = 3
_TIMES = re.compile(r" \(\d+ times\)")


def compare(
    before: Recording, after: Recording, *, before_again: Sequence[Recording] = ()
) -> tuple[list[Difference], list[LeftOut]]:
    """Return the differences, alike ones as one, and what was left out.

    Args:
        before: What the tests have shown before the change.
        after: What they have shown after it.
        before_again: Further runs of the tree before; what they do not agree on is left out.
    """
    naming = Naming.of(before.looks, after.looks)
    found: list[Difference] = []
    left_out: dict[str, list[str]] = {}
    everywhere = set(before.tests).intersection(*(set(run.tests) for run in before_again))
    for test in dict.fromkeys([*before.tests, *after.tests, OUTSIDE]):
        if test in before.tests and test not in everywhere:
            left_out.setdefault("that there is such a test", []).append(test)
            continue
        if all(before.raw(test) == run.raw(test) for run in (*before_again, after)):
            continue
        settled = stable(test, [before, *before_again])
        for what in dict.fromkeys(settled.left_out):
            left_out.setdefault(what, []).append(test)
        every = map(naming.named, _every(test, before, after, settled))
        found += [replace(each, tests=(test,)) for each in _firsts(every)]
    return _grouped(found), [LeftOut(what, tuple(tests)) for what, tests in left_out.items()]


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


def _every(
    test: str, before: Recording, after: Recording, settled: Stable
) -> Iterator[Difference]:
    if test != OUTSIDE and (test in before.tests) != (test in after.tests):
        kind: Kind = "only before" if test in before.tests else "only after"
        yield Difference(kind, "one of the trees alone has the test")
        return
    yield from _differences(before.of(test), after.of(test), settled)


def _differences(one: TestTrace, other: TestTrace, settled: Stable) -> Iterator[Difference]:
    if settled.order:
        yield from _in_order(one, other, settled)
    else:
        yield from _at_all(one, other)
    yield from _in_rest(one, other, settled)
    if settled.pieces:
        yield from _in_pieces(one, other)
    if settled.outcomes and one.outcomes != other.outcomes:
        yield Difference("outcome", "the test ends differently", _ends(one), _ends(other))


def _in_order(one: TestTrace, other: TestTrace, settled: Stable) -> Iterator[Difference]:
    left, right = one.kinds(), other.kinds()
    for number, (was, became) in enumerate(zip(one.events, other.events, strict=False)):
        if left[number] != right[number]:
            break
        shown = (p for p in differing(was[2], became[2]) if not settled.hides((number, *p)))
        path = next(shown, None)
        if path is not None:
            yield _changed(number, was, became, path)
    if left == right:
        return
    number = next(
        (i for i, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]),
        min(len(left), len(right)),
    )
    lost, new = Counter(left) - Counter(right), Counter(right) - Counter(left)
    kind: Kind = "lost" if lost else "new" if new else "order"
    yield Difference(
        kind,
        _what(lost, new),
        _event(one.events, number),
        _event(other.events, number),
        at=number + 1,
    )


def _changed(
    number: int, was: list[Any], became: list[Any], path: tuple[int | str, ...]
) -> Difference:
    words = {
        "called": "arguments differ",
        "returns": "a result differs",
        "raises": "an exception differs",
        "yields": "a yielded value differs",
        "sets": "an attribute is set differently",
        "mock": "a mock is called differently",
        "calls": "attributes differ at a call",
    }
    what = f"{words.get(was[0], 'an event differs')}: {was[1]}"
    before, after = event_text(was), event_text(became)
    if before == after:  # too long for one line, and alike as far as it goes
        before, after = (f"{path}: {_at(event[2], path)}" for event in (was, became))
    return Difference("changed", what, before, after, at=number + 1)


def _at(value: Any, path: tuple[int | str, ...]) -> Any:
    for part in path:
        known = isinstance(value, list) or (isinstance(value, dict) and part in value)
        value = value[part] if known else "<unset>"
    return value


def _at_all(one: TestTrace, other: TestTrace) -> Iterator[Difference]:
    """Compare what happens at all, where order and number change from run to run."""
    left, right = (Counter(dict.fromkeys(each.kinds(), 1)) for each in (one, other))
    if left != right:
        lost, new = left - right, right - left
        yield Difference("lost" if lost else "new", _what(lost, new))


def _in_rest(one: TestTrace, other: TestTrace, settled: Stable) -> Iterator[Difference]:
    by_value, by_kind = settled.rest
    facts = [key for key, wanted in (("kinds", by_kind), ("full", by_value)) if wanted]
    facts += ["count"] if by_kind else []
    if any(one.more.get(key) != other.more.get(key) for key in facts):
        was, became = (f"{each.more.get('count', 0)} more events" for each in (one, other))
        yield Difference("uncounted", "events beyond those that are kept differ", was, became)


def _in_pieces(one: TestTrace, other: TestTrace) -> Iterator[Difference]:
    left, right = Counter(map(repr, one.pieces)), Counter(map(repr, other.pieces))
    if left == right and one.pieced == other.pieced:
        return
    lost = next((p for p in one.pieces if repr(p) in left - right), [None])
    new = next((p for p in other.pieces if repr(p) in right - left), [None])
    number = next((i for i, (a, b) in enumerate(zip(lost, new, strict=False)) if a != b), 0)
    yield Difference(
        "changed",
        "another thread or a forked process does something else",
        event_text(lost[number]),
        event_text(new[number]),
    )


def _event(events: list[list[Any]], number: int) -> str:
    return event_text(events[number] if number < len(events) else None)


def _what(lost: Counter[tuple[str, str]], new: Counter[tuple[str, str]]) -> str:
    parts = [
        f"{word} {_listed(found)}" for word, found in (("lost:", lost), ("new:", new)) if found
    ]
    return "; ".join(parts) or "the same happens in another order"


def _listed(found: Counter[tuple[str, str]]) -> str:
    # A lost mock says more than the call that is there in its stead.
    first = {"mock": 0, "called": 1, "sets": 3}
    order = sorted(found.items(), key=lambda item: first.get(item[0][0], 2))
    named = [f"{_told(*key)}{f' ({count} times)' if count > 1 else ''}" for key, count in order]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more


def _told(kind: str, name: str) -> str:
    words = {"mock": f"mock {name} is called", "calls": f"calls {name}", "called": f"{name}()"}
    return words.get(kind, f"sets {name}" if kind == "sets" else f"{name} {kind}")


def _ends(trace: TestTrace) -> str:
    ends = [f"{outcome} {message}".strip() for _, outcome, message in trace.outcomes]
    return "; ".join(dict.fromkeys(ends)) if trace.ended else "the process did not outlive it"


def _grouped(found: list[Difference]) -> list[Difference]:
    groups: dict[tuple[str, str, str, str], Difference] = {}
    for each in found:
        # How often something is lost depends on how much a test does.
        key = (each.kind, _TIMES.sub("", each.what), each.before, each.after)
        known = groups.get(key)
        groups[key] = replace(known, tests=(*known.tests, *each.tests)) if known else each
    return list(groups.values())
