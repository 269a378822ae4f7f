"""A typed wrapper for the values that JSON knows."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.common.model_numeric_value import ModelNumericValue


class ModelSchemaValue(BaseModel):
    """One value and its kind; it equals other wrappers only, so unwrap before comparing."""

    model_config = ConfigDict(extra="ignore", use_enum_values=False, validate_assignment=True)

    string_value: str | None = Field(default=None, description="Set when the kind is string")
    number_value: ModelNumericValue | None = Field(
        default=None, description="Set when the kind is number"
    )
    boolean_value: bool | None = Field(default=None, description="Set when the kind is boolean")
    null_value: bool | None = Field(default=None, description="True when the kind is null")
    array_value: "list[ModelSchemaValue] | None" = Field(
        default=None, description="Set when the kind is array"
    )
    object_value: "dict[str, ModelSchemaValue] | None" = Field(
        default=None, description="Set when the kind is object"
    )
    value_type: str = Field(description="The kind: string, number, boolean, null, array or object")

    @classmethod
    def from_value(cls, value: object) -> Self:
        """Wrap a value; what JSON does not know becomes its text."""
        if value is None:
            return cls.create_null()
        if isinstance(value, bool):
            return cls.create_boolean(value)
        if isinstance(value, int | float):
            return cls.create_number(value)
        if isinstance(value, list):
            return cls.create_array(value)
        if isinstance(value, dict):
            return cls.create_object(value)
        return cls.create_string(value if isinstance(value, str) else str(value))

    def to_value(self) -> object:
        """Return the plain value; an unknown kind gives None."""
        match self.value_type:
            case "string":
                return self.string_value
            case "number":
                return self.number_value.to_python_value() if self.number_value else None
            case "boolean":
                return self.boolean_value
            case "array":
                return [item.to_value() for item in self.array_value or ()]
            case "object":
                items = (self.object_value or {}).items()
                return {key: item.to_value() for key, item in items}
        return None

    @classmethod
    def create_string(cls, value: str) -> Self:
        """Wrap a text."""
        return cls(value_type="string", string_value=value)

    @classmethod
    def create_number(cls, value: float) -> Self:
        """Wrap a number."""
        return cls(value_type="number", number_value=ModelNumericValue.from_numeric(value))

    @classmethod
    def create_boolean(cls, value: bool) -> Self:
        """Wrap a truth value."""
        return cls(value_type="boolean", boolean_value=value)

    @classmethod
    def create_null(cls) -> Self:
        """Wrap None."""
        return cls(value_type="null", null_value=True)

    @classmethod
    def create_array(cls, value: list[Any]) -> Self:
        """Wrap a list and everything in it."""
        return cls(value_type="array", array_value=[cls.from_value(item) for item in value])

    @classmethod
    def create_object(cls, value: dict[str, Any]) -> Self:
        """Wrap a dict and everything in it; its keys must be texts."""
        wrapped = {key: cls.from_value(item) for key, item in value.items()}
        return cls(value_type="object", object_value=wrapped)

    def is_string(self) -> bool:
        """Tell whether a text is wrapped."""
        return self.value_type == "string"

    def is_number(self) -> bool:
        """Tell whether a number is wrapped."""
        return self.value_type == "number"

    def is_boolean(self) -> bool:
        """Tell whether a truth value is wrapped."""
        return self.value_type == "boolean"

    def is_null(self) -> bool:
        """Tell whether None is wrapped."""
        return self.value_type == "null"

    def is_array(self) -> bool:
        """Tell whether a list is wrapped."""
        return self.value_type == "array"

    def is_object(self) -> bool:
        """Tell whether a dict is wrapped."""
        return self.value_type == "object"

    def get_string(self) -> str:
        """Return the text, or raise TYPE_MISMATCH."""
        if self.is_string() and self.string_value is not None:
            return self.string_value
        raise self._mismatch("string")

    def get_number(self) -> ModelNumericValue:
        """Return the number with its kind, or raise TYPE_MISMATCH."""
        if self.is_number() and self.number_value is not None:
            return self.number_value
        raise self._mismatch("numeric")

    def get_boolean(self) -> bool:
        """Return the truth value, or raise TYPE_MISMATCH."""
        if self.is_boolean() and self.boolean_value is not None:
            return self.boolean_value
        raise self._mismatch("boolean")

    def get_array(self) -> "list[ModelSchemaValue]":
        """Return the wrapped items, or raise TYPE_MISMATCH."""
        if self.is_array() and self.array_value is not None:
            return self.array_value
        raise self._mismatch("array")

    def get_object(self) -> "dict[str, ModelSchemaValue]":
        """Return the wrapped entries, or raise TYPE_MISMATCH."""
        if self.is_object() and self.object_value is not None:
            return self.object_value
        raise self._mismatch("object")

    def serialize(self) -> dict[str, Any]:
        """Return all fields as a dict."""
        return self.model_dump()

    def validate_instance(self) -> bool:
        """Tell whether the field that `value_type` names is the one that is set."""
        return self.value_type in _KINDS and getattr(self, f"{self.value_type}_value") is not None

    def _mismatch(self, wanted: str) -> ModelOnexError:
        return ModelOnexError(
            f"Expected {wanted} value, got {self.value_type}", EnumCoreErrorCode.TYPE_MISMATCH
        )


_KINDS = frozenset({"string", "number", "boolean", "null", "array", "object"})

__all__ = ["ModelSchemaValue"]
