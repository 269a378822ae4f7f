"""What YAML allows and a file of plain data must not hold."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

__all__ = ["objections", "oddities"]

_DEEPEST = 300


def objections(events: Iterable[yaml.Event]) -> Iterator[tuple[str, int | None]]:
    """Yield each objection to a YAML stream, with its line, before anything is built from it."""
    opened: list[_Open] = []
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
        elif isinstance(event, yaml.NodeEvent):
            line = event.start_mark.line + 1 if event.start_mark else None
            for objection in _objections(event, opened):
                yield objection, line


@dataclass
class _Open:
    """A list or mapping that has begun; in a mapping keys and values take turns."""

    is_mapping: bool
    keys: set[str] = field(default_factory=set)
    at_key: bool = True

    def repeats(self, event: yaml.NodeEvent) -> bool:
        """Take the next node and tell whether it is a key that stood here before."""
        at_key, self.at_key = self.at_key, not self.at_key
        if not (self.is_mapping and at_key and isinstance(event, yaml.ScalarEvent)):
            return False
        known = event.value in self.keys
        self.keys.add(event.value)
        return known


def _objections(event: yaml.NodeEvent, opened: list[_Open]) -> Iterator[str]:
    if getattr(event, "anchor", None) or getattr(event, "tag", None):
        yield "has a YAML anchor, alias or tag"
    if opened and opened[-1].repeats(event):
        yield f"has the key {getattr(event, 'value', '')!r} twice"
    if isinstance(event, yaml.CollectionStartEvent):
        opened.append(_Open(isinstance(event, yaml.MappingStartEvent)))
        if len(opened) > _DEEPEST:
            yield "is nested too deeply"


def oddities(value: Any, path: str = "") -> Iterator[str]:
    """Yield what YAML can say and an observation cannot, such as a date or an infinity."""
    if isinstance(value, dict):
        for key, below in value.items():
            if not isinstance(key, str):
                yield f"the key {key!r} at {path}"
            yield from oddities(below, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from oddities(below, f"{path}[{place}]")
    elif type(value) not in {str, int, float, bool, type(None)}:
        yield f"a {type(value).__name__} at {path}"
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{value} at {path}"
