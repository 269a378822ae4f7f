"""The logger that a container hands out."""

from typing import Any

from omnibase_core.enums.enum_log_level import EnumLogLevel
from omnibase_core.logging.structured import emit_log_event_sync


class ModelEnhancedLogger:
    """Writes structured log events; keyword arguments become the context."""

    def emit_log_event_sync(self, level: EnumLogLevel, message: str, **context: Any) -> None:
        """Log one event."""
        emit_log_event_sync(level, message, context)

    async def emit_log_event_async(
        self, level: EnumLogLevel, message: str, **context: Any
    ) -> None:
        """Log one event from a coroutine."""
        emit_log_event_sync(level, message, context)

    def debug(self, message: str, **context: Any) -> None:
        """Log what only a developer wants to know."""
        emit_log_event_sync(EnumLogLevel.DEBUG, message, context)

    def info(self, message: str, **context: Any) -> None:
        """Log what went as expected."""
        emit_log_event_sync(EnumLogLevel.INFO, message, context)

    def warning(self, message: str, **context: Any) -> None:
        """Log what may need attention."""
        emit_log_event_sync(EnumLogLevel.WARNING, message, context)

    def error(self, message: str, **context: Any) -> None:
        """Log what failed."""
        emit_log_event_sync(EnumLogLevel.ERROR, message, context)

    def critical(self, message: str, **context: Any) -> None:
        """Log what makes going on impossible."""
        emit_log_event_sync(EnumLogLevel.CRITICAL, message, context)
