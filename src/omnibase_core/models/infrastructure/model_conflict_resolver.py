"""A judge between two values that claim the same key."""

from collections.abc import Callable
from typing import Any

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError


class ModelConflictResolver:
    """Settles conflicts by one strategy and counts how many there were.

    The strategy `CUSTOM` without a function of the caller's behaves like `LAST_WINS`.
    """

    def __init__(
        self,
        strategy: EnumConflictResolution,
        custom_resolver: Callable[[Any, Any, str | None], Any] | None = None,
    ) -> None:
        """Start with no conflict counted."""
        self.strategy = strategy
        self.custom_resolver = custom_resolver
        self.conflicts_count = 0

    def resolve(self, existing_value: Any, new_value: Any, key: str | None = None) -> Any:
        """Return the value to keep, or raise VALIDATION_ERROR under the strategy `ERROR`."""
        self.conflicts_count += 1
        match self.strategy:
            case EnumConflictResolution.FIRST_WINS:
                return existing_value
            case EnumConflictResolution.MERGE:
                return self._merge_values(existing_value, new_value)
            case EnumConflictResolution.ERROR:
                raise _refusal(existing_value, new_value, key)
            case EnumConflictResolution.CUSTOM if self.custom_resolver is not None:
                return self.custom_resolver(existing_value, new_value, key)
        return new_value

    def _merge_values(self, existing_value: Any, new_value: Any) -> Any:
        """Return both values in one if their kinds allow it, else the new one."""
        match existing_value, new_value:
            case (int() | float(), int() | float()):
                return existing_value + new_value
            case str(), str():
                return f"{existing_value}, {new_value}"
            case list(), list():
                return existing_value + new_value
            case dict(), dict():
                return {**existing_value, **new_value}
        return new_value


def _refusal(existing_value: Any, new_value: Any, key: str | None) -> ModelOnexError:
    return ModelOnexError(
        f"Conflict detected for key: {key}",
        EnumCoreErrorCode.VALIDATION_ERROR,
        context={
            "existing_value": str(existing_value),
            "new_value": str(new_value),
            "key": key,
        },
    )


__all__ = ["ModelConflictResolver"]
