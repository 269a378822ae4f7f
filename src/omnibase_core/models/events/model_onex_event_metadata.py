"""What an event says about itself besides its data."""

from pydantic import BaseModel, ConfigDict


class ModelOnexEventMetadata(BaseModel):
    """Keeps every key it is given, as an attribute and in every dump; it demands none."""

    model_config = ConfigDict(extra="allow")
