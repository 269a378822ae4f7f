"""The container that every node is constructed with."""

import asyncio
import time
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_enhanced_logger import ModelEnhancedLogger

_LOGGER_TYPES: Final = frozenset({"ProtocolLogger", "Logger"})


class ModelONEXContainer:
    """Resolves services by type; only loggers are known without further set-up."""

    def __init__(
        self, enable_performance_cache: bool = False, cache_dir: Path | None = None
    ) -> None:
        """Start with an empty cache; `tool_cache` and `performance_monitor` are for callers."""
        self.enable_performance_cache = enable_performance_cache
        self.cache_dir = cache_dir
        self.tool_cache: Any = None
        self.performance_monitor: Any = None
        self._service_cache: dict[str, Any] = {}
        self._resolutions = 0
        self._cache_hits = 0
        self._failures = 0
        self._seconds = 0.0

    def get_service(self, protocol_type: Any, service_name: str | None = None) -> Any:
        """Return the service of a type; see `get_service_sync`."""
        return self.get_service_sync(protocol_type, service_name)

    def get_service_sync(self, protocol_type: Any, service_name: str | None = None) -> Any:
        """Return the service of a type; inside a running event loop this is a RuntimeError."""
        resolution = self.get_service_async(protocol_type, service_name)
        try:
            return asyncio.run(resolution)
        finally:
            # A running loop refuses the coroutine and leaves it unawaited.
            resolution.close()

    async def get_service_async(
        self,
        protocol_type: Any,
        service_name: str | None = None,
        correlation_id: UUID | None = None,
    ) -> Any:
        """Return the service of a type, the same object on every call."""
        type_name: str = protocol_type.__name__
        key = f"{type_name}:{service_name or 'default'}"
        started = time.perf_counter()
        self._resolutions += 1
        if key in self._service_cache:
            self._cache_hits += 1
        elif type_name in _LOGGER_TYPES:
            self._service_cache[key] = ModelEnhancedLogger()
        else:
            self._failures += 1
            self._seconds += time.perf_counter() - started
            raise ModelOnexError(
                f"Service resolution failed for {type_name}: no provider is known for this type",
                EnumCoreErrorCode.DEPENDENCY_UNAVAILABLE,
                correlation_id=correlation_id or uuid4(),
                context={"protocol_type": type_name, "service_name": service_name},
            )
        self._seconds += time.perf_counter() - started
        return self._service_cache[key]

    def get_performance_metrics(self) -> dict[str, ModelSchemaValue]:
        """Return how resolution went so far; all zero on a fresh container."""
        total = self._resolutions
        return {
            name: ModelSchemaValue.from_value(value)
            for name, value in (
                ("total_resolutions", total),
                ("cache_hit_rate", self._cache_hits / max(total, 1)),
                ("avg_resolution_time_ms", self._seconds * 1000 / max(total, 1)),
                ("error_rate", self._failures / max(total, 1)),
                ("active_services", len(self._service_cache)),
            )
        }


__all__ = ["ModelONEXContainer"]
