"""The rules of a compute contract, each as a function that finds what breaks it."""

from collections.abc import Mapping
from typing import Any, Final

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.models.contracts.model_algorithm_config import ModelAlgorithmConfig
from omnibase_core.models.contracts.model_parallel_config import ModelParallelConfig
from omnibase_core.models.contracts.model_performance_requirements import (
    ModelPerformanceRequirements,
)
from omnibase_core.models.contracts.subcontracts.model_caching_subcontract import (
    ModelCachingSubcontract,
)
from omnibase_core.models.utils.validation_error import validation_error
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = [
    "assert_identity_types",
    "check_algorithm",
    "check_caching",
    "check_parallel",
    "check_performance",
]

_IDENTITY_TYPES: Final[Mapping[str, type[object]]] = {
    "name": str,
    "version": ModelSemVer,
    "description": str,
    "node_type": EnumNodeType,
    "input_model": str,
    "output_model": str,
}


def assert_identity_types(data: Mapping[str, Any]) -> None:
    """Raise AssertionError at the first identity field that has another type, or none."""
    for name, wanted in _IDENTITY_TYPES.items():
        value = data.get(name)
        if not isinstance(value, wanted):
            problem = f"{name} must be {wanted.__name__}, got {type(value)}"
            raise AssertionError(problem)  # noqa: TRY004 - pydantic turns no TypeError into words


def check_algorithm(algorithm: ModelAlgorithmConfig) -> None:
    """Raise if the algorithm has no factor."""
    if not algorithm.factors:
        raise validation_error(
            "Compute nodes must define at least one algorithm factor", field="algorithm"
        )


def check_parallel(settings: ModelParallelConfig) -> None:
    """Raise if work is to be spread over no worker at all."""
    if settings.enabled and settings.max_workers < 1:
        raise validation_error(
            "Parallel processing requires at least 1 worker", field="parallel_processing"
        )


def check_caching(settings: ModelCachingSubcontract | None) -> None:
    """Raise if there is a cache that holds nothing."""
    if settings is not None and settings.caching_enabled and settings.max_entries < 1:
        raise validation_error("Caching requires positive max_entries", field="caching")


def check_performance(requirements: ModelPerformanceRequirements) -> None:
    """Raise if the contract does not say how long one operation may take."""
    if requirements.single_operation_max_ms is None:
        raise validation_error(
            "Compute nodes must specify single_operation_max_ms performance requirement",
            field="performance",
        )
