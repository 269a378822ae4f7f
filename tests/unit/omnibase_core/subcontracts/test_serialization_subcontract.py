"""Serialization: a known format, and canonical text that is the same on every run."""

import pytest
from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import ModelSerializationSubcontract


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("yaml", "yaml"),
        ("json", "json"),
        ("JSON", "json"),
        (" Yaml\n", "yaml"),
        ("\tjSoN", "json"),
    ],
)
def test_formats_are_stored_trimmed_and_in_small_letters(given: str, stored: str) -> None:
    assert ModelSerializationSubcontract(serialization_format=given).serialization_format == stored
    model = ModelSerializationSubcontract()
    model.serialization_format = given
    assert model.serialization_format == stored


@pytest.mark.parametrize("given", ["toml", "", "y aml", "xml"])
def test_other_formats_are_refused_with_the_known_ones(given: str) -> None:
    message = f"serialization_format is '{given}', not one of yaml, json"
    with pytest.raises(ModelOnexError, match=message):
        ModelSerializationSubcontract(serialization_format=given)


@pytest.mark.parametrize("given", [None, 5, ["yaml"], {}])
def test_other_types_are_refused_before_they_are_normalised(given: object) -> None:
    with pytest.raises(ValidationError, match="serialization_format"):
        ModelSerializationSubcontract.model_validate({"serialization_format": given})


def test_canonical_text_is_deterministic() -> None:
    message = "enable_canonical_mode needs enable_deterministic_output, which is off"
    with pytest.raises(ModelOnexError, match=message):
        ModelSerializationSubcontract(enable_deterministic_output=False)
    model = ModelSerializationSubcontract()
    with pytest.raises(ModelOnexError, match=message):
        model.enable_deterministic_output = False
    assert model.enable_deterministic_output
    model.enable_canonical_mode = False
    model.enable_deterministic_output = False
    with pytest.raises(ModelOnexError, match=message):
        model.enable_canonical_mode = True
    assert not model.enable_canonical_mode


def test_one_error_names_every_broken_rule() -> None:
    message = "serialization_format is 'x'.*; enable_canonical_mode needs"
    with pytest.raises(ModelOnexError, match=message):
        ModelSerializationSubcontract(serialization_format="x", enable_deterministic_output=False)


@pytest.mark.parametrize(
    ("field", "lowest", "highest"), [("indent_size", 1, 8), ("line_width", 80, 200)]
)
def test_bounds(field: str, lowest: int, highest: int) -> None:
    for value in (lowest, highest):
        model = ModelSerializationSubcontract.model_validate({field: value})
        assert getattr(model, field) == value
    for value in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError, match=field):
            ModelSerializationSubcontract.model_validate({field: value})
