"""A service outside the process that an effect talks to."""

from pydantic import Field

from omnibase_core.enums.enum_auth_type import EnumAuthType
from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelExternalServiceConfig(ModelContractPart):
    """Where the service is and how it may be used."""

    service_type: str = Field(min_length=1, description="Kind of service, e.g. rest_api")
    endpoint_url: str | None = Field(default=None, description="Where it answers")
    authentication_method: EnumAuthType = Field(
        default=EnumAuthType.NONE, description="How callers prove who they are"
    )
    rate_limit_enabled: bool = Field(default=True, description="Limit the rate of calls")
    rate_limit_requests_per_minute: int = Field(default=60, ge=1, description="Calls a minute")
    connection_pooling_enabled: bool = Field(default=True, description="Reuse connections")
    max_connections: int = Field(default=10, ge=1, description="Connections at once")
    timeout_seconds: int = Field(default=30, ge=1, description="Longest call")
