"""The errors of the registry: a message that ends on something to do, and a code."""

from collections.abc import Iterable
from typing import Any

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

__all__ = ["did_you_mean", "nearest", "registry_error"]

_LONGEST = 100  # comparing takes quadratic time


def nearest(name: object, known: Iterable[str]) -> str | None:
    """Return the known name that `name` resembles most, whatever its case."""
    import difflib  # noqa: PLC0415 - wanted only where something is wrong

    by_lower = {each.lower(): each for each in known}
    wanted = str(name)[:_LONGEST].lower()
    close = difflib.get_close_matches(wanted, by_lower, n=1)
    return by_lower[close[0]] if close else None


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Return ` (did you mean 'X'?)`, or nothing when no known name is near."""
    close = nearest(name, known)
    return f" (did you mean {close!r}?)" if close else ""


def registry_error(
    message: str,
    code: EnumCoreErrorCode = EnumCoreErrorCode.VALIDATION_ERROR,
    **facts: Any,
) -> ModelOnexError:
    """Return an error about the registry, ready to be raised."""
    return ModelOnexError(message, error_code=code, **facts)
