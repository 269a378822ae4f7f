"""What a comparison comes to: differences, what was expected anyway, and what was left out."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["Difference", "Figures", "Kind", "LeftOut", "TraceRecord"]

Kind = Literal[
    "only before",
    "only after",
    "outcome",
    "lost",
    "new",
    "order",
    "changed",
    "name",
    "uncounted",
    "introspection",
    "unreached",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two trees, and the tests that show it.

    Attributes:
        kind: What sort of difference it is.
        what: It in one sentence.
        before: What there was before, as text; empty for nothing.
        after: What there is instead.
        tests: The ids of the tests, in which it is the first difference.
        at: The number of the event in the first of the tests, from 1.
    """

    kind: Kind
    what: str
    before: str = ""
    after: str = ""
    tests: tuple[str, ...] = ()
    at: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could not be compared in some tests.

    Attributes:
        what: The place.
        tests: The ids of the tests; none for introspection.
        why: What shows that it changes by itself.
        compared: What of it is compared nevertheless.
    """

    what: str
    tests: tuple[str, ...]
    why: str
    compared: str = "nothing"


@dataclass(frozen=True, slots=True)
class Figures:
    """How much a recording holds."""

    tests: int
    reaching: int
    calls: int
    events: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TraceRecord:
    """A whole comparison; it objects to differences, and to a class that no test reaches."""

    target: str
    before: str
    after: str
    command: tuple[str, ...]
    figures: Figures
    differences: tuple[Difference, ...] = ()
    expected: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    runs: int = 0

    @property
    def objected(self) -> bool:
        """Whether the two trees differ, or nothing could be compared."""
        return bool(self.differences)

    def to_json(self) -> dict[str, Any]:
        """Return it as data."""
        return {**asdict(self), "same": not self.differences}
