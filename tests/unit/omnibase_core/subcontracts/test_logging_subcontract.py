"""Logging: known levels and formats, and redaction that has something to redact."""

import pytest
from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import ModelLoggingSubcontract


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
def test_levels_are_stored_in_capitals(level: str) -> None:
    for given in (level, level.lower(), level.title()):
        assert ModelLoggingSubcontract(log_level=given).log_level == level
    model = ModelLoggingSubcontract()
    model.log_level = level.lower()
    assert model.log_level == level


@pytest.mark.parametrize("form", ["json", "text", "structured"])
def test_formats(form: str) -> None:
    assert ModelLoggingSubcontract(log_format=form).log_format == form


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"log_level": "trace"},
            "log_level is 'TRACE', not one of DEBUG, INFO, WARNING, ERROR, CRITICAL",
        ),
        ({"log_level": " INFO"}, "log_level is ' INFO'"),
        (
            {"log_format": "key-value"},
            "log_format is 'key-value', not one of json, text, structured",
        ),
        ({"log_format": "JSON"}, "log_format is 'JSON'"),
        (
            {"sensitive_field_patterns": []},
            "sensitive_field_patterns is empty while enable_log_redaction is on",
        ),
        ({"sensitive_field_patterns": ["a", " "]}, r"what is blank \(at index 1\)"),
        (
            {"sensitive_field_patterns": ["Key", "token", "KEY"]},
            r"sensitive_field_patterns has what is there already \(at index 2\)",
        ),
        (
            {"enable_log_redaction": False, "sensitive_field_patterns": [""]},
            r"what is blank \(at index 0\)",
        ),
        (
            {"log_level": "x", "log_format": "y", "sensitive_field_patterns": []},
            "log_level is 'X'.*; log_format is 'y'.*; sensitive_field_patterns is empty",
        ),
    ],
)
def test_these_break_a_rule(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ModelOnexError, match=message):
        ModelLoggingSubcontract.model_validate(wrong)


def test_patterns_are_stored_in_small_letters_and_otherwise_as_they_are() -> None:
    model = ModelLoggingSubcontract(sensitive_field_patterns=["API_Key", " pin", "pin"])
    assert model.sensitive_field_patterns == ["api_key", " pin", "pin"]
    model.sensitive_field_patterns = ["TOKEN"]
    assert model.sensitive_field_patterns == ["token"]


def test_without_redaction_there_may_be_no_pattern() -> None:
    model = ModelLoggingSubcontract(enable_log_redaction=False, sensitive_field_patterns=[])
    with pytest.raises(ModelOnexError, match="is empty while enable_log_redaction is on"):
        model.enable_log_redaction = True
    assert not model.enable_log_redaction


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("log_level", 20),
        ("log_level", None),
        ("log_format", []),
        ("sensitive_field_patterns", "password"),
        ("sensitive_field_patterns", [1]),
        ("sensitive_field_patterns", None),
    ],
)
def test_other_types_are_refused_before_they_are_normalised(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        ModelLoggingSubcontract.model_validate({field: value})


def test_bounds() -> None:
    for size in (10, 10000):
        assert ModelLoggingSubcontract(log_buffer_size=size).log_buffer_size == size
    for size in (9, 10001):
        with pytest.raises(ValidationError, match="log_buffer_size"):
            ModelLoggingSubcontract(log_buffer_size=size)
