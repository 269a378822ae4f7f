"""A plugin for pytest (`-p carve_recorder.plugin`) that says which test is at work."""

from collections.abc import Generator
from typing import Any

import pytest

from .session import Session
from .settings import Settings

__all__ = [
    "pytest_configure",
    "pytest_load_initial_conftests",
    "pytest_runtest_logreport",
    "pytest_runtest_protocol",
    "pytest_sessionstart",
    "pytest_unconfigure",
]

_running: list[Session] = []
_configured: list[Any] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Begin before anything of the repository is imported."""
    session = None if _running else Session.begun()
    if session is not None:
        _running.append(session)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: Any) -> None:
    """Let tests come in the order in which they are written."""
    _configured.append(config)
    if hasattr(config.option, "randomly_reorganize"):
        config.option.randomly_reorganize = False
        config.option.randomly_seed = 1


def pytest_sessionstart(session: Any) -> None:
    """Give the tests their usual environment, except where workers have to inherit ours."""
    settings = Settings.load()
    if settings is not None and not session.config.pluginmanager.hasplugin("dsession"):
        settings.restore()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: Any) -> Generator[None, None, None]:
    """Count what happens as part of the test."""
    mine = _running if item.config is _configured[0] else []  # tests of plugins run pytest inside
    for session in mine:
        session.begin(item.nodeid)
    yield
    for session in mine:
        session.log.end()


def pytest_runtest_logreport(report: Any) -> None:
    """Note how a part of a test ended."""
    crash = getattr(report.longrepr, "reprcrash", None)
    outcome = f"x{report.outcome}" if hasattr(report, "wasxfail") else report.outcome
    for session in _running:
        if session.log.test == report.nodeid:
            session.log.outcome(report.when, outcome, getattr(crash, "message", ""))


def pytest_unconfigure(config: Any) -> None:
    """Write what is left."""
    if _configured and config is _configured[0]:
        while _running:
            _running.pop().close()
