"""The pytest plugin of a mutation worker: import once, then fork once for each mutant.

A worker takes numbers of mutants from queues that it shares with the other workers, and lets a
forked child run the scenarios that can notice the fault until the first does. A fault in code
that runs when the module is imported needs an import of its own: its child is forked just before.
"""

import importlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.runner import call_and_report

from carve.mutants.finder import install
from carve.mutants.lives import Story, Teller, followed, fork, live_with
from carve.pins.names import scenario_id
from carve.pins.results import PROPERTY
from carve.pins.session import SESSION
from carve.pins.store import Pin, Store

__all__ = ["CONTROL", "RECORD", "pytest_addoption", "pytest_load_initial_conftests"]

RECORD = 8
CONTROL = "control"
_TO_WAKE = 120.0
_LEAST = 20.0
_SLACK = 10
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options by which the worker is told its job."""
    group = parser.getgroup("mutants")
    group.addoption("--mutants", metavar="DIR", help="where the files of the job are")
    group.addoption("--mutant-pipes", metavar="FD,FD,FD", help="two queues and the results")
    group.addoption("--mutant-parent", metavar="PID", type=int)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Put the instrumented module in the place of the one on the disk, before anything loads."""
    option = early_config.known_args_namespace
    live_with(option.mutant_parent)
    first, queue, results = map(int, option.mutant_pipes.split(","))
    worker = _Worker(Path(option.mutants), first, queue, results)
    module = json.loads((worker.folder / "module.json").read_text(encoding="utf-8"))
    install(worker, **module)
    worker.module = module["module"]
    early_config.pluginmanager.register(worker, "carve-mutants")


@dataclass(eq=False)
class _Worker:
    folder: Path
    first: int
    queue: int
    results: int
    awake: int = 0
    module: str = ""
    teller: Teller | None = None
    record: str = ""
    waking: float = _TO_WAKE
    _job: dict[str, Any] = field(default_factory=dict)

    def before_import(self) -> None:
        """Fork a child for each fault that the coming import is to run with."""
        while record := _take(self.first):
            if self._fork(record):
                return

    def import_failed(self) -> None:
        """Count an import that ends in an error as noticed."""
        if self.teller is not None:
            self.teller.end("killed")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge mutants until the queue is empty, instead of running the session's tests."""
        if session.testsfailed:
            return True
        scenarios = session.config.stash[SESSION]
        scenarios.texts = False
        scenarios.store = store = _Remembered(scenarios.store.folder)
        items = {scenario_id(item.nodeid) or item.nodeid: item for item in session.items}
        importlib.import_module(self.module)
        if self.teller is not None:
            self._perform(items)
        while record := _take(self.queue):
            for name in self._scenarios(record):
                store.read(name)
            if self._fork(record):
                self._perform(items)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Count a session that a fault keeps from running as noticed."""
        self.import_failed()

    def _fork(self, record: str) -> bool:
        """Return True in the child; the parent waits for the verdict and passes it on."""
        started = time.monotonic()
        child, pipe = fork()
        if child == 0:
            self.teller, self.record = Teller(pipe), record
            self.awake = int(record) if record.isdigit() else 0
            return True
        story = followed(child, pipe, self._patience)
        facts = {"record": record, "verdict": story.verdict, "by": story.at}
        if not record.isdigit():
            self._controlled(record, story, time.monotonic() - started)
        os.write(self.results, json.dumps(facts).encode() + b"\n")
        return False

    def _controlled(self, record: str, story: Story, took: float) -> None:
        """Keep what a run with all mutants asleep told, for whoever hands out the work."""
        self.waking = max(_LEAST, _SLACK * (took - sum(story.seconds.values())))
        told = json.dumps({"failed": story.failed, "seconds": story.seconds})
        (self.folder / f"{record}.json").write_text(told, encoding="utf-8")

    def _patience(self, scenario: str) -> float:
        """Return how long a child may be at a scenario, more while the machine is busy."""
        own = self._open().get("timeouts", {}).get(scenario, _LEAST) if scenario else self.waking
        return float(own) * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))

    def _scenarios(self, record: str) -> Iterable[str]:
        if not record.isdigit():
            found = json.loads((self.folder / f"{CONTROL}.json").read_text(encoding="utf-8"))
            return [str(name) for name in found[record]]
        return [str(name) for name in self._open()["mutants"][record]]

    def _open(self) -> dict[str, Any]:
        path = self.folder / "job.json"
        if not self._job and path.is_file():
            self._job = json.loads(path.read_text(encoding="utf-8"))
        return self._job

    def _perform(self, items: dict[str, pytest.Item]) -> None:
        """Run the scenarios with the fault awake and tell which noticed it; never returns."""
        assert self.teller is not None  # noqa: S101 - this is the child
        importlib.import_module(self.module).__dict__["__carve_mutant__"] = self.awake
        for name in self._scenarios(self.record):
            self.teller.tell(at=name)
            started = time.monotonic()
            if not (name in items and _holds(items[name])):
                if self.awake:
                    self.teller.end("killed")
                self.teller.tell(failed=name)
            if name in items:
                call_and_report(items[name], "teardown", log=False, nextitem=None)
            if not self.awake:
                self.teller.tell(took=time.monotonic() - started)
        self.teller.end("survived")


def _holds(item: pytest.Item) -> bool:
    """Tell whether a scenario holds; nothing is taken down yet, as nobody may need that."""
    item.user_properties.clear()
    reports = [call_and_report(item, "setup", log=False)]
    if reports[0].passed:
        reports.append(call_and_report(item, "call", log=False))
    facts = [json.loads(str(v)) for r in reports for k, v in r.user_properties if k == PROPERTY]
    return all(each.passed for each in reports) and any(f["status"] == "held" for f in facts)


def _take(queue: int) -> str:
    """Return the next record of a queue; empty when there is none left."""
    return os.read(queue, RECORD).decode().strip()


@dataclass
class _Remembered(Store):
    """Pins are read once, before the fork; that they are well-formed is known already."""

    folder: Path
    known: dict[str, Pin | None] = field(default_factory=dict)

    def read(self, scenario: str) -> Pin | None:
        """Return the pin as it was when it was first read."""
        if scenario not in self.known:
            path = self.path(scenario)
            data = yaml.load(path.read_bytes(), Loader=_Loader) if path.is_file() else None  # noqa: S506 - is safe
            self.known[scenario] = data and Pin(
                scenario, data["reason"], data["observed"], data.get("before")
            )
        return self.known[scenario]
