"""What every contract says, whatever the node does."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.models.contracts.contract_dependencies import (
    MOST_DEPENDENCIES,
    check_graph,
    check_patterns,
    to_dependencies,
)
from omnibase_core.models.contracts.model_dependency import ModelDependency
from omnibase_core.models.contracts.model_lifecycle_config import ModelLifecycleConfig
from omnibase_core.models.contracts.model_performance_requirements import (
    ModelPerformanceRequirements,
)
from omnibase_core.models.contracts.model_validation_rules import ModelValidationRules
from omnibase_core.models.utils.validation_error import validation_error
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelContractBase"]


class ModelContractBase(BaseModel, ABC):
    """Identity, types and promises of a node; subclasses add what their kind of node needs."""

    model_config = ConfigDict(
        extra="ignore",
        use_enum_values=False,
        validate_assignment=True,
        str_strip_whitespace=True,
        validate_default=True,
    )

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    name: str = Field(min_length=1, description="Name of the node")
    version: ModelSemVer = Field(description="Version of the contract")
    description: str = Field(min_length=1, description="What the node does")
    node_type: EnumNodeType = Field(description="Kind of node")
    input_model: str = Field(min_length=1, description="Dotted path of what it takes")
    output_model: str = Field(min_length=1, description="Dotted path of what it gives")
    performance: ModelPerformanceRequirements = Field(
        default_factory=ModelPerformanceRequirements, description="How fast it promises to be"
    )
    lifecycle: ModelLifecycleConfig = Field(
        default_factory=ModelLifecycleConfig, description="How it starts and ends"
    )
    dependencies: list[ModelDependency] = Field(
        default_factory=list, max_length=MOST_DEPENDENCIES, description="What it needs"
    )
    protocol_interfaces: list[str] = Field(
        default_factory=list, description="Protocols it fulfils"
    )
    validation_rules: ModelValidationRules = Field(
        default_factory=ModelValidationRules, description="What it validates"
    )
    author: str | None = Field(default=None, description="Who wrote it")
    documentation_url: str | None = Field(default=None, description="Where to read more")
    tags: list[str] = Field(default_factory=list, description="Words to find it by")

    @field_validator("node_type", mode="before")
    @classmethod
    def _node_type_from_yaml(cls, value: object) -> EnumNodeType:
        if isinstance(value, EnumNodeType):
            return value
        if not isinstance(value, str):
            raise validation_error(
                "node_type must be EnumNodeType enum or valid string for YAML, "
                f"not {type(value).__name__}.",
                field="node_type",
            )
        try:
            return EnumNodeType(value)
        except ValueError:
            raise validation_error(
                f"Invalid node_type string '{value}'. Must be valid EnumNodeType value.",
                field="node_type",
            ) from None

    @field_validator("dependencies", mode="before")
    @classmethod
    def _dependencies_from_yaml(cls, value: object) -> list[ModelDependency]:
        return to_dependencies(value)

    def model_post_init(self, context: Any, /) -> None:
        """Check what concerns several fields, then the rules of the node type."""
        del context
        check_patterns(self.dependencies, self.protocol_interfaces)
        check_graph(self.name, self.dependencies)
        self.validate_node_specific_config()

    @abstractmethod
    def validate_node_specific_config(self) -> None:
        """Raise ModelOnexError unless the rules of the node type hold."""
