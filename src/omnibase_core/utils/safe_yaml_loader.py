"""YAML files and texts as validated models; every failure is a `ModelOnexError`."""

from pathlib import Path
from typing import Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.common.model_error_context import ModelErrorContext

T = TypeVar("T", bound=BaseModel)

_FILE_FAILURES: Final = (
    (ValidationError, EnumCoreErrorCode.VALIDATION_ERROR, "YAML validation error for {path}: {e}"),
    (FileNotFoundError, EnumCoreErrorCode.NOT_FOUND, "YAML file not found: {path}"),
    (yaml.YAMLError, EnumCoreErrorCode.CONVERSION_ERROR, "YAML parsing error for {path}: {e}"),
    (
        Exception,
        EnumCoreErrorCode.INTERNAL_ERROR,
        "Failed to load or validate YAML: {path}: {e}",
    ),
)
_TEXT_FAILURES: Final = (
    (ValidationError, EnumCoreErrorCode.VALIDATION_ERROR, "YAML validation error: {e}"),
    (yaml.YAMLError, EnumCoreErrorCode.CONVERSION_ERROR, "YAML parsing error: {e}"),
    (
        Exception,
        EnumCoreErrorCode.INTERNAL_ERROR,
        "Failed to load or validate YAML content: {e}",
    ),
)


def load_and_validate_yaml_model(path: Path, model_cls: type[T]) -> T:
    """Return the model that the file at `path` describes; an empty file counts as `{}`."""
    try:
        with path.open("r", encoding="utf-8") as file:
            return _validated(yaml.safe_load(file), model_cls)
    except Exception as error:  # noqa: BLE001 - callers rely on one exception type
        code, text = _failure(error, _FILE_FAILURES)
        raise ModelOnexError(  # noqa: B904 - callers find the reason under `cause`
            text.format(path=path, e=error),
            code,
            details=ModelErrorContext.with_context(
                {"operation": "load_and_validate_yaml_model", "path": str(path)}
            ),
            cause=error,
        )


def load_yaml_content_as_model(content: str, model_cls: type[T]) -> T:
    """Return the model that a YAML text describes; an empty text counts as `{}`."""
    try:
        return _validated(yaml.safe_load(content), model_cls)
    except Exception as error:  # noqa: BLE001 - callers rely on one exception type
        code, text = _failure(error, _TEXT_FAILURES)
        raise ModelOnexError(  # noqa: B904 - callers find the reason under `cause`
            text.format(e=error),
            code,
            details=ModelErrorContext.with_context({"operation": "load_yaml_content_as_model"}),
            cause=error,
        )


def _validated(data: object, model_cls: type[T]) -> T:
    return model_cls.model_validate({} if data is None else data)


def _failure(
    error: Exception,
    failures: tuple[tuple[type[Exception], EnumCoreErrorCode, str], ...],
) -> tuple[EnumCoreErrorCode, str]:
    """Return code and text of the first row that fits; the last row fits all."""
    return next((code, text) for kind, code, text in failures if isinstance(error, kind))


__all__ = ["load_and_validate_yaml_model", "load_yaml_content_as_model"]
