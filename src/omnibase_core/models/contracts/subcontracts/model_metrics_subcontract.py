"""What a node measures, and where the figures go."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.common_rules import unlisted
from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelMetricsSubcontract"]

_BACKENDS: Final = ("prometheus", "opentelemetry", "statsd")
_METRIC_NAME: Final = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")


class ModelMetricsSubcontract(ModelSubcontractBase):
    """Settings of metrics. Interface 1.0.0, locked.

    Every kind of figure may be switched off, and all of them at once.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    metrics_backend: str = Field(
        default="prometheus",
        description="What the figures are made for",
        json_schema_extra={"enum": list(_BACKENDS)},
    )
    enable_histograms: bool = Field(default=True, description="Count values by size")
    enable_counters: bool = Field(default=True, description="Count what happens")
    enable_gauges: bool = Field(default=True, description="Keep the latest value")
    enable_timers: bool = Field(default=True, description="Measure how long things take")
    metrics_prefix: str = Field(default="onex", description="What every name begins with")
    metrics_port: int = Field(
        default=9090, ge=1024, le=65535, description="Port that the figures are read from"
    )
    enable_detailed_metrics: bool = Field(
        default=False, description="Tell the figures of each operation apart"
    )
    aggregation_interval_ms: int = Field(
        default=60000, ge=1000, le=300000, description="Time that a figure stands for"
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield an unknown backend, and a prefix that no metric's name can begin with."""
        yield from unlisted("metrics_backend", self.metrics_backend, _BACKENDS)
        if not _METRIC_NAME.fullmatch(self.metrics_prefix):
            yield BrokenRule(
                "metrics_prefix",
                f"is {self.metrics_prefix!r}, not a letter, '_' or ':' and then any number of "
                "letters, digits, '_' and ':'",
            )
