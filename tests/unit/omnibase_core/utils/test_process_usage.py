"""Usage is measured where `psutil` is there, as far as the system lets one see."""

import sys
import time
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from omnibase_core.utils.process_usage import process_usage


class AccessDeniedError(Exception):
    """What the library raises if it may not look."""


class OldProcess:
    """Answers like the library did before it renamed `connections`."""

    def cpu_times(self) -> Any:
        return SimpleNamespace(user=3.0, system=2.0)

    def create_time(self) -> float:
        return time.time() - 50

    def memory_info(self) -> Any:
        return SimpleNamespace(rss=3 * 2**20)

    def memory_percent(self) -> float:
        return 1.5

    def open_files(self) -> list[str]:
        return ["a", "b"]

    def connections(self) -> list[str]:
        raise AccessDeniedError


class NewProcess(OldProcess):
    def net_connections(self) -> list[str]:
        return ["one"]


def library(process: type) -> ModuleType:
    made = ModuleType("psutil")
    vars(made).update(Process=process, Error=AccessDeniedError)
    return made


def test_without_the_library_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    assert process_usage() is None


@pytest.mark.parametrize(("process", "connections"), [(OldProcess, None), (NewProcess, 1)])
def test_with_it_everything_that_can_be_seen_is(
    process: type, connections: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psutil", library(process))
    usage = process_usage()
    assert usage is not None
    assert usage.model_dump() == {
        "cpu_percent": pytest.approx(10.0, rel=0.1),
        "memory_mb": 3.0,
        "memory_percent": 1.5,
        "open_files": 2,
        "active_connections": connections,
    }
