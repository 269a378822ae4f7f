"""An error context wraps its facts and can be flattened and rebuilt."""

import pytest
from pydantic import ValidationError

from omnibase_core.models.common.model_error_context import ModelErrorContext
from omnibase_core.models.common.model_schema_value import ModelSchemaValue


def test_plain_facts_are_wrapped_and_wrapped_ones_kept() -> None:
    wrapped = ModelSchemaValue.from_value("b")
    context = ModelErrorContext.with_context({"a": 1, "b": wrapped})
    assert context.additional_context["a"] == ModelSchemaValue.from_value(1)
    assert context.additional_context["b"] is wrapped
    assert context.file_path is None


def test_simple_context_is_flat_and_comes_back() -> None:
    context = ModelErrorContext.with_context({"retries": 3, "names": ["x"]})
    context.file_path = "a.py"
    context.line_number = 7
    simple = context.to_simple_context()
    assert simple == {"retries": 3, "names": ["x"], "file_path": "a.py", "line_number": 7}
    assert ModelErrorContext.from_simple_context(simple) == context


def test_serialized_form_has_every_field() -> None:
    assert list(ModelErrorContext().serialize()) == [
        "file_path",
        "line_number",
        "column_number",
        "function_name",
        "module_name",
        "stack_trace",
        "additional_context",
    ]


def test_assignment_is_validated() -> None:
    with pytest.raises(ValidationError, match="line_number"):
        ModelErrorContext().line_number = "seven"  # type: ignore[assignment]


def test_instance_validation_notices_tampering() -> None:
    context = ModelErrorContext()
    assert context.validate_instance()
    context.__dict__["line_number"] = "seven"
    assert not context.validate_instance()
