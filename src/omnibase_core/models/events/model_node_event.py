"""What the events that nodes send about themselves have in common."""

from pydantic import Field

from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.node_ids import NodeId


class ModelNodeEvent(ModelOnexEvent):
    """An event whose node id may be any text; one that is no UUID gives an id made from it."""

    node_id: NodeId = Field(description="Where it happened")
