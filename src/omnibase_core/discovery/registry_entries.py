"""Turns the plain mappings of the registry into models, or says which entry is wrong and how."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from omnibase_core.discovery.model_infrastructure_mixin import ModelInfrastructureMixin
from omnibase_core.discovery.model_mixin_info import ModelMixinInfo
from omnibase_core.discovery.registry_error import registry_error

__all__ = ["Registry", "validated"]

Registry = tuple[dict[str, ModelMixinInfo], dict[str, ModelInfrastructureMixin]]

_MOST: Final = 10  # complaints in one message


def validated(raw: tuple[dict[str, Any], dict[str, Any]], path: Path) -> Registry:
    """Return entries and infrastructure by key, or raise one error about all that is wrong."""
    try:
        return _adapter().validate_python(raw)
    except ValidationError as error:
        problems = [
            f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}"
            for each in error.errors(include_url=False, include_input=False)
        ]
        shown = problems[:_MOST]
        if more := len(problems) - len(shown):
            shown.append(f"and {more} more")
        raise registry_error(
            f"{path}: invalid entries: {'; '.join(shown)}",
            file_path=str(path),
            problems=problems,
            cause=error,
        ) from error


@cache
def _adapter() -> TypeAdapter[Registry]:
    """Return the one validator for all of the file; building it takes longer than using it."""
    return TypeAdapter(Registry)
