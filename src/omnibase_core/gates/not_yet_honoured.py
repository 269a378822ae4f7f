"""The list of settings that no mixin acts upon yet, as it is and as it was first committed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

__all__ = ["FILE", "NotYetHonoured", "parse"]

FILE: Final = "not_yet_honoured.yaml"
"""The file among the mixins."""


class NotYetHonoured(BaseModel):
    """Fields of a subcontract that can be set without effect, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    reason: str = Field(
        min_length=1, pattern=r"^[^\n]+$", description="Why nothing reads them yet, in one line"
    )
    fields: tuple[str, ...] = Field(min_length=1, description="Names of fields")


def parse(text: str | bytes, path: Path | str) -> Mapping[str, NotYetHonoured]:
    """Return the list by the name of the model, or raise a ModelOnexError that names `path`."""
    try:
        return TypeAdapter(dict[str, NotYetHonoured]).validate_python(yaml.safe_load(text) or {})
    except yaml.YAMLError as error:
        why = str(error)
        cause: Exception = error
    except ValidationError as error:
        first = error.errors()[0]
        why = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        cause = error
    raise ModelOnexError(
        f"{path}: not a list of fields by model, each with its reason: {why}",
        error_code=EnumCoreErrorCode.VALIDATION_ERROR,
        file_path=str(path),
        cause=cause,
    )
