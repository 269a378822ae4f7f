"""What each rule leaves to be seen, and a wrong value of the same shape that must be noticed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from carve.pins.rules import RULES

__all__ = ["ASPECTS", "DASHED", "FRESH", "HEX", "KINDS", "Kind", "pieces"]

ASPECTS = ("order", "identity", "presence")
DASHED = re.compile(
    r"(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f-])"
)
HEX = re.compile(r"(?<![0-9A-Fa-f])[0-9a-f]{32}(?![0-9A-Fa-f])")
FRESH = uuid5(UUID(int=0), "planted")
_NAME = re.compile(r"\w+(?=\W*$)")
_PATTERNS = {rule.name: rule.pattern for rule in RULES}


@dataclass(frozen=True, slots=True)
class Kind:
    """How a rule is put to the test.

    Attributes:
        hides: For each aspect that the rule hides on purpose, why.
        wrong: Makes another value of the same shape out of one that was masked.
    """

    hides: dict[str, str]
    wrong: Callable[[str], str] | None = None


def pieces(rule: str, text: str) -> Iterator["re.Match[str]"]:
    """Yield each part of a raw `text` that the rule of that name masks by its pattern."""
    pattern = _PATTERNS[rule]
    if pattern is not None:
        yield from pattern.finditer(text)


def _renamed(text: str) -> str:
    """Return `text` with its last name changed, which is the part that is kept."""
    return _NAME.sub(lambda found: f"{found[0]}_planted", text, count=1)


def _renamed_class(text: str) -> str:
    return re.sub(r"(abstract class )(\w+)", r"\1\2_planted", text, count=1)


def _next_worker(text: str) -> str:
    return re.sub(r"\d+$", lambda found: str(int(found[0]) + 1), text)


_ONE_MARK = "every value of the kind gets the same mark"
_GONE = "whether Python adds it depends on its version"

KINDS: dict[str, Kind] = {
    "id": Kind({}),
    "path": Kind({}),
    "clock noise": Kind({}),
    "float noise": Kind({}),
    "owner of a callable": Kind({}, _renamed),
    "traceback": Kind({"identity": _ONE_MARK}),
    "address": Kind({"identity": _ONE_MARK}),
    "owner in a repr": Kind({}, _renamed),
    "owner in a call error": Kind({}, lambda text: _renamed(text.rstrip(" ()")) + "() "),
    "suggestion": Kind({"identity": _GONE, "presence": _GONE}),
    "abstract class (3.11)": Kind({}, _renamed_class),
    "abstract class (3.12)": Kind({}, _renamed_class),
    "pydantic version": Kind({"identity": _ONE_MARK}),
    "temporary name": Kind({"identity": _ONE_MARK}),
    "thread name": Kind({}, _next_worker),
    "task name": Kind({"identity": _ONE_MARK}),
}
