"""Events that a node listens to."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelEventSubscription(ModelContractPart):
    """Which events are taken, by what, and what happens when that fails."""

    event_pattern: str = Field(min_length=1, description="Names that it takes")
    filter_conditions: dict[str, object] = Field(
        default_factory=dict, description="What an event must say to be taken"
    )
    handler_function: str = Field(min_length=1, description="Name of what handles them")
    batch_processing: bool = Field(default=False, description="Handle several at once")
    batch_size: int = Field(default=1, ge=1, description="How many")
    timeout_ms: int = Field(default=5000, ge=1, description="Longest handling")
    retry_enabled: bool = Field(default=True, description="Handle again what failed")
    dead_letter_enabled: bool = Field(default=True, description="Keep what failed for good")
