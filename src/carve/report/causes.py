"""Differences of many scenarios grouped by what they have in common: the place and the change."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from carve.report.behaviour import ScenarioRecord

__all__ = ["Cause", "Group", "Same", "causes", "groups"]

_Key = tuple[str, str, str, str]

_Sharing = Mapping[_Key, Mapping[str, ScenarioRecord]]
_INDEX = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"\s+|\S+")
_WIDEST = 60
_ABSENT = "(absent)"


@dataclass(frozen=True, slots=True)
class Cause:
    """One kind of change at one place, and the scenarios that show it."""

    kind: str
    path: str
    before: str
    after: str
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """The scenarios that differ in the same way at the same `paths`."""

    paths: tuple[str, ...]
    records: tuple[ScenarioRecord, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The first scenario of some causes, those of its differences, and who shares them.

    `known` counts its differences whose cause an earlier group has shown.
    """

    record: ScenarioRecord
    differences: tuple[Mapping[str, Any], ...]
    same: tuple[Same, ...]
    known: int


def causes(records: Iterable[ScenarioRecord]) -> tuple[Cause, ...]:
    """Return the causes, the one with most scenarios first.

    Indices in the path and numbers in the values do not tell causes apart; of a text only the
    words that changed count.
    """
    found: dict[_Key, tuple[Cause, dict[str, None]]] = {}
    for record in records:
        for _, (kind, path, before, after) in _shapes(record):
            key = _key(kind, path, before, after)
            cause = found.setdefault(key, (Cause(kind, path, before, after, ()), {}))
            cause[1][record.scenario] = None
    made = [replace(first, scenarios=tuple(names)) for first, names in found.values()]
    return tuple(sorted(made, key=lambda each: -len(each.scenarios)))


def groups(records: Iterable[ScenarioRecord]) -> tuple[Group, ...]:
    """Return the scenarios that are to be shown in full, each cause in one of them."""
    keyed = [(each, [(_key(*shape), one) for one, shape in _shapes(each)]) for each in records]
    sharing: dict[_Key, dict[str, ScenarioRecord]] = {}
    for record, pairs in keyed:
        for key, _ in pairs:
            sharing.setdefault(key, {})[record.scenario] = record
    keyed.sort(key=lambda each: -max(len(sharing[key]) for key, _ in each[1]))
    shown: set[_Key] = set()
    found = []
    for record, pairs in keyed:
        fresh = [(key, one) for key, one in pairs if key not in shown]
        if fresh:
            here = tuple(one for _, one in fresh if one is not None)
            same = _same(record, dict.fromkeys(key for key, _ in fresh), sharing)
            found.append(Group(record, here, same, len(pairs) - len(fresh)))
        shown |= {key for key, _ in fresh}
    return tuple(found)


def _same(
    record: ScenarioRecord,
    keys: Iterable[_Key],
    sharing: Mapping[_Key, Mapping[str, ScenarioRecord]],
) -> tuple[Same, ...]:
    found: dict[tuple[str, ...], Same] = {}
    for key in keys:
        others = {name: each for name, each in sharing[key].items() if name != record.scenario}
        known = found.get(tuple(others), Same((), tuple(others.values())))
        found[tuple(others)] = replace(known, paths=(*known.paths, key[1]))
    return tuple(found.values())


def _key(kind: str, path: str, before: str, after: str) -> _Key:
    return kind, path, _NUMBER.sub("#", before), _NUMBER.sub("#", after)


def _shapes(record: ScenarioRecord) -> Iterator[tuple[Mapping[str, Any] | None, _Key]]:
    for each in record.differences:
        yield each, (each["kind"], _INDEX.sub("[]", each["path"]), *_sides(each))
    if not record.differences:
        told = (record.message.splitlines() or [""])[0]
        yield None, (record.status, "", "", told.replace(repr(record.scenario), "(scenario)"))


def _sides(each: Mapping[str, Any]) -> tuple[str, str]:
    before, after = each["before"], each["after"]
    if not each["path"] and each["kind"] == "new":
        return _ABSENT, "(a whole observation)"
    if isinstance(before, str) and isinstance(after, str):
        old, new = _changed(before, after)
        return _short(old), _short(new)
    return (
        _ABSENT if each["kind"] == "new" else _short(before),
        _ABSENT if each["kind"] == "missing" else _short(after),
    )


def _changed(before: str, after: str) -> tuple[str, str]:
    """Return what is left of two texts without the words that both begin and end with."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _alike(old, new)
    old, new = old[head:], new[head:]
    tail = _alike(old[::-1], new[::-1])
    return "".join(old[: len(old) - tail]), "".join(new[: len(new) - tail])


def _alike(old: list[str], new: list[str]) -> int:
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]} ..."
