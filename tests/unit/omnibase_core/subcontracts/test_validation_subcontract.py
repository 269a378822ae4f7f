"""Validation: bounds only; a setting that another makes inert is legal."""

import pytest
from pydantic import ValidationError

from omnibase_core.models.contracts.subcontracts import ModelValidationSubcontract


@pytest.mark.parametrize(
    ("field", "lowest", "highest"),
    [("max_validation_errors", 1, 100), ("validation_cache_ttl_seconds", 10, 3600)],
)
def test_bounds(field: str, lowest: int, highest: int) -> None:
    for value in (lowest, highest):
        assert getattr(ModelValidationSubcontract.model_validate({field: value}), field) == value
    for value in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError, match=field):
            ModelValidationSubcontract.model_validate({field: value})


@pytest.mark.parametrize(
    "inert",
    [
        {"enable_fail_fast": True, "max_validation_errors": 100},
        {"enable_validation_caching": False, "validation_cache_ttl_seconds": 3600},
        {"enable_schema_validation": False, "enable_constraint_validation": False},
    ],
)
def test_inert_settings_are_kept(inert: dict[str, object]) -> None:
    model = ModelValidationSubcontract.model_validate(inert)
    assert {name: getattr(model, name) for name in inert} == inert
