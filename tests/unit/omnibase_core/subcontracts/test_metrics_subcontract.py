"""Metrics: a known backend, and a prefix that names may begin with."""

import pytest
from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import ModelMetricsSubcontract


@pytest.mark.parametrize("backend", ["prometheus", "opentelemetry", "statsd"])
def test_backends(backend: str) -> None:
    assert ModelMetricsSubcontract(metrics_backend=backend).metrics_backend == backend


@pytest.mark.parametrize("prefix", ["onex", "_", ":", "a1", "Node_2:sub", "A"])
def test_prefixes(prefix: str) -> None:
    assert ModelMetricsSubcontract(metrics_prefix=prefix).metrics_prefix == prefix


@pytest.mark.parametrize(
    "prefix", ["", " ", "1a", "a-b", "a.b", "onex\n", "\nonex", " onex", "größe", "a٣", "a\ud800"]
)
def test_no_name_may_begin_with_these(prefix: str) -> None:
    with pytest.raises(ModelOnexError, match=r"metrics_prefix is '.*', not a letter, '_' or ':'"):
        ModelMetricsSubcontract(metrics_prefix=prefix)


@pytest.mark.parametrize("backend", ["none", "Prometheus", ""])
def test_other_backends_are_refused_with_the_known_ones(backend: str) -> None:
    message = f"metrics_backend is '{backend}', not one of prometheus, opentelemetry, statsd"
    with pytest.raises(ModelOnexError, match=message):
        ModelMetricsSubcontract(metrics_backend=backend)


def test_one_error_names_every_broken_rule() -> None:
    with pytest.raises(ModelOnexError, match=r"metrics_backend is 'x'.*; metrics_prefix is ''"):
        ModelMetricsSubcontract(metrics_backend="x", metrics_prefix="")


def test_every_kind_may_be_off() -> None:
    model = ModelMetricsSubcontract(
        enable_histograms=False, enable_counters=False, enable_gauges=False, enable_timers=False
    )
    assert not list(model.broken_rules())


def test_a_refused_assignment_changes_nothing() -> None:
    model = ModelMetricsSubcontract()
    with pytest.raises(ModelOnexError, match="metrics_prefix"):
        model.metrics_prefix = "9"
    assert model == ModelMetricsSubcontract()
    assert not model.model_fields_set


@pytest.mark.parametrize(
    ("field", "lowest", "highest"),
    [("metrics_port", 1024, 65535), ("aggregation_interval_ms", 1000, 300000)],
)
def test_bounds(field: str, lowest: int, highest: int) -> None:
    for value in (lowest, highest):
        assert getattr(ModelMetricsSubcontract.model_validate({field: value}), field) == value
    for value in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError, match=field):
            ModelMetricsSubcontract.model_validate({field: value})
