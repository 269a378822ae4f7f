"""What stands around the values of a subcontract in its file."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.contract_yaml.model_subcontract_metadata import (
    ModelSubcontractMetadata,
)


class ModelSubcontractDocument(BaseModel):
    """A subcontract as a file; whether `config` fits is for the subcontract's own model to say."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    contract_type: str = Field(description="Which subcontract it is")
    contract_version: ModelSemVer = Field(description="The interface it was written for")
    metadata: ModelSubcontractMetadata = Field(description="What it is, for people")
    config: dict[str, Any] = Field(description="Its values")
