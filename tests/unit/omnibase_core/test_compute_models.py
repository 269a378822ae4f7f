"""What computations take and give, and the parts of their contract."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel, ValidationError

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.contracts.model_algorithm_config import ModelAlgorithmConfig
from omnibase_core.models.contracts.model_algorithm_factor_config import (
    ModelAlgorithmFactorConfig,
)
from omnibase_core.models.contracts.model_input_validation_config import (
    ModelInputValidationConfig,
)
from omnibase_core.models.contracts.model_output_transformation_config import (
    ModelOutputTransformationConfig,
)
from omnibase_core.models.contracts.model_parallel_config import ModelParallelConfig
from omnibase_core.models.operations import ModelComputeInput, ModelComputeOutput


def factors(*weights: float) -> dict[str, Any]:
    return {
        str(number): {"weight": weight, "calculation_method": "linear"}
        for number, weight in enumerate(weights)
    }


def test_an_input_needs_nothing_but_data() -> None:
    made: ModelComputeInput[Any] = ModelComputeInput(data=None)
    other: ModelComputeInput[Any] = ModelComputeInput(data=None)
    assert made.data is None
    assert isinstance(made.operation_id, UUID)
    assert made.operation_id != other.operation_id
    assert (made.computation_type, made.cache_enabled) == ("default", True)
    assert (made.parallel_enabled, made.metadata) == (False, {})
    assert isinstance(made.timestamp, datetime)
    assert made.timestamp.tzinfo is None
    with pytest.raises(ValidationError, match="data"):
        ModelComputeInput.model_validate({})


def test_an_input_keeps_the_very_object_unless_it_has_a_type() -> None:
    data = [object()]
    assert ModelComputeInput(data=data).data is data
    assert ModelComputeInput[int].model_validate({"data": "7"}).data == 7
    with pytest.raises(ValidationError, match="valid integer"):
        ModelComputeInput[int].model_validate({"data": "seven"})


def test_types_that_pydantic_does_not_know_are_accepted() -> None:
    class Route:
        pass

    route = Route()
    assert ModelComputeInput[Route](data=route).data is route
    output = ModelComputeOutput[Route].model_validate(
        {"result": route, "operation_id": uuid4(), "computation_type": "", "processing_time_ms": 0}
    )
    assert output.result is route


def test_an_input_is_not_checked_on_assignment_and_drops_unknown_keys() -> None:
    made = ModelComputeInput[Any].model_validate({"data": 1, "other": 2})
    unchecked: Any = 7
    made.computation_type = unchecked
    assert made.model_dump(warnings=False)["computation_type"] == 7
    assert not hasattr(made, "other")


def test_metadata_must_be_wrapped() -> None:
    with pytest.raises(ValidationError, match="metadata"):
        ModelComputeInput.model_validate({"data": 1, "metadata": {"a": 1}})
    wrapped = {"a": ModelSchemaValue.from_value(1)}
    assert ModelComputeInput(data=1, metadata=wrapped).metadata == wrapped


def test_an_output_may_hold_none_but_must_hold_something() -> None:
    known = {"operation_id": uuid4(), "computation_type": "x", "processing_time_ms": 1}
    output = ModelComputeOutput[Any].model_validate({"result": None, **known})
    assert output.result is None
    assert (output.cache_hit, output.parallel_execution_used, output.metadata) == (
        False,
        False,
        {},
    )
    with pytest.raises(ValidationError, match="result"):
        ModelComputeOutput.model_validate(known)


def test_the_defaults_of_the_contract_parts() -> None:
    algorithm = ModelAlgorithmConfig.model_validate(
        {"algorithm_type": "weighted", "factors": factors(1)}
    )
    assert (algorithm.normalization_method, algorithm.precision_digits) == ("min_max", 6)
    assert algorithm.factors["0"].model_dump() == {
        "weight": 1.0,
        "calculation_method": "linear",
        "parameters": {},
        "normalization_enabled": True,
        "caching_enabled": True,
    }
    assert ModelParallelConfig().model_dump() == {
        "enabled": True,
        "max_workers": 4,
        "batch_size": 100,
        "async_enabled": False,
        "thread_pool_type": "ThreadPoolExecutor",
        "queue_size": 1000,
    }
    assert ModelInputValidationConfig().model_dump() == {
        "strict_validation": True,
        "required_fields": [],
        "field_constraints": {},
        "transformation_rules": {},
        "sanitization_enabled": True,
    }
    assert ModelOutputTransformationConfig().model_dump() == {
        "format_type": "standard",
        "precision_control": True,
        "transformation_rules": {},
        "validation_enabled": True,
    }


@pytest.mark.parametrize(
    ("model", "field", "least", "most"),
    [
        (ModelAlgorithmConfig, "precision_digits", 1, 15),
        (ModelParallelConfig, "max_workers", 1, 32),
        (ModelParallelConfig, "batch_size", 1, None),
        (ModelParallelConfig, "queue_size", 1, None),
        (ModelAlgorithmFactorConfig, "weight", 0, 1),
    ],
)
def test_bounds(model: type[BaseModel], field: str, least: int, most: int | None) -> None:
    parts: dict[type[BaseModel], dict[str, Any]] = {
        ModelAlgorithmConfig: {"algorithm_type": "weighted", "factors": factors(1)},
        ModelAlgorithmFactorConfig: {"calculation_method": "linear"},
    }
    needed = parts.get(model, {})
    for good in (least, most):
        if good is not None:
            assert getattr(model.model_validate({**needed, field: good}), field) == good
    for bad in (least - 1, None if most is None else most + 1):
        if bad is not None:
            with pytest.raises(ValidationError, match=field):
                model.model_validate({**needed, field: bad})


@pytest.mark.parametrize("weights", [(1,), (0.5, 0.49), (0.5, 0.505), (1, 0, 0)])
def test_weights_that_add_up(weights: tuple[float, ...]) -> None:
    given = {"algorithm_type": "weighted", "factors": factors(*weights)}
    assert len(ModelAlgorithmConfig.model_validate(given).factors) == len(weights)


@pytest.mark.parametrize(("weights", "total"), [((), "0"), ((0.5, 0.25), "0.75"), ((1, 1), "2.0")])
def test_weights_that_do_not_add_up(weights: tuple[float, ...], total: str) -> None:
    given = {"algorithm_type": "weighted", "factors": factors(*weights)}
    with pytest.raises(ModelOnexError, match=rf"must sum to 1\.0, got {total}$") as error:
        ModelAlgorithmConfig.model_validate(given)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def test_a_refused_assignment_changes_nothing() -> None:
    made = ModelAlgorithmConfig.model_validate(
        {"algorithm_type": "weighted", "factors": factors(1)}
    )
    before = made.model_dump()
    with pytest.raises(ModelOnexError, match="Factor weights must sum to"):
        made.factors = {}
    assert made.model_dump() == before
