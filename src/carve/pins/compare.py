"""Two observations as a list of differences, and differences as text a reader can act on."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

__all__ = ["ABSENT", "Difference", "Kind", "compare", "render"]

Kind = Literal["missing", "new", "changed", "not reproducible"]
ABSENT = "(absent)"
_LONG = 90
_MOST = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where an observation is not what was pinned; `path` is empty for all of it.

    `steps` are the keys and indices of the path, as a key may hold a dot itself.
    """

    kind: Kind
    scenario: str
    path: str
    before: Any = None
    after: Any = None
    steps: tuple[str | int, ...] = field(default=(), compare=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the difference as plain data."""
        return asdict(self)


def compare(
    scenario: str, before: Any, after: Any, path: str = "", steps: tuple[str | int, ...] = ()
) -> Iterator[Difference]:
    """Yield what differs between two trees of plain data; `1`, `1.0` and `True` differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            pair = before.get(key, _GONE), after.get(key, _GONE)
            below = f"{path}.{key}" if path else str(key)
            yield from _child(scenario, pair, below, (*steps, str(key)))
    elif isinstance(before, list) and isinstance(after, list):
        for place in range(max(len(before), len(after))):
            pair = _at(before, place), _at(after, place)
            yield from _child(scenario, pair, f"{path}[{place}]", (*steps, place))
    elif type(before) is not type(after) or before != after:
        yield Difference("changed", scenario, path, before, after, steps)


def render(differences: Sequence[Difference]) -> str:
    """Return the differences as text: scenario, path, before and after."""
    lines: list[str] = []
    for scenario in dict.fromkeys(each.scenario for each in differences):
        found = [each for each in differences if each.scenario == scenario]
        lines.append(f"{scenario}  {len(found)} different")
        for each in found[:_MOST]:
            lines.append(f"  {each.path or '(all of it)'}  {each.kind}")
            lines += [f"    {line}" for line in _sides(each)]
        if len(found) > _MOST:
            lines.append(f"  ... and {len(found) - _MOST} more")
    return "\n".join(lines)


_GONE = object()


def _at(items: list[Any], place: int) -> Any:
    return items[place] if place < len(items) else _GONE


def _child(
    scenario: str, pair: tuple[Any, Any], path: str, steps: tuple[str | int, ...]
) -> Iterator[Difference]:
    before, after = pair
    if before is _GONE:
        yield Difference("new", scenario, path, None, after, steps)
    elif after is _GONE:
        yield Difference("missing", scenario, path, before, None, steps)
    else:
        yield from compare(scenario, before, after, path, steps)


def _sides(one: Difference) -> list[str]:
    if isinstance(one.before, str) and isinstance(one.after, str):
        # Other line ends are a difference too, which `splitlines` does not show.
        old, new = one.before.split("\n"), one.after.split("\n")
        if len(old) > 1 or len(new) > 1 or max(len(one.before), len(one.after)) > _LONG:
            return list(difflib.unified_diff(old, new, "before", "after", lineterm="", n=2))
    old_side = ABSENT if one.kind == "new" else _short(one.before)
    new_side = ABSENT if one.kind == "missing" else _short(one.after)
    return [f"before: {old_side}", f"after:  {new_side}"]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 4 * _LONG else f"{text[: 4 * _LONG]} ..."
