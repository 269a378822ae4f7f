"""Log events as one JSON object each, on the logger `omnibase`."""

import json
import logging
from datetime import UTC, datetime
from typing import Any, Final

from omnibase_core.enums.enum_log_level import EnumLogLevel
from omnibase_core.logging.pydantic_json_encoder import PydanticJSONEncoder

_LOGGER: Final = logging.getLogger("omnibase")
_PYTHON_LEVELS: Final = {
    EnumLogLevel.DEBUG: logging.DEBUG,
    EnumLogLevel.INFO: logging.INFO,
    EnumLogLevel.WARNING: logging.WARNING,
    EnumLogLevel.ERROR: logging.ERROR,
    EnumLogLevel.CRITICAL: logging.CRITICAL,
}


def emit_log_event_sync(level: EnumLogLevel, message: str, context: Any = None) -> None:
    """Log one event; a context that JSON cannot express raises TypeError at any level."""
    event = {
        "timestamp": datetime.now(UTC).isoformat(),
        "level": level.value,
        "message": message,
        "context": context or {},
    }
    text = json.dumps(event, cls=PydanticJSONEncoder)
    _LOGGER.log(_PYTHON_LEVELS.get(level, logging.INFO), text)


__all__ = ["emit_log_event_sync"]
