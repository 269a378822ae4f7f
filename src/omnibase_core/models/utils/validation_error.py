"""The one shape of error that every business rule of a model raises."""

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.common.model_error_context import ModelErrorContext
from omnibase_core.models.common.model_schema_value import ModelSchemaValue

__all__ = ["validation_error"]


def validation_error(message: str, **facts: object) -> ModelOnexError:
    """Return a VALIDATION_ERROR that carries `facts` as its details, ready to be raised."""
    known = {"error_type": "valueerror", "validation_context": "model_validation"} | facts
    wrapped = {name: ModelSchemaValue.from_value(fact) for name, fact in known.items()}
    return ModelOnexError(
        message,
        error_code=EnumCoreErrorCode.VALIDATION_ERROR,
        details=ModelErrorContext.with_context(wrapped),
    )
