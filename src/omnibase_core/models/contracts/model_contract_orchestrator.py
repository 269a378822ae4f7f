"""The contract of a node that runs workflows of other nodes."""

from typing import Final
from uuid import UUID, uuid4

from pydantic import ConfigDict, Field

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.models.contracts.model_branching_config import ModelBranchingConfig
from omnibase_core.models.contracts.model_contract_base import ModelContractBase
from omnibase_core.models.contracts.model_event_coordination_config import (
    ModelEventCoordinationConfig,
)
from omnibase_core.models.contracts.model_event_descriptor import ModelEventDescriptor
from omnibase_core.models.contracts.model_event_registry_config import ModelEventRegistryConfig
from omnibase_core.models.contracts.model_event_subscription import ModelEventSubscription
from omnibase_core.models.contracts.model_thunk_emission_config import ModelThunkEmissionConfig
from omnibase_core.models.contracts.model_workflow_config import ModelWorkflowConfig
from omnibase_core.models.utils.validation_error import validation_error

__all__ = ["ModelContractOrchestrator"]

_SHORTEST_CORRELATION_MS: Final = 1000


class ModelContractOrchestrator(ModelContractBase):
    """Which workflows a node runs, and which events it publishes and listens to.

    Unlike other contracts it refuses unknown keys, and keeps the node type as plain text.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_enum_values=True,
        validate_assignment=True,
        str_strip_whitespace=True,
        validate_default=True,
    )

    node_type: EnumNodeType = Field(default=EnumNodeType.ORCHESTRATOR, description="Kind of node")
    correlation_id: UUID = Field(default_factory=uuid4, description="Ties logs together")
    thunk_emission: ModelThunkEmissionConfig = Field(
        default_factory=ModelThunkEmissionConfig, description="How it emits thunks"
    )
    workflow_coordination: ModelWorkflowConfig = Field(
        default_factory=ModelWorkflowConfig, description="How it runs workflows"
    )
    conditional_branching: ModelBranchingConfig = Field(
        default_factory=ModelBranchingConfig, description="How it decides between branches"
    )
    event_registry: ModelEventRegistryConfig = Field(
        default_factory=ModelEventRegistryConfig, description="How it finds events"
    )
    published_events: list[ModelEventDescriptor] = Field(
        default_factory=list, description="Events it publishes"
    )
    consumed_events: list[ModelEventSubscription] = Field(
        default_factory=list, description="Events it listens to"
    )
    event_coordination: ModelEventCoordinationConfig = Field(
        default_factory=ModelEventCoordinationConfig,
        description="How it brings events and workflows together",
    )
    load_balancing_enabled: bool = Field(default=True, description="Spread the load")
    failure_isolation_enabled: bool = Field(
        default=True, description="Keep one failure from the others"
    )
    monitoring_enabled: bool = Field(default=True, description="Watch its workflows")
    metrics_collection_enabled: bool = Field(default=True, description="Count and time them")

    def validate_node_specific_config(self) -> None:
        """Raise ModelOnexError at the first rule of orchestrator contracts that does not hold."""
        names = [event.event_name for event in self.published_events]
        if len(set(names)) != len(names):
            raise validation_error(
                "Published events must have unique event names", field="published_events"
            )
        coordination = self.event_coordination
        too_short = coordination.correlation_timeout_ms < _SHORTEST_CORRELATION_MS
        if coordination.correlation_enabled and too_short:
            raise validation_error(
                f"Event correlation requires timeout of at least {_SHORTEST_CORRELATION_MS}ms",
                field="event_coordination",
            )
        if self.performance.single_operation_max_ms is None:
            raise validation_error(
                "Orchestrator nodes must specify single_operation_max_ms performance requirement",
                field="performance",
            )
