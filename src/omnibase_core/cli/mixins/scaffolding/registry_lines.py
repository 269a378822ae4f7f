"""Adds a mixin to the registry, and to the list of mixins that the registry is held against."""

from typing import Any

import yaml

from omnibase_core.cli.mixins.scaffolding.insertion import Insertion, with_lines
from omnibase_core.cli.request_error import RequestError

__all__ = ["with_entry", "with_known_mixin"]

_LAST = "infrastructure"
_FEATURES = "features"


def with_entry(text: str, key: str, entry: str) -> str:
    """Return the registry with one more entry, the last before those of infrastructure."""
    lines = [line.rstrip() for line in text.split("\n")]
    at = next((number for number, line in enumerate(lines) if line == f"{_LAST}:"), None)
    if at is None:
        raise RequestError(
            f"mixin_metadata.yaml has no line '{_LAST}:', before which the entry would come",
            "add that section",
        )
    while at and lines[at - 1].startswith("#"):
        at -= 1  # what is said about the section stays above it
    above = "\n" if at and lines[at - 1] else ""
    made = with_lines(text, Insertion(at, f"{above}{entry.rstrip()}\n"))
    before, after = _parsed(text), _parsed(made)
    if {**before, key: after.get(key)} != after or not isinstance(after.get(key), dict):
        raise RequestError("mixin_metadata.yaml has a shape to which nothing can be added")
    return made


def with_known_mixin(text: str, key: str, mixin: str) -> str:
    """Return the list with one more feature, the last of them."""
    lines = [line.rstrip() for line in text.split("\n")]
    at = lines.index(f"{_FEATURES}:") + 1 if f"{_FEATURES}:" in lines else 0
    last = at
    for number, line in enumerate(lines[at:], at):
        if line and not line.startswith((" ", "#")):
            break
        if line.startswith(" "):
            last = number + 1
    made = with_lines(text, Insertion(last, f"  {key}: {mixin}"))
    before = _parsed(text)
    features = {**(before.get(_FEATURES) or {}), key: mixin}
    if not at or _parsed(made) != {**before, _FEATURES: features}:
        raise RequestError("known_mixins.yaml has a shape to which nothing can be added")
    return made


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}
