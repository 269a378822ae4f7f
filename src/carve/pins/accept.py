"""Accepting behaviour: only by name, only with a reason, only what two runs agree on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from carve.errors import CarveError
from carve.pins.compare import Difference, compare
from carve.pins.store import Pin, PinUnreadable, Store, canonical, exact

__all__ = ["Acceptance", "accept", "judge", "request", "unstable"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the caller asked to accept; `prune` removes pins that no scenario writes."""

    reason: str = ""
    moved_on: bool = False
    prune: bool = False

    @property
    def writes(self) -> bool:
        """Tell whether scenarios are accepted, as against pins removed."""
        return not self.prune


def request(*, named: bool, reason: str | None, moved_on: bool, prune: bool) -> Acceptance:
    """Return the acceptance, or refuse it when it names nothing or gives no reason."""
    if prune:
        if named:
            raise CarveError("--pin --prune removes orphan pins and needs the whole set: drop -k")
        return Acceptance(prune=True)
    if not named or not (reason or "").strip():
        lacking = "names no scenario" if not named else "gives no reason"
        raise CarveError(
            f"--pin {lacking}: pytest characterization --pin -k <scenario> --reason <why>"
        )
    return Acceptance(reason=(reason or "").strip(), moved_on=moved_on)


def judge(
    store: Store, scenario: str, data: dict[str, Any], side: str, *, texts: bool = True
) -> list[Difference]:
    """Return what differs between the pin of `scenario` and `data`; no pin is one difference."""
    pin = store.read(scenario)
    if pin is None:
        return [Difference("new", scenario, "", None, data)]
    expected = pin.expected(side)
    found = list(compare(scenario, expected, data))
    if texts and not found and exact(expected) != exact(data):
        found = [
            Difference("not reproducible", scenario, "", canonical(expected), canonical(data))
        ]
    return found


def unstable(scenario: str, runs: Sequence[str]) -> list[Difference]:
    """Return a difference for each run whose text is not that of the first."""
    return [
        Difference("not reproducible", scenario, "", runs[0], text)
        for text in dict.fromkeys(runs[1:])
        if text != runs[0]
    ]


def accept(store: Store, acceptance: Acceptance, scenario: str, data: dict[str, Any]) -> None:
    """Write `data` as the pin of `scenario`; the same value again changes nothing.

    With `moved_on` the old value stays in the pin, as what the subject showed before.
    """
    try:
        old = store.read(scenario)
    except PinUnreadable:
        old = None
    if old is not None and canonical(old.observed) == canonical(data):
        return
    pin = Pin(scenario, acceptance.reason, data)
    if acceptance.moved_on:
        if old is None:
            raise CarveError(f"{scenario!r} has no pin yet, so it cannot have moved on")
        pin = replace(pin, before=old.before if old.before is not None else old.observed)
    store.write(pin)
