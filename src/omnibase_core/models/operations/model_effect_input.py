"""The order for one side effect: what to do, with which data and under which safeguards."""

from datetime import datetime
from uuid import UUID, uuid4

from pydantic import BaseModel, Field

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.models.common.model_schema_value import ModelSchemaValue


class ModelEffectInput(BaseModel):
    """One side effect to be carried out.

    Mutable, and not checked again on assignment.
    """

    effect_type: EnumEffectType
    operation_data: dict[str, ModelSchemaValue]
    operation_id: UUID | None = Field(default_factory=uuid4)
    transaction_enabled: bool = True
    retry_enabled: bool = True
    max_retries: int = 3
    retry_delay_ms: int = 1000
    circuit_breaker_enabled: bool = False
    timeout_ms: int = 30000
    metadata: dict[str, ModelSchemaValue] | None = Field(default_factory=dict)
    timestamp: datetime = Field(default_factory=datetime.now)
