"""The facts that a `ModelOnexError` carries, as data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from omnibase_core.enums.enum_onex_status import EnumOnexStatus
from omnibase_core.errors.error_codes import EnumOnexErrorCode


class _ModelOnexErrorData(BaseModel):
    """What went wrong; `context` holds the keyword arguments of the error, untouched."""

    message: str = Field(description="The text without the code")
    error_code: str | EnumOnexErrorCode | None = Field(default=None, description="The code")
    status: EnumOnexStatus = Field(default=EnumOnexStatus.ERROR, description="The outcome")
    correlation_id: UUID | None = Field(default=None, description="The request it belongs to")
    timestamp: datetime | None = Field(default=None, description="When the error was made")
    context: dict[str, Any] = Field(default_factory=dict, description="Facts passed along")


__all__ = ["_ModelOnexErrorData"]
