"""Accept what named scenarios show as their pins, or remove the pins that no scenario writes."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from carve.errors import CarveError, Place
from carve.pins.compare import Difference
from carve.pins.family import leading
from carve.pins.names import scenario_id
from carve.pins.outcome import ScenarioResult
from carve.pins.run import environment
from carve.pins.store import Store
from carve.pins.trace import Trace
from carve.report.behaviour import AcceptRecord
from carve.run.behaviour import Pins, matches, no_scenario, scenario_record

__all__ = ["accept", "prune"]

_TAIL = 30
_RAN = (0, 1, 5)  # 5: all that was named had ended the process


def accept(pins: Pins, names: Sequence[str], reason: str, *, moved_on: bool) -> AcceptRecord:
    """Return what became of the pins of the scenarios that `names` mean.

    Each scenario runs twice and is accepted when it shows the same both times. With `moved_on`
    the old value stays in the pin, as what the subject showed before.
    """
    found = _collected(pins)
    for name in names:
        if not any(matches(scenario, name) for scenario in found):
            raise no_scenario(name, pins, list(found))
    wanted = {each: node for each, node in found.items() if any(matches(each, n) for n in names)}
    store = Store(pins.tree / pins.folder / "pins")
    old = {scenario: _text(store, scenario) for scenario in wanted}
    extra = ("--moved-on",) if moved_on else ()
    events = _pytest(pins, "--pin", f"--reason={reason}", *extra, *wanted.values())
    results = [_result(event) for event in events if event["event"] == "scenario"]
    held = sorted(result.scenario for result in results if result.status == "held")
    return AcceptRecord(
        reason=reason,
        accepted=tuple(each for each in held if _text(store, each) != old.get(each)),
        unchanged=tuple(each for each in held if _text(store, each) == old.get(each)),
        open=tuple(scenario_record(result) for result in results if result.status != "held"),
    )


def prune(pins: Pins) -> AcceptRecord:
    """Remove the pins that no scenario writes, and return which these were."""
    events = _pytest(pins, "--pin", "--prune")
    removed = [name for event in events if event["event"] == "orphans" for name in event["pins"]]
    broken = [
        ScenarioResult(event["nodeid"], "error", message=event["message"])
        for event in events
        if event["event"] == "collect"
    ]
    return AcceptRecord(
        reason="", removed=tuple(removed), open=tuple(scenario_record(each) for each in broken)
    )


def _collected(pins: Pins) -> dict[str, str]:
    """Return the node id of each scenario."""
    done = _call(pins, "--collect-only", "-q")
    nodes = {scenario_id(text): text for text in done.stdout.splitlines() if "::" in text}
    found = {scenario: node for scenario, node in nodes.items() if scenario is not None}
    if not found:
        raise _broken(pins, "no scenarios were found", done.stdout)
    return found


def _pytest(pins: Pins, *arguments: str) -> list[dict[str, Any]]:
    """Return what a run of the scenarios has written into its results file.

    After a scenario that ends the process the others go on in a new one.
    """
    events: list[dict[str, Any]] = []
    trace, skips = Trace(), list[str]()
    with tempfile.TemporaryDirectory(prefix="pins-") as scratch:
        results = Path(scratch, "results.jsonl")
        while True:
            results.unlink(missing_ok=True)
            made = (f"--pin-results={results}", f"--basetemp={scratch}/t", *skips)
            done = _call(pins, "-q", *made, *arguments)
            lines = results.read_text(encoding="utf-8") if results.exists() else ""
            found = [json.loads(each) for each in lines.splitlines()]
            for event in found:
                trace.follow(event)
            events += found
            lost = trace.casualty(done.returncode, done.stdout)
            if lost is None:
                break
            events.append(_lost(*lost))
            skips = [trace.write_skips(Path(scratch, "skip.txt"))]
    if abort := [event["message"] for event in events if event["event"] == "abort"]:
        raise CarveError(abort[0], where=Place(str(pins.tree / pins.folder)))
    if done.returncode not in _RAN:
        raise _broken(pins, "the pins did not run to their end", done.stdout)
    return events


def _lost(name: str, message: str) -> dict[str, Any]:
    return {"event": "scenario", "scenario": name, "status": "error", "message": message}


def _call(pins: Pins, *arguments: str) -> "subprocess.CompletedProcess[str]":
    home = (pins.tree / pins.folder).resolve()
    if not (home / "pytest.ini").is_file():
        raise CarveError(f"{pins.folder!r} is no characterization folder", where=Place(str(home)))
    command = [sys.executable, "-m", "pytest", "-c", str(home / "pytest.ini")]
    command += [f"--rootdir={home}", "--color=no", f"--subject={pins.subject}"]
    command += [f"--pin-tree={pins.tree.resolve()}", f"--pin-timeout={pins.timeout:g}"]
    command += [f"--pin-parent={os.getpid()}", *arguments]
    with tempfile.TemporaryFile() as output:
        with leading(
            command,
            cwd=home,  # node ids count from here
            env=environment(pins.tree.resolve(), None),
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process:
            code = process.wait()
        output.seek(0)
        told = output.read().decode("utf-8", errors="replace")
    return subprocess.CompletedProcess(command, code, told)


def _broken(pins: Pins, message: str, output: str) -> CarveError:
    tail = "\n".join(output.splitlines()[-_TAIL:])
    return CarveError(f"{message}\n{tail}", where=Place(str(pins.tree / pins.folder)))


def _result(event: dict[str, Any]) -> ScenarioResult:
    facts = {key: value for key, value in event.items() if key not in ("event", "index")}
    facts["differences"] = tuple(Difference(**each) for each in facts.get("differences", ()))
    return ScenarioResult(**facts)


def _text(store: Store, scenario: str) -> bytes | None:
    path = store.path(scenario)  # whatever is in it may be no text
    return path.read_bytes() if path.is_file() else None
