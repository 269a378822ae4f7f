"""All differences of one test between two runs, each with a key that is the same in other runs."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from carve.trace.loose import Path, differing
from carve.trace.model import Difference, Kind
from carve.trace.recording import TestTrace
from carve.trace.shown import event_text, value_text
from carve.trace.stable import Group, Stable, groups

__all__ = ["Found", "differences"]

_NAMED = 3
_WORDS = {
    "called": "arguments differ",
    "returns": "a result differs",
    "raises": "an exception differs",
    "yields": "a yielded value differs",
    "sets": "an attribute is set differently",
    "mock": "a mock is called differently",
    "calls": "attributes differ at a call",
    "is": "attributes differ at a call",
}
Found = tuple[Any, Difference]


def differences(one: TestTrace, other: TestTrace, settled: Stable) -> Iterator[Found]:
    """Yield what differs beyond what runs of the same tree do not agree on."""
    if settled.order:
        yield from _in_order(one, other, settled)
    else:
        yield from _in_any_order(one, other, settled)
    yield from _in_rest(one, other, settled)
    if settled.pieces:
        yield from _in_pieces(one, other)
    if settled.outcomes and one.outcomes != other.outcomes:
        ends = Difference("outcome", "the test ends differently", _ends(one), _ends(other))
        yield "outcome", ends


def _in_order(one: TestTrace, other: TestTrace, settled: Stable) -> Iterator[Found]:
    left, right = one.kinds(), other.kinds()
    for number, (was, became) in enumerate(zip(one.events, other.events, strict=False)):
        if left[number] != right[number]:
            break
        if left[number] in settled.values:
            continue
        for path, before, after in differing(was[2], became[2], settled.loose, (number,)):
            told = (event_text(was), event_text(became))
            if told[0] == told[1]:  # too long for one line, and alike as far as it goes
                told = _inside(path, before, after)
            yield path, Difference("changed", _changed(was), *told, at=number + 1)
    if left == right:
        if settled.values:
            yield from _in_groups(groups(one), groups(other), settled)
        return
    number = next(
        (i for i, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]),
        min(len(left), len(right)),
    )
    lost, new = Counter(left) - Counter(right), Counter(right) - Counter(left)
    kind: Kind = "lost" if lost else "new" if new else "order"
    told = (_event(one.events, number), _event(other.events, number))
    yield "order", Difference(kind, _what(lost, new), *told, at=number + 1)


def _changed(event: list[Any]) -> str:
    return f"{_WORDS.get(event[0], 'an event differs')}: {event[1]}"


def _inside(path: Path, left: Any, right: Any) -> tuple[str, str]:
    """Return what differs inside of two events; of mappings that which one of them alone has."""
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() != right.keys():
        pair = [
            {k: v for k, v in a.items() if k not in b} for a, b in ((left, right), (right, left))
        ]
        return f"{path[1:]}: {value_text(pair[0])}", f"{path[1:]}: {value_text(pair[1])}"
    return f"{path[1:]}: {value_text(left)}", f"{path[1:]}: {value_text(right)}"


def _in_any_order(one: TestTrace, other: TestTrace, settled: Stable) -> Iterator[Found]:
    """Compare what happens at all, how often and with which values, as far as that is the same."""
    left, right = groups(one), groups(other)
    was, became = _counted(left, settled), _counted(right, settled)
    if was != became:
        lost, new = was - became, became - was
        yield "order", Difference("lost" if lost else "new", _what(lost, new))
    yield from _in_groups(left, right, settled)


def _in_groups(
    left: dict[Group, list[str]], right: dict[Group, list[str]], settled: Stable
) -> Iterator[Found]:
    for key in sorted(settled.values):
        if key in right and len(left[key]) == len(right[key]) and left[key] != right[key]:
            yield key, _first_other(key, left[key], right[key])


def _counted(found: dict[Group, list[str]], settled: Stable) -> Counter[Group]:
    return Counter(
        {
            key: len(each) if key in settled.number else 1
            for key, each in found.items()
            if key not in settled.chance
        }
    )


def _first_other(key: Group, left: list[str], right: list[str]) -> Difference:
    lost, new = Counter(left) - Counter(right), Counter(right) - Counter(left)
    was, became = (event_text([*key, json.loads(next(iter(each)))]) for each in (lost, new))
    return Difference("changed", _changed([*key]), was, became)


def _in_rest(one: TestTrace, other: TestTrace, settled: Stable) -> Iterator[Found]:
    by_value, by_kind = settled.rest
    facts = [key for key, wanted in (("kinds", by_kind), ("full", by_value)) if wanted]
    facts += ["count"] if by_kind else []
    left, right = (each.later() for each in (one, other))
    if not by_value:
        left, right = ({k: v for k, v in s.items() if k in settled.later} for s in (left, right))
    elif all(one.more.get(key) == other.more.get(key) for key in facts):
        return
    lost, new = _later(left, right), _later(right, left)
    moved = any(one.more.get(key) != other.more.get(key) for key in facts)
    if lost or new or moved:
        what = "events beyond those that are kept differ"
        told = (
            lost or f"{one.more.get('count', 0)} more",
            new or f"{other.more.get('count', 0)} more",
        )
        yield "rest", Difference("uncounted", what, *told)


def _later(these: Mapping[Group, Any], those: Mapping[Group, Any]) -> str:
    """Say which sorts of later events come otherwise than in the other run."""
    return _listed(
        Counter({key: found[0] for key, found in these.items() if those.get(key) != found})
    )


def _in_pieces(one: TestTrace, other: TestTrace) -> Iterator[Found]:
    left, right = Counter(map(repr, one.pieces)), Counter(map(repr, other.pieces))
    if left == right and one.pieced == other.pieced:
        return
    lost = next((p for p in one.pieces if repr(p) in left - right), [None])
    new = next((p for p in other.pieces if repr(p) in right - left), [None])
    number = next((i for i, (a, b) in enumerate(zip(lost, new, strict=False)) if a != b), 0)
    what = "another thread or a forked process does something else"
    yield "pieces", Difference("changed", what, event_text(lost[number]), event_text(new[number]))


def _event(events: list[list[Any]], number: int) -> str:
    return event_text(events[number] if number < len(events) else None)


def _what(lost: Counter[Group], new: Counter[Group]) -> str:
    parts = [
        f"{word} {_listed(found)}" for word, found in (("lost:", lost), ("new:", new)) if found
    ]
    return "; ".join(parts) or "the same happens in another order"


def _listed(found: Counter[Group]) -> str:
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
