"""When routing stops sending requests to a target that fails."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelCircuitBreaker(ModelContractPart):
    """Settings of routing's circuit breaker; the breaker that keeps state is another class."""

    enabled: bool = Field(default=True, description="Break the circuit at all")
    failure_threshold: int = Field(default=5, ge=1, description="Failures that open it")
    success_threshold: int = Field(default=3, ge=1, description="Successes that close it")
    timeout_ms: int = Field(default=60000, ge=1000, description="Time before it is probed")
    half_open_max_calls: int = Field(default=3, ge=1, description="Probes at once")
    failure_rate_threshold: float = Field(
        default=0.5, ge=0.0, le=1.0, description="Share of failures that opens it"
    )
    minimum_calls: int = Field(default=10, ge=1, description="Calls before shares count")
    slow_call_duration_ms: int = Field(default=60000, ge=1000, description="A call is slow from")
    slow_call_rate_threshold: float = Field(
        default=0.6, ge=0.0, le=1.0, description="Share of slow calls that opens it"
    )
