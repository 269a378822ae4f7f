"""The metadata block of a node: who made it, what it is, and a hash over all of it."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field, field_serializer

from omnibase_core.enums.enum_lifecycle_state import EnumLifecycleState
from omnibase_core.enums.enum_meta_type import EnumMetaType
from omnibase_core.enums.enum_node_metadata_field import EnumNodeMetadataField
from omnibase_core.models.core.model_entrypoint_block import ModelEntrypointBlock
from omnibase_core.models.core.model_namespace import ModelNamespace
from omnibase_core.primitives.model_semver import ModelSemVer

_UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
_Text = Annotated[str, Field(min_length=1)]
_Version = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
_Mapping = dict[str, Any]


class ModelNodeMetadataBlock(BaseModel):
    """All metadata of one node.

    The order of the fields is part of the format, because hashes are made in that order.
    """

    VOLATILE_FIELDS: ClassVar[tuple[EnumNodeMetadataField, ...]] = (
        EnumNodeMetadataField.LAST_MODIFIED_AT,
        EnumNodeMetadataField.HASH,
    )

    metadata_version: _Version = Field(default="0.1.0", description="Version of this format")
    protocol_version: _Version = Field(default="0.1.0", description="Version of the protocol")
    owner: _Text = Field(default="OmniNode Team", description="Who answers for it")
    copyright: _Text = Field(default="OmniNode Team", description="Who holds the rights")
    schema_version: _Version = Field(default="0.1.0", description="Version of the schema")
    name: _Text = Field(description="What the node is called")
    version: ModelSemVer = Field(
        default=ModelSemVer(major=0, minor=1, patch=0), description="Version of the node"
    )
    uuid: str = Field(pattern=_UUID, description="Its id")
    author: _Text = Field(description="Who wrote it")
    created_at: _Text = Field(description="When it was made")
    last_modified_at: _Text = Field(description="When it was changed last")
    description: _Text = Field(default="Stamped by ONEX", description="What it is for")
    state_contract: _Text = Field(
        default="state_contract://default", description="The contract of its state"
    )
    lifecycle: EnumLifecycleState = Field(
        default=EnumLifecycleState.ACTIVE, description="Whether it is to be used"
    )
    hash: str = Field(pattern=r"^[0-9a-fA-F]{64}$", description="Digest of its content")
    entrypoint: ModelEntrypointBlock = Field(description="Where its code starts")
    runtime_language_hint: _Text | None = Field(default=None, description="What it is written in")
    namespace: ModelNamespace = Field(description="The name it is known by everywhere")
    meta_type: EnumMetaType = Field(default=EnumMetaType.TOOL, description="What is described")
    trust_score: float | None = Field(default=None, description="How far it is trusted")
    tags: list[str] | None = Field(default=None, description="Words to find it by")
    capabilities: list[str] | None = Field(default=None, description="What it can do")
    protocols_supported: list[str] | None = Field(default=None, description="What it speaks")
    base_class: list[str] | None = Field(default=None, description="What it is built on")
    dependencies: list[Any] | None = Field(default=None, description="What it needs")
    inputs: list[Any] | None = Field(default=None, description="What it takes")
    outputs: list[Any] | None = Field(default=None, description="What it returns")
    environment: list[str] | None = Field(default=None, description="Variables that it reads")
    license: _Text | None = Field(default=None, description="On which terms it may be used")
    signature_block: _Mapping | None = Field(default=None, description="Who signed it")
    x_extensions: _Mapping = Field(default_factory=dict, description="Anything else")
    testing: _Mapping | None = Field(default=None, description="How it is tested")
    os_requirements: list[str] | None = Field(default=None, description="Systems it runs on")
    architectures: list[str] | None = Field(default=None, description="Processors it runs on")
    container_image_reference: _Text | None = Field(default=None, description="Its image")
    compliance_profiles: list[str] = Field(default_factory=list, description="Rules that it keeps")
    data_handling_declaration: _Mapping | None = Field(
        default=None, description="What it does with personal data"
    )
    logging_config: _Mapping | None = Field(default=None, description="How it logs")
    source_repository: _Mapping | None = Field(default=None, description="Where its source is")
    contracts: _Mapping | None = Field(default=None, description="Contracts that it fulfils")
    scenarios: list[str] | None = Field(default=None, description="Situations it is tried in")
    scenario_test_entrypoint: _Text | None = Field(default=None, description="What tries them")
    test_matrix: list[Any] | None = Field(default=None, description="What is tested with what")
    test_coverage: float | None = Field(default=None, description="Share of lines tested")
    tools: _Mapping | None = Field(default=None, description="Tools that it brings along")

    @field_serializer("entrypoint")
    def _entrypoint_as_uri(self, entrypoint: ModelEntrypointBlock) -> str:
        return entrypoint.to_uri()


__all__ = ["ModelNodeMetadataBlock"]
