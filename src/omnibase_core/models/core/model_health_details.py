"""The particulars of a health status."""

from pydantic import BaseModel, Field


class ModelHealthDetails(BaseModel):
    """What was looked at, and what was found; None where nobody looked."""

    service_name: str | None = Field(default=None, description="What was looked at")
    endpoint_status: str | None = Field(default=None, description="How its endpoint answers")
    database_connection: str | None = Field(default=None, description="How its database answers")
    external_services: list[str] | None = Field(default=None, description="What it depends on")
    disk_usage_percent: float | None = Field(default=None, description="Share of the disk in use")
    active_connections: int | None = Field(default=None, description="Open connections")
    error_count: int | None = Field(default=None, description="Errors counted so far")
    last_backup: str | None = Field(default=None, description="When data was last saved away")
    queue_depth: int | None = Field(default=None, description="Requests that wait")
    response_time_ms: float | None = Field(default=None, description="How fast it answers")
