"""Measures what this process uses, where `psutil` is installed."""

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from omnibase_core.models.events.model_resource_usage import ModelResourceUsage


def process_usage() -> ModelResourceUsage | None:
    """Return the use of processor, memory, files and connections; None without `psutil`.

    The share of the processor is that since the start of the process. What the system does
    not let the process see is None.
    """
    try:
        psutil = import_module("psutil")
    except ImportError:
        return None
    process = psutil.Process()
    connections = getattr(process, "net_connections", None) or process.connections

    def measured(measure: Callable[[], Any]) -> Any:
        try:
            return measure()
        except psutil.Error:
            return None

    return ModelResourceUsage(
        cpu_percent=measured(lambda: _cpu_percent(process)),
        memory_mb=measured(lambda: process.memory_info().rss / 2**20),
        memory_percent=measured(process.memory_percent),
        open_files=measured(lambda: len(process.open_files())),
        active_connections=measured(lambda: len(connections())),
    )


def _cpu_percent(process: Any) -> float:
    times = process.cpu_times()
    age: float = max(time.time() - process.create_time(), 0.001)
    return float(times.user + times.system) / age * 100


__all__ = ["process_usage"]
