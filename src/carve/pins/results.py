"""The results file: one JSON line per event, written by the process that steers the run.

Events: `collecting`, `collected` and `running` (what is at work now), `start` (total), `scenario`
(status, differences, text), `collect` (a module that cannot be imported), `abort`, `orphans`,
`end`.
"""

import json
from pathlib import Path
from typing import Any, TextIO

import pytest

from carve.pins.names import scenario_id

__all__ = ["PROPERTY", "Results"]

PROPERTY = "pin"


class Results:
    """Collects the reports of a session and appends them to the results file, if there is one."""

    def __init__(self, path: Path | None) -> None:
        """Take the file to write; without one the events are only counted."""
        self._file: TextIO | None = None
        if path is not None:
            self._file = path.open("w", encoding="utf-8")
        self._open: dict[str, dict[str, Any]] = {}
        self._done = 0
        self._started = False
        self.scenarios: set[str] = set()
        self.uncollected = False
        self.scrub: Path | None = None
        self.skipped: frozenset[str] = frozenset()
        self._scrubbed: dict[str, dict[str, Any]] = {}

    def started(self, nodeids: list[str]) -> None:
        """Note which scenarios will run; xdist says so once per worker."""
        if not self._started:
            self._started = True
            self.scenarios = {found for each in nodeids if (found := scenario_id(each))}
            self.scenarios |= self.skipped
            self.event("start", total=len(nodeids))

    def report(self, report: pytest.TestReport) -> None:
        """Take the report of one phase; the last one completes the scenario."""
        entry = self._open.setdefault(report.nodeid, {"status": "error", "seconds": 0.0})
        entry["seconds"] += report.duration
        for name, text in report.user_properties:
            if name == PROPERTY:
                entry.update(json.loads(str(text)))
        if report.skipped:
            entry.update(status="error", message="a scenario must not be skipped")
        elif report.failed and (report.when != "call" or entry["status"] in {"held", "error"}):
            # What is left behind is told besides the reason, not in its place.
            told = [entry["message"]] if entry.get("message") else []
            entry.update(status="error", message="\n".join([*told, _message(report)]))
        if report.when not in {"setup", "call"}:
            self._complete(report.nodeid)

    def uncollectable(self, report: pytest.CollectReport) -> None:
        """Note a scenario module that cannot be imported."""
        self.uncollected = True
        self.event("collect", nodeid=report.nodeid, message=report.longreprtext)

    def event(self, kind: str, **facts: Any) -> None:
        """Append one line and flush it, so that a reader sees it at once."""
        if self._file is not None:
            self._file.write(json.dumps({"event": kind, **facts}) + "\n")
            self._file.flush()

    def close(self, exit_status: int) -> None:
        """Write the last line."""
        if self.scrub is not None:
            text = json.dumps(dict(sorted(self._scrubbed.items())), indent=1)
            self.scrub.write_text(f"{text}\n", encoding="utf-8")
        self.event("end", exit_status=exit_status)
        if self._file is not None:
            self._file.close()
            self._file = None

    def _complete(self, nodeid: str) -> None:
        entry = self._open.pop(nodeid)
        self._done += 1
        name = scenario_id(nodeid) or nodeid
        if scrub := entry.get("scrub"):
            self._scrubbed[name] = {"masked": entry["masked"], **scrub}
        self.event("scenario", index=self._done, scenario=name, **entry)


def _message(report: pytest.TestReport) -> str:
    if report.when in {"setup", "call", "teardown"}:
        return report.longreprtext
    # The process of a worker is gone, and pytest-xdist has started another.
    name = scenario_id(report.nodeid) or report.nodeid
    return f"{name!r} ended the process\n  at  {report.nodeid.partition('::')[0]}"
