"""How an orchestrator brings events and workflows together."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelEventCoordinationConfig(ModelContractPart):
    """Which event starts what, and how events that belong together are found."""

    trigger_mappings: dict[str, str] = Field(
        default_factory=dict, description="Workflows by the event that starts them"
    )
    coordination_strategy: str = Field(default="immediate", description="When it reacts")
    buffer_size: int = Field(default=100, ge=1, description="Most events that wait")
    correlation_enabled: bool = Field(default=True, description="Match events by correlation id")
    correlation_timeout_ms: int = Field(
        default=10000, ge=1, description="How long one event waits for its match"
    )
    ordering_guaranteed: bool = Field(default=False, description="Handle them in order")
    duplicate_detection_enabled: bool = Field(default=True, description="Drop an event seen twice")
