"""What goes into a tool and what comes out of it, as events carry it."""

from typing import Any

from pydantic import JsonValue, ValidationError
from pydantic_core import to_jsonable_python

from omnibase_core.constants.event_types import TOOL_INVOCATION
from omnibase_core.models.events.model_tool_invocation_event import ModelToolInvocationEvent

__all__ = ["invocation_in", "json_mapping"]


def invocation_in(envelope: object) -> ModelToolInvocationEvent | None:
    """Return the tool invocation in an envelope, or None if that holds something else.

    The envelope may be the event itself, and the event may be the plain data of one.
    """
    event = getattr(envelope, "payload", envelope)
    if isinstance(event, ModelToolInvocationEvent):
        return event
    if not isinstance(event, dict) or event.get("event_type") != TOOL_INVOCATION:
        return None
    try:
        return ModelToolInvocationEvent.model_validate(event)
    except ValidationError:
        return None


def json_mapping(output: object) -> dict[str, JsonValue]:
    """Return what a tool gave as a mapping of what JSON knows.

    Models and objects become their fields; any other value is found under `result`. What
    refers to itself is a ValueError.
    """
    plain = to_jsonable_python(output, bytes_mode="base64", fallback=_fields_or_text)
    return plain if isinstance(plain, dict) else {"result": plain}


def _fields_or_text(value: Any) -> Any:
    return str(value) if callable(value) else getattr(value, "__dict__", None) or str(value)
