"""What runs of the same tree agree on; the rest says nothing about a change."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from carve.trace.loose import Loose, Path, differing, widened
from carve.trace.recording import OUTSIDE, Recording, TestTrace
from carve.trace.shown import place_text

__all__ = ["Group", "Stable", "groups", "stable"]

_ROUNDS = 20
_CALLS = ("called", "calls")
Group = tuple[str, str]


@dataclass(slots=True)
class Stable:
    """What of one test can be compared.

    Attributes:
        order: Whether the same things happen in the same order.
        outcomes: Whether it ends the same way.
        pieces: Whether other threads do the same.
        loose: The places of values that change: number of the event, then the way into it.
        number: Without an order: what happens equally often, and how often.
        values: What shows the same values, though not in the same order.
        chance: Without an order: what happens in any run, but not in every one.
        rest: Whether events beyond the limit are the same: by value, by kind.
        later: The sorts of them that are.
        left_out: What is not compared, and what of it is nevertheless.
    """

    order: bool = True
    outcomes: bool = True
    pieces: bool = True
    loose: dict[Path, Loose] = field(default_factory=dict)
    number: frozenset[Group] = frozenset()
    values: frozenset[Group] = frozenset()
    chance: frozenset[Group] = frozenset()
    rest: tuple[bool, bool] = (True, True)
    later: frozenset[Group] = frozenset()
    left_out: dict[str, str] = field(default_factory=dict)


def stable(test: str, runs: Sequence[Recording]) -> Stable:
    """Return what all runs agree on in one test."""
    found = Stable()
    first, *others = traces = [run.of(test) for run in runs]
    for other in others:
        _narrow(found, first, other)
        if test == OUTSIDE:
            found.outcomes = True
    _settle_rest(found, traces)
    if not found.order:
        _group(found, traces)
    else:
        _tell(found, traces)
    return found


def groups(trace: TestTrace) -> dict[Group, list[str]]:
    """Return the values of all events of each sort, in no order.

    What a call shows of attributes depends on which call comes first, so it stands by itself.
    """
    found: dict[Group, list[str]] = defaultdict(list)
    for kind, name, payload in trace.events:
        seen = [k for k in payload or () if k.startswith("self.")] if kind in _CALLS else []
        for key in seen:
            found["is", key].append(json.dumps(payload[key], sort_keys=True))
        given = {k: payload[k] for k in payload if k not in seen} or None if seen else payload
        found[kind, name].append(json.dumps(given, sort_keys=True))
    return {key: sorted(each) for key, each in found.items()}


def _narrow(found: Stable, one: TestTrace, other: TestTrace) -> None:
    if found.outcomes and one.outcomes != other.outcomes:
        found.outcomes = False
        found.left_out["how it ends"] = "nothing"
    if found.pieces and _sorted(one.pieces) != _sorted(other.pieces):
        found.pieces = False
        found.left_out["what happens on other threads"] = "nothing"
    found.order = found.order and one.kinds() == other.kinds()
    _narrow_rest(found, one, other)
    if found.order:
        _loosen(found, one, other)
    else:
        found.loose.clear()


def _narrow_rest(found: Stable, one: TestTrace, other: TestTrace) -> None:
    by_value, by_kind = (one.more.get(key) == other.more.get(key) for key in ("full", "kinds"))
    by_kind = by_kind and one.more.get("count") == other.more.get("count")
    found.rest = (found.rest[0] and by_value and by_kind, found.rest[1] and by_kind)


def _settle_rest(found: Stable, traces: Sequence[TestTrace]) -> None:
    """Of later events compare those sorts that are the same in all runs of the tree."""
    first, *others = [trace.later() for trace in traces]
    found.later = frozenset(
        key for key, each in first.items() if all(other.get(key) == each for other in others)
    )
    if found.rest != (True, True):
        what = "values beyond the first events" if found.rest[1] else "later events"
        found.left_out[what] = f"{len(found.later)} of {len(first)} sorts of events"


def _loosen(found: Stable, one: TestTrace, other: TestTrace) -> None:
    for number, (left, right) in enumerate(zip(one.events, other.events, strict=True)):
        for _ in range(_ROUNDS):  # what is below a key that changes is seen once the key is known
            pairs = list(differing(left[2], right[2], found.loose, (number,)))
            for pair in pairs:
                found.loose[pair.path] = widened(found.loose.get(pair.path), pair)
            if not pairs:
                break


def _group(found: Stable, traces: Sequence[TestTrace]) -> None:
    every = [groups(trace) for trace in traces]
    anywhere = frozenset(key for each in every for key in each)
    found.chance = frozenset(key for key in anywhere if not all(key in each for each in every))
    steady = anywhere - found.chance
    found.number = frozenset(k for k in steady if len({len(each[k]) for each in every}) == 1)
    found.values = frozenset(
        key for key in found.number if all(each[key] == every[0][key] for each in every)
    )
    level = "what happens at all"
    if found.number:
        level += f", of {len(found.number)} sorts of events the number"
    if found.values:
        level += f", of {len(found.values)} the values"
    found.left_out["the order of its events"] = level


def _tell(found: Stable, traces: Sequence[TestTrace]) -> None:
    """Say what is loose; values that have merely another order are compared without it."""
    if not found.loose:
        return
    every = [groups(trace) for trace in traces]
    events, kinds = traces[0].events, traces[0].kinds()
    touched = {kinds[int(path[0])] for path in found.loose}
    touched |= {group for group in every[0] if group[0] == "is"}
    found.values = frozenset(
        key for key in touched if all(each.get(key) == every[0][key] for each in every)
    )
    for path, loose in found.loose.items():
        whole = kinds[int(path[0])] in found.values
        compared = "all values, in any order" if whole else loose.compared
        place = place_text(events[int(path[0])], path[1:]).strip()
        known = found.left_out.get(place, compared)
        found.left_out[place] = known if known == compared else "parts of it"
    _spread(found, kinds)


def _spread(found: Stable, kinds: Sequence[Group]) -> None:
    """Take a place that changes in half of the events of a sort for loose in all of them.

    Chance has made the others alike: of random numbers from one to ten, every tenth pair is.
    """
    places: dict[tuple[Group, Path], list[Loose]] = defaultdict(list)
    for path, loose in found.loose.items():
        places[kinds[int(path[0])], path[1:]].append(loose)
    numbers: dict[Group, list[int]] = defaultdict(list)
    for number, group in enumerate(kinds):
        numbers[group].append(number)
    for (group, path), known in places.items():
        if 1 < len(known) < len(numbers[group]) <= 2 * len(known):
            one = Loose("type" if any(each.kind == "type" for each in known) else "value")
            for number in numbers[group]:
                found.loose.setdefault((number, *path), one)


def _sorted(pieces: list[list[list[object]]]) -> Counter[str]:
    return Counter(map(repr, pieces))
