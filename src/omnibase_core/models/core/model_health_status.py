"""How well something is."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from omnibase_core.enums.enum_node_health_status import EnumNodeHealthStatus
from omnibase_core.models.core.model_health_details import ModelHealthDetails


def _text_of(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _now() -> str:
    return datetime.now(UTC).isoformat()


class ModelHealthStatus(BaseModel):
    """A level of health, why, and when that was found; a datetime is kept as its ISO text."""

    status: EnumNodeHealthStatus = Field(description="The level")
    message: str = Field(description="Why, for people")
    timestamp: Annotated[str, BeforeValidator(_text_of)] = Field(
        default_factory=_now, description="When it was found"
    )
    details: ModelHealthDetails | None = Field(default=None, description="The particulars")
    uptime_seconds: float | None = Field(default=None, description="Time since the start")
    memory_usage_mb: float | None = Field(default=None, description="Memory in use")
    cpu_usage_percent: float | None = Field(default=None, description="Processor in use")


__all__ = ["ModelHealthStatus"]
