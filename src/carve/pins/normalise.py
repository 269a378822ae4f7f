"""An observation as reproducible plain data: the one place where ids, paths and noise go.

The same observation gives the same data on every supported Python, with any hash seed, in any
order of scenarios. What was masked is counted per rule; `RULES` says why each rule exists.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from carve.pins.plain import SET, TOKEN, Plain
from carve.pins.rules import RULES, Rule

__all__ = ["RULES", "Normalised", "Rule", "normalise", "numbered"]

_HEX = re.compile(r"(?<![0-9A-Fa-f])[0-9a-f]{32}(?![0-9A-Fa-f])")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Plain data and how often each rule masked something in it."""

    data: dict[str, Any]
    masked: dict[str, int] = field(default_factory=dict)


def normalise(
    observation: Mapping[str, Any], *, roots: Mapping[str, str] | None = None
) -> Normalised:
    """Return `observation` as plain data; `roots` maps a folder to the mark that replaces it.

    The sections keep their order; everything inside them is sorted by key.
    """
    counts: Counter[str] = Counter()
    return numbered(Plain(roots or {}, counts).items(observation.items()), counts)


def numbered(tree: dict[str, Any], counts: Counter[str]) -> Normalised:
    """Return plain data whose ids are still tokens with the ids numbered and the sets sorted."""
    tree = _map_text(tree, _mask_hex(tree))
    numbers = _number(tree)
    counts["id"] = sum(len(TOKEN.findall(text)) for _, text in _texts(tree))
    plain = _sort_sets(_map_text(tree, lambda text: _numbered(text, numbers)))
    return Normalised(plain, {name: counts[name] for name in sorted(counts) if counts[name]})


def _numbered(text: str, numbers: Mapping[str, int]) -> str:
    return TOKEN.sub(lambda found: f"<id {numbers[found.group(1)]}>", text)


def _mask_hex(tree: Any) -> Callable[[str], str]:
    # 32 hex digits may be a checksum; they are an id only if that id was seen as one.
    known = {found for _, text in _texts(tree) for found in TOKEN.findall(text)}

    def masked(text: str) -> str:
        parts = re.split("(\x00[0-9a-f]{32}\x00)", text)
        for place in range(0, len(parts), 2):
            parts[place] = _HEX.sub(
                lambda found: f"\x00{found[0]}\x00" if found[0] in known else found[0],
                parts[place],
            )
        return "".join(parts)

    return masked


def _number(tree: Any) -> dict[str, int]:
    # A set has no order, so ids that occur only in sets come last, told apart by where they occur.
    numbers: dict[str, int] = {}
    places: dict[str, list[str]] = {}
    for path, text in _texts(tree):
        for found in TOKEN.findall(text):
            if SET not in path:
                numbers.setdefault(found, len(numbers) + 1)
            else:
                own = text.replace(f"\x00{found}\x00", "<this>")
                others = TOKEN.sub(lambda each: f"<{numbers.get(each[1], '')}>", own)
                places.setdefault(found, []).append(f"{'/'.join(path)}={others}")
    for found in sorted(places.keys() - numbers.keys(), key=lambda one: sorted(places[one])):
        numbers[found] = len(numbers) + 1
    return numbers


def _texts(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield path, key
            yield from _texts(value, (*path, TOKEN.sub("<id>", key)))
    elif isinstance(tree, list):
        inside_set = path[-1:] == (SET,)
        for place, value in enumerate(tree):
            yield from _texts(value, (*path, "" if inside_set else str(place)))


def _map_text(tree: Any, change: Callable[[str], str]) -> Any:
    if isinstance(tree, str):
        return change(tree)
    if isinstance(tree, dict):
        return {change(key): _map_text(value, change) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_map_text(value, change) for value in tree]
    return tree


def _sort_sets(tree: Any) -> Any:
    if isinstance(tree, dict):
        plain = {key: _sort_sets(value) for key, value in tree.items()}
        if list(plain) == [SET]:
            plain[SET] = sorted(plain[SET], key=lambda each: (type(each).__name__, repr(each)))
        return plain
    if isinstance(tree, list):
        return [_sort_sets(value) for value in tree]
    return tree
