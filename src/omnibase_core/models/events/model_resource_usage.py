"""What the process of a node uses."""

from pydantic import BaseModel, ConfigDict, Field


class ModelResourceUsage(BaseModel):
    """Measured use of processor, memory, files and connections; None where nobody measured."""

    model_config = ConfigDict(extra="forbid")

    cpu_percent: float | None = Field(
        default=None, ge=0.0, description="Share of one core; more than 100 on several"
    )
    memory_mb: float | None = Field(default=None, ge=0.0, description="Resident memory")
    memory_percent: float | None = Field(
        default=None, ge=0.0, le=100.0, description="Share of the memory of the machine"
    )
    open_files: int | None = Field(default=None, ge=0, description="Files held open")
    active_connections: int | None = Field(default=None, ge=0, description="Open connections")
