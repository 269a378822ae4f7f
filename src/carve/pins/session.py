"""The pytest hooks of a characterization run: collect, run, judge or accept, report."""

import json
import random
import zlib
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from carve.errors import CarveError, Place
from carve.pins.accept import Acceptance, accept, judge, unstable
from carve.pins.compare import Difference, render
from carve.pins.names import role_of, scenario_id
from carve.pins.pinned import PINNED
from carve.pins.recorder import IMPORT, Recorder
from carve.pins.results import PROPERTY, Results
from carve.pins.store import Store, exact
from carve.pins.subjects import Subjects

__all__ = ["SESSION", "Scenarios"]

_RUNS = pytest.StashKey[list[str]]()


@dataclass(eq=False)
class Scenarios:
    """Runs the scenarios of one process and decides about each of them.

    `results` is None in a worker, which reports by way of the steering process. Without `texts`
    observations are compared as data alone and never written as YAML, which takes half the time.
    """

    folder: Path
    side: str
    acceptance: Acceptance | None
    shuffle: int | None
    recorder: Recorder | None = None
    results: Results | None = None
    texts: bool = True
    skip: frozenset[str] = frozenset()
    store: Store = field(init=False)
    subjects: Subjects = field(init=False)

    def __post_init__(self) -> None:
        """Open the pins and the subjects below the characterization folder."""
        self.store = Store(self.folder / "pins")
        self.subjects = Subjects(self.folder, self.side)

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave out a module that has ended an earlier attempt."""
        if not self.skip or not collection_path.is_relative_to(self.folder):
            return None
        return collection_path.relative_to(self.folder).as_posix() in self.skip or None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Shuffle when asked, and stop at once when a subject cannot be imported.

        A role that has no class on this side is left out: it is judged on the other one.
        """
        try:
            roles = {role_of(name) for name in _names(items)}
            absent = {role for role in roles if self.subjects.lacks(role)}
            items[:] = [item for item in items if role_of(_name(item)) not in absent]
            items[:] = [item for item in items if _name(item) not in self.skip]
            names = _names(items)
            for role in dict.fromkeys(map(role_of, names)):
                self.subjects.load(role)
        except CarveError as error:
            items.clear()
            if self.results is not None:
                self.results.event("abort", message=error.message)
                raise pytest.UsageError(error.message) from error
            config.workeroutput["pin_abort"] = error.message  # type: ignore[attr-defined]
        if self.shuffle is not None:
            items.sort(key=lambda item: item.nodeid)
            random.Random(self.shuffle).shuffle(items)  # noqa: S311 - an order, not a secret

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Run a scenario that is to be accepted once more, before the run that counts."""
        name = _name(item)
        if self.recorder:
            self.recorder.switch(name)
        item.stash[_RUNS] = []
        if self.acceptance and self.acceptance.writes:
            runtestprotocol(item, log=False, nextitem=None)
            item.user_properties.clear()
        result = yield
        if self.recorder:
            self.recorder.switch(IMPORT)
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> None:
        """Give every scenario the same random numbers in every run, whatever ran before it."""
        random.seed(zlib.crc32(pyfuncitem.name.encode()))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Let the scenario run, then compare or accept what it checked."""
        name = _name(item)
        facts: dict[str, Any] = {"status": "error", "differences": []}
        refused = ""
        try:
            result = yield
            found = self._verdict(item, name, facts)
            facts["status"] = _status(found)
            facts["differences"] = [each.as_dict() for each in found]
        except CarveError as error:
            place = f"\n  at  {error.where}" if error.where else ""
            advice = f"\n  {error.instead}" if error.instead else ""
            refused = f"{error.message}{place}{advice}"
        finally:
            item.user_properties.append((PROPERTY, json.dumps(facts)))
        if refused:
            pytest.fail(refused, pytrace=False)
        if found:
            pytest.fail(_told(found, item.name.partition("[")[0], self.acceptance), pytrace=False)
        return result

    def _verdict(self, item: pytest.Item, name: str, facts: dict[str, Any]) -> list[Difference]:
        pinned = item.stash.get(PINNED, None)
        if pinned is None or pinned.data is None:
            raise CarveError(
                f"{name!r} never checks an observation: call pinned.check(...) once",
                where=Place(item.nodeid.partition("::")[0]),
            )
        text = exact(pinned.data) if self.texts else ""
        facts.update(text=text, masked=pinned.masked, scrub=pinned.scrubbed)
        if self.acceptance is None or not self.acceptance.writes:
            sides = self.subjects.expected(role_of(name))
            judged = [judge(self.store, name, pinned.data, s, texts=self.texts) for s in sides]
            return min(judged, key=len)
        runs = item.stash[_RUNS]
        runs.append(facts["text"])
        if differing := unstable(name, runs):
            return differing
        if len(runs) > 1:
            accept(self.store, self.acceptance, name, pinned.data)
        return []


SESSION = pytest.StashKey[Scenarios]()


def _name(item: pytest.Item) -> str:
    return scenario_id(item.nodeid) or item.nodeid


def _names(items: list[pytest.Item]) -> list[str]:
    seen: dict[str, str] = {}
    for item in items:
        name = scenario_id(item.nodeid)
        if name is None:
            raise CarveError(f"{item.nodeid} lies outside scenarios/<subject>/test_<module>.py")
        # Some file systems do not tell upper from lower case.
        if other := seen.get(name.casefold()):
            raise CarveError(f"{item.nodeid} and {other} would share the pin {name!r}; rename one")
        seen[name.casefold()] = item.nodeid
    return [scenario_id(item.nodeid) or "" for item in items]


def _status(found: list[Difference]) -> str:
    kinds = {each.kind for each in found}
    if not kinds:
        return "held"
    if "not reproducible" in kinds:
        return "not reproducible"
    return "new" if any(each.kind == "new" and not each.path for each in found) else "changed"


def _told(found: list[Difference], name: str, acceptance: Acceptance | None) -> str:
    if acceptance and acceptance.writes:
        return f"not accepted, as two runs differ:\n{render(found)}"
    return f"{render(found)}\naccept it: pytest characterization --pin -k {name} --reason <why>"
