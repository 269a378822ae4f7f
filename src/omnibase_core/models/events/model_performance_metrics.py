"""How fast, and how well, a node works."""

from pydantic import BaseModel, ConfigDict, Field


class ModelPerformanceMetrics(BaseModel):
    """How long a node has been up, and what it gets done; 0 where nobody measured."""

    model_config = ConfigDict(extra="forbid")

    uptime_seconds: float = Field(ge=0.0, description="Time since the node started")
    requests_per_minute: float = Field(default=0.0, ge=0.0, description="Work taken on")
    average_response_time_ms: float = Field(default=0.0, ge=0.0, description="Time per request")
    error_rate_percent: float = Field(
        default=0.0, ge=0.0, le=100.0, description="Share of requests that fail"
    )
    queue_size: int = Field(default=0, ge=0, description="Requests that wait")
