"""The pytest hooks of the process that steers a run, with or without workers: results, orphans."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from carve.pins.accept import Acceptance
from carve.pins.names import FOLDER, role_of
from carve.pins.recorder import CoverageRequest, combine
from carve.pins.results import Results
from carve.pins.store import Store
from carve.pins.subjects import Subjects

__all__ = ["Steering", "is_named"]


@dataclass(eq=False)
class Steering:
    """Writes the results file and finds the pins that no scenario writes."""

    folder: Path
    results: Results
    acceptance: Acceptance | None
    coverage: CoverageRequest | None
    orphans: list[str] = field(default_factory=list)
    abort: str | None = None
    narrowed: bool = False

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the scenarios of a run without workers."""
        if session.items:
            self.results.started([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Note the scenarios that the workers found."""
        self.results.started(list(ids))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over why a worker gave up."""
        self.abort = getattr(node, "workeroutput", {}).get("pin_abort", self.abort)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Remember that not all scenarios run."""
        self.narrowed = self.narrowed or bool(items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Pass each phase on to the results."""
        self.results.report(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Pass modules that cannot be imported on to the results."""
        if report.failed:
            self.results.uncollectable(report)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """List or remove orphans, merge the coverage of workers, and write the last line."""
        if self.coverage:
            combine(self.coverage)
        complete = exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        if complete and self._whole_set(session.config):
            self._find_orphans(session)
        if self.abort:
            session.exitstatus = pytest.ExitCode.USAGE_ERROR
            self.results.event("abort", message=self.abort)
        self.results.close(int(session.exitstatus))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Tell about orphans, and why a run was given up."""
        if self.abort:
            terminalreporter.write_line(f"ERROR: {self.abort}", red=True)
        if self.orphans:
            removed = self.acceptance is not None and self.acceptance.prune
            what = "removed" if removed else "remove them: --pin --prune"
            terminalreporter.section(f"pins that no scenario writes ({what})")
            for name in self.orphans:
                terminalreporter.write_line(f"missing  {name}")

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note that the run was broken off."""
        self.results.event("abort", message=f"the run was broken off: {excinfo.typename}")

    def _find_orphans(self, session: pytest.Session) -> None:
        store = Store(self.folder / "pins")
        subjects = Subjects(self.folder, session.config.option.subject)
        unwritten = [each for each in store.scenarios() if each not in self.results.scenarios]
        absent = {role for role in map(role_of, unwritten) if subjects.lacks(role)}
        self.orphans = [each for each in unwritten if role_of(each) not in absent]
        self.results.event("orphans", pins=self.orphans)
        if self.acceptance is not None and self.acceptance.prune:
            for name in self.orphans:
                store.remove(name)
        elif self.orphans and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _whole_set(self, config: pytest.Config) -> bool:
        options = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "last_failed")
        narrowed = self.narrowed or any(getattr(config.option, name, None) for name in options)
        everything = self.folder / FOLDER
        starts = [config.invocation_params.dir.joinpath(argument) for argument in config.args]
        covered = any(everything.resolve().is_relative_to(each.resolve()) for each in starts)
        return covered and not narrowed and not self.results.uncollected


def is_named(config: pytest.Config) -> bool:
    """Tell whether the caller named scenarios, by `-k` or by node id."""
    return bool(config.option.keyword) or (
        bool(config.args) and all("::" in argument for argument in config.args)
    )
