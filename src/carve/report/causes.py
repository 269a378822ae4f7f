"""Differences of many scenarios grouped by what they have in common: the place and the change."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from carve.report.behaviour import ScenarioRecord

__all__ = ["Cause", "causes"]

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


def causes(records: Iterable[ScenarioRecord]) -> tuple[Cause, ...]:
    """Return the groups, the one with most scenarios first.

    Indices in the path and numbers in the values do not tell groups apart; of a text only the
    words that changed count.
    """
    groups: dict[tuple[str, ...], tuple[Cause, dict[str, None]]] = {}
    for record in records:
        for kind, path, before, after in _shapes(record):
            key = (kind, path, _NUMBER.sub("#", before), _NUMBER.sub("#", after))
            group = groups.setdefault(key, (Cause(kind, path, before, after, ()), {}))
            group[1][record.scenario] = None
    found = [replace(first, scenarios=tuple(names)) for first, names in groups.values()]
    return tuple(sorted(found, key=lambda each: -len(each.scenarios)))


def _shapes(record: ScenarioRecord) -> Iterator[tuple[str, str, str, str]]:
    for each in record.differences:
        yield (each["kind"], _INDEX.sub("[]", each["path"]), *_sides(each))
    if not record.differences:
        told = (record.message.splitlines() or [""])[0]
        yield record.status, "", "", told.replace(repr(record.scenario), "(scenario)")


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
