"""An event that a node publishes."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelEventDescriptor(ModelContractPart):
    """Name, kind and shape of a published event."""

    event_name: str = Field(min_length=1, description="Name of the event")
    event_type: str = Field(min_length=1, description="Kind of event")
    schema_reference: str = Field(min_length=1, description="Where its schema is")
    description: str = Field(min_length=1, description="What has happened when it is published")
    version: ModelSemVer = Field(
        default_factory=lambda: ModelSemVer(major=1, minor=0, patch=0),
        description="Version of its schema",
    )
    payload_structure: dict[str, str] = Field(
        default_factory=dict, description="Types of its payload by name"
    )
    metadata_fields: list[str] = Field(default_factory=list, description="Names of its metadata")
    criticality_level: str = Field(default="normal", description="How much depends on it")
