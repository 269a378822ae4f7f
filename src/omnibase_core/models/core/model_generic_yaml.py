"""Any YAML document as a model."""

from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError


class ModelGenericYaml(BaseModel):
    """Keeps every key of a mapping; a dump always leads with `root_list`, None or not."""

    model_config = ConfigDict(extra="allow")

    root_list: list[Any] | None = Field(
        default=None, description="The items of a document whose root is a list"
    )

    @classmethod
    def from_yaml(cls, text: str) -> Self:
        """Return the document; a root list goes to `root_list`."""
        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ModelOnexError(
                f"Invalid YAML content: {error}", EnumCoreErrorCode.VALIDATION_ERROR
            ) from error
        if isinstance(data, list):
            return cls(root_list=data)
        return cls.model_validate({} if data is None else data)
