"""The type of an event: a name, and what is known about it."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.primitives.model_semver import ModelSemVer


class ModelEventType(BaseModel):
    """An immutable event type; it equals every type, and every text, of the same name."""

    model_config = ConfigDict(frozen=True)

    event_name: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$", description="The upper-case name")
    namespace: str = Field(default="onex", description="Who defined the type")
    description: str = Field(default="", description="When such an event is sent")
    schema_version: ModelSemVer = Field(
        default=ModelSemVer(major=1, minor=0, patch=0), description="Version of the payload schema"
    )
    payload_schema: dict[str, Any] | None = Field(
        default=None, description="JSON Schema of the payload"
    )
    deprecated: bool = Field(default=False, description="Whether new code should avoid it")
    category: str = Field(default="general", description="The family it belongs to")
    severity: str = Field(default="info", description="How much it matters by default")

    def __str__(self) -> str:
        """Return the name."""
        return self.event_name

    def __eq__(self, other: object) -> bool:
        """Compare names, with a type or a text."""
        if isinstance(other, ModelEventType):
            return self.event_name == other.event_name
        return self.event_name == other if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the name, which a text of that name shares."""
        return hash(self.event_name)
