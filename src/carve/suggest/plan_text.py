"""The draft as the text of a plan file: its steps, and as comments what stays and why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import yaml

from carve.suggest.draft import Stay
from carve.suggest.suggestion import Suggestion

__all__ = ["Header", "plan_of", "plan_text"]

_WIDTH = 99
# What YAML reads as a text, whatever stands around it.
_PLAIN = re.compile(r"[A-Za-z_][\w.]*(:[A-Za-z_]\w*)?")
_OTHERWISE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


@dataclass(frozen=True, slots=True)
class Header:
    """What the plan says besides its steps."""

    roots: tuple[str, ...]
    baseline: str | None = None
    exclude: tuple[str, ...] = ()

    def to_plan(self) -> dict[str, Any]:
        """Return the keys of the plan, in their order."""
        found: dict[str, Any] = {"format": 1, "roots": list(self.roots)}
        if self.baseline is not None:
            found["baseline"] = self.baseline
        if self.exclude:
            found["exclude"] = list(self.exclude)
        return found


def plan_of(found: Suggestion, header: Header) -> dict[str, Any]:
    """Return the plan as data."""
    return {**header.to_plan(), "steps": [drafted.step for drafted in found.draft.steps]}


def plan_text(found: Suggestion, header: Header) -> str:
    """Return the plan as YAML; without a step there are only the comments."""
    head = f"A draft for {found.source}. Name things, say why, then: carve check PLAN"
    lines = list(_comment(head, ""))
    if found.draft.steps:
        for key, value in header.to_plan().items():
            lines += _entry(key, value, "")
        lines.append("steps:")
    for drafted in found.draft.steps:
        if drafted.added:
            lines += _comment(f"Only this uses {', '.join(drafted.added)}.", "  ")
        first, *rest = (line for k, v in drafted.step.items() for line in _entry(k, v, "    "))
        lines += [f"  - {first.strip()}", *rest, ""]
    for stay in found.draft.stays:
        lines += _told(stay)
    return "\n".join(lines).rstrip("\n") + "\n"


def _told(stay: Stay) -> Iterator[str]:
    yield from _comment(f"stays: {', '.join(stay.members)}", "")
    place = f"{stay.where}: " if stay.where else ""
    check = f" ({stay.check})" if stay.check else ""
    yield from _comment(f"{place}{stay.reason}{check}", "", "  ")
    if stay.instead:
        yield from _comment(stay.instead, "", "  ")


def _comment(text: str, indent: str, more: str = "") -> Iterator[str]:
    head = f"{indent}# {more}"
    # A comment ends with its line, so what is quoted from code must not bring line ends.
    plain = " ".join(text.split())
    printable = "".join(letter if letter.isprintable() else "?" for letter in plain)
    yield from (f"{head}{line}" for line in wrap(printable, _WIDTH - len(head)) or [""])


def _entry(key: str, value: Any, indent: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{indent}{key}: {_scalar(value)}"]
    words = [_scalar(each) for each in value]
    line = f"{indent}{key}: [{', '.join(words)}]"
    if len(line) <= _WIDTH:
        return [line]
    return [f"{indent}{key}:", *(f"{indent}  - {word}" for word in words)]


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _OTHERWISE and value.isascii():
        return value
    text = yaml.safe_dump(value, width=float("inf"), allow_unicode=True, default_flow_style=True)
    return text.removesuffix("\n").removesuffix("\n...").strip()
