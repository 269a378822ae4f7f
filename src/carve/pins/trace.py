"""Which scenario a run was at, so that one that takes the process with it costs only itself."""

import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carve.pins.names import scenario_id

__all__ = ["Trace", "end_of"]

_STUCK = "Timeout ("


@dataclass
class Trace:
    """Follows the events of a run and knows who was at work when they stopped.

    `skip` holds what a new attempt leaves out: scenarios that are done, modules that end it.
    """

    skip: list[str] = field(default_factory=list)
    ended: int | None = None
    _at: str | None = None

    def follow(self, event: dict[str, Any]) -> None:
        """Take one event."""
        kind = event["event"]
        if kind in {"running", "collecting"}:
            self._at = event["nodeid"]
        elif kind == "scenario":
            self._at = None
            self.skip.append(event["scenario"])
        elif kind in {"start", "collected"}:
            self._at = None
        elif kind == "abort":
            self._at, self.ended = None, 4
        elif kind == "end":
            self.ended = event["exit_status"]

    def casualty(self, code: int | None, output: str) -> tuple[str, str] | None:
        """Return who ended the process, and how as a sentence; None if nobody did.

        What it was at is left out from now on, so that the next attempt gets further.
        """
        node = self._at
        if self.ended is not None or node is None:
            return None
        self._at = None
        name = scenario_id(node) if "::" in node else None
        self.skip.append(name or node)
        return name or node, f"{name or node!r} {end_of(code, output)}\n  at  {_file(node)}"

    def write_skips(self, path: Path) -> str:
        """Write what is to be left out, and return the option that says so."""
        path.write_text("".join(f"{each}\n" for each in self.skip), encoding="utf-8")
        return f"--pin-skip={path}"


def end_of(code: int | None, output: str = "") -> str:
    """Say how a process ended; None if it had to be killed because it was silent."""
    if code is None or _STUCK in output:
        return "took too long and could not be interrupted, so its process was ended"
    if code < 0:
        known = {each.value: each.name for each in signal.Signals}
        return f"ended the process by {known.get(-code, f'signal {-code}')}"
    return f"ended the process with exit code {code}"


def _file(node: str) -> str:
    return node.partition("::")[0]
