"""The contract of a node that turns many items into one result."""

from uuid import UUID, uuid4

from pydantic import Field

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.models.contracts.effect_contract_rules import check_tool_specification
from omnibase_core.models.contracts.model_conflict_resolution_config import (
    ModelConflictResolutionConfig,
)
from omnibase_core.models.contracts.model_memory_management_config import (
    ModelMemoryManagementConfig,
)
from omnibase_core.models.contracts.model_reduction_config import ModelReductionConfig
from omnibase_core.models.contracts.model_streaming_config import ModelStreamingConfig
from omnibase_core.models.contracts.model_yaml_contract import ModelYamlContract
from omnibase_core.models.contracts.reducer_contract_rules import (
    check_aggregation,
    check_memory,
    check_state_machine,
    check_streaming,
    check_subcontracts,
)
from omnibase_core.models.contracts.subcontracts.model_aggregation_subcontract import (
    ModelAggregationSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_caching_subcontract import (
    ModelCachingSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_event_type_subcontract import (
    ModelEventTypeSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_state_management_subcontract import (
    ModelStateManagementSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_workflow_coordination_subcontract import (
    ModelWorkflowCoordinationSubcontract,
)


class ModelContractReducer(ModelYamlContract):
    """Which reductions a node offers, and how it handles streams, conflicts and memory.

    The node type is given by default, and whatever member is given instead stays.
    """

    node_type: EnumNodeType = Field(default=EnumNodeType.REDUCER, description="Kind of node")
    correlation_id: UUID = Field(default_factory=uuid4, description="Ties logs together")
    node_name: str | None = Field(default=None, description="Name used by infrastructure")
    tool_specification: dict[str, object] | None = Field(
        default=None, description="Tool that does the work"
    )
    service_configuration: dict[str, object] | None = Field(
        default=None, description="How it runs as a service"
    )
    input_state: dict[str, object] | None = Field(default=None, description="Input schema")
    output_state: dict[str, object] | None = Field(default=None, description="Output schema")
    actions: list[dict[str, object]] | None = Field(default=None, description="Actions it offers")
    infrastructure: dict[str, object] | None = Field(
        default=None, description="Infrastructure it runs on"
    )
    infrastructure_services: dict[str, object] | None = Field(
        default=None, description="Infrastructure services it uses"
    )
    reduction_operations: list[ModelReductionConfig] | None = Field(
        default=None, description="Reductions it offers"
    )
    streaming: ModelStreamingConfig | None = Field(default=None, description="How it streams")
    conflict_resolution: ModelConflictResolutionConfig | None = Field(
        default=None, description="How it settles conflicts"
    )
    memory_management: ModelMemoryManagementConfig | None = Field(
        default=None, description="How it uses memory"
    )
    order_preserving: bool = Field(default=False, description="Items keep their order")
    incremental_processing: bool = Field(default=True, description="Items may come bit by bit")
    result_caching_enabled: bool = Field(default=True, description="Keep results")
    partial_results_enabled: bool = Field(default=True, description="Give results on the way")
    state_transitions: object | None = Field(default=None, description="Its state machine")
    event_type: ModelEventTypeSubcontract | None = Field(default=None, description="Its events")
    aggregation: ModelAggregationSubcontract | None = Field(
        default=None, description="Its aggregation"
    )
    state_management: ModelStateManagementSubcontract | None = Field(
        default=None, description="Its state"
    )
    caching: ModelCachingSubcontract | None = Field(default=None, description="Its cache")
    workflow_coordination: ModelWorkflowCoordinationSubcontract | None = Field(
        default=None, description="Its part in workflows"
    )

    def validate_node_specific_config(
        self, original_contract_data: dict[str, object] | None = None
    ) -> None:
        """Raise ModelOnexError at the first rule of reducer contracts that does not hold.

        The subcontracts that a reducer should have are asked for in the original data alone: a
        contract that is built already has all their fields.
        """
        check_aggregation(self.reduction_operations, self.aggregation)
        check_memory(self.memory_management)
        check_streaming(self.streaming)
        check_tool_specification(self.tool_specification)
        check_state_machine(self.state_transitions)
        if original_contract_data is not None:
            check_subcontracts(original_contract_data)
