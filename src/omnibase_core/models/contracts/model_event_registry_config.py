"""How an orchestrator finds the events that exist."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelEventRegistryConfig(ModelContractPart):
    """Where events are registered, and how the registry is used."""

    discovery_enabled: bool = Field(default=True, description="Look for events")
    auto_provisioning_enabled: bool = Field(default=True, description="Register its own")
    registry_endpoint: str | None = Field(default=None, description="Where the registry is")
    health_check_enabled: bool = Field(default=True, description="Check that it answers")
    health_check_interval_s: int = Field(
        default=30, ge=1, description="Time between two such checks"
    )
    cache_enabled: bool = Field(default=True, description="Keep what it answered")
    cache_ttl_s: int = Field(default=300, ge=1, description="For how long")
    security_enabled: bool = Field(default=True, description="Only known clients are served")
