"""Where something went wrong, and further facts in a form that can be serialized."""

from collections.abc import Mapping
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from omnibase_core.models.common.model_schema_value import ModelSchemaValue

_LOCATION_FIELDS: Final = (
    "file_path",
    "line_number",
    "column_number",
    "function_name",
    "module_name",
    "stack_trace",
)


class ModelErrorContext(BaseModel):
    """Six optional location facts and any number of wrapped values."""

    model_config = ConfigDict(extra="ignore", use_enum_values=False, validate_assignment=True)

    file_path: str | None = Field(default=None, description="The file concerned")
    line_number: int | None = Field(default=None, description="The line in that file")
    column_number: int | None = Field(default=None, description="The column in that line")
    function_name: str | None = Field(default=None, description="The function concerned")
    module_name: str | None = Field(default=None, description="The module concerned")
    stack_trace: str | None = Field(default=None, description="The stack as text")
    additional_context: dict[str, ModelSchemaValue] = Field(
        default_factory=dict, description="Further facts by name"
    )

    @classmethod
    def with_context(cls, additional_context: Mapping[str, object]) -> Self:
        """Return a context of these facts; values not wrapped yet are wrapped."""
        return cls(additional_context={k: _wrapped(v) for k, v in additional_context.items()})

    def to_simple_context(self) -> dict[str, Any]:
        """Return a flat dict: the facts unwrapped, and the location facts that are known."""
        simple: dict[str, Any] = {k: v.to_value() for k, v in self.additional_context.items()}
        location = {name: getattr(self, name) for name in _LOCATION_FIELDS}
        return simple | {name: value for name, value in location.items() if value is not None}

    @classmethod
    def from_simple_context(cls, simple: Mapping[str, Any]) -> Self:
        """Return the context that `to_simple_context` flattened."""
        location = {name: simple[name] for name in _LOCATION_FIELDS if name in simple}
        others = {k: _wrapped(v) for k, v in simple.items() if k not in _LOCATION_FIELDS}
        return cls(**location, additional_context=others)

    def serialize(self) -> dict[str, Any]:
        """Return all fields as a dict."""
        return self.model_dump()

    def validate_instance(self) -> bool:
        """Tell whether the facts are still of the declared types."""
        try:
            type(self).model_validate(self.model_dump(warnings=False))
        except ValidationError:
            return False
        return True


def _wrapped(value: object) -> ModelSchemaValue:
    """Return `value` as a schema value, unchanged when it is one."""
    return value if isinstance(value, ModelSchemaValue) else ModelSchemaValue.from_value(value)


__all__ = ["ModelErrorContext"]
