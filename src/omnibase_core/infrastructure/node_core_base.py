"""The base class of all nodes: identity, state, metrics and a lifecycle."""

import time
from abc import ABC, abstractmethod
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.container.model_onex_container import ModelONEXContainer


class NodeCoreBase(ABC):
    """A node is constructed with a container, initialized, asked to process, and cleaned up.

    `metrics["initialization_time_ms"]` is the moment of construction (in epoch milliseconds)
    until `initialize` replaces it by a duration; what is computed from it follows.
    """

    def __init__(self, container: ModelONEXContainer) -> None:
        """Keep the container, which may be any object but None."""
        if container is None:
            raise ModelOnexError(
                "Container cannot be None for NodeCoreBase initialization",
                EnumCoreErrorCode.VALIDATION_ERROR,
                context={"node_type": self.__class__.__name__},
            )
        self.container = container
        self.node_id: UUID = uuid4()
        self.created_at: datetime = datetime.now()  # noqa: DTZ005 - callers compare it naively
        self.state: dict[str, str] = {"status": "initialized"}
        self.metrics: dict[str, float] = {
            "initialization_time_ms": time.time() * 1000,
            "total_operations": 0.0,
            "avg_processing_time_ms": 0.0,
            "error_count": 0.0,
            "success_count": 0.0,
        }
        self.contract_data: Any = None
        self.version: str = "1.0.0"

    @abstractmethod
    async def process(self, input_data: Any) -> Any:
        """Do the work of the node."""
        raise NotImplementedError("Subclasses must implement process method")

    async def initialize(self) -> None:
        """Look for a contract and get ready; a failure leaves the status `failed`."""
        started = time.time()
        node_type = self.__class__.__name__
        try:
            self._require_service_lookup()
            self.state["status"] = "initializing"
            await self._load_contract()
            await self._initialize_node_resources()
            timing = {"initialization_time_ms": (time.time() - started) * 1000}
            self.metrics.update(timing)
            self.state["status"] = "ready"
            await self._emit_lifecycle_event(
                "node_initialized", {**timing, "node_type": node_type}
            )
            emit_log_event(
                LogLevel.INFO,
                f"NodeCoreBase initialized: {node_type}",
                {"node_id": self.node_id, **timing, "status": self.state["status"]},
            )
        except Exception as e:
            self.state["status"] = "failed"
            self.metrics["error_count"] += 1
            raise ModelOnexError(
                f"Node initialization failed: {e!s}",
                EnumCoreErrorCode.OPERATION_FAILED,
                context={"node_id": self.node_id, "node_type": node_type, "error": str(e)},
            ) from e

    async def cleanup(self) -> None:
        """Release what the node holds; a failure is logged, never raised."""
        started = time.time()
        node_type = self.__class__.__name__
        try:
            self.state["status"] = "cleaning_up"
            await self._cleanup_node_resources()
            now = time.time()
            durations = {
                "cleanup_time_ms": (now - started) * 1000,
                "total_lifetime_ms": now * 1000 - self.metrics["initialization_time_ms"],
            }
            await self._emit_lifecycle_event(
                "node_cleanup_complete",
                {**self.metrics, **durations, "final_status": self.state["status"]},
            )
            self.state["status"] = "cleaned_up"
            emit_log_event(
                LogLevel.INFO,
                f"NodeCoreBase cleanup complete: {node_type}",
                {"node_id": self.node_id, **durations},
            )
        except Exception as e:  # noqa: BLE001 - shutting down must go on
            self.state["status"] = "cleanup_failed"
            emit_log_event(
                LogLevel.ERROR,
                f"Node cleanup failed: {e!s}",
                {"node_id": self.node_id, "node_type": node_type, "error": str(e)},
            )

    async def get_performance_metrics(self) -> dict[str, float]:
        """Return the metrics with rates, uptime and a health score."""
        total = self.metrics["total_operations"]
        success_rate = self.metrics["success_count"] / total if total > 0 else 0.0
        error_rate = self.metrics["error_count"] / total if total > 0 else 0.0
        return {
            **self.metrics,
            "success_rate": success_rate,
            "error_rate": error_rate,
            "uptime_ms": time.time() * 1000 - self.metrics["initialization_time_ms"],
            "node_health_score": max(0.0, 1.0 - error_rate),
        }

    async def get_introspection_data(self) -> dict[str, Any]:
        """Return what the node is, has and can do."""
        return {
            "node_id": self.node_id,
            "node_type": self.__class__.__name__,
            "version": self.version,
            "created_at": self.created_at.isoformat(),
            "state": self.state.copy(),
            "metrics": await self.get_performance_metrics(),
            "capabilities": self._get_node_capabilities(),
            "contract_loaded": self.contract_data is not None,
            "container_available": self.container is not None,
        }

    def get_node_id(self) -> UUID:
        """Return the id of this node."""
        return self.node_id

    def get_node_type(self) -> str:
        """Return the name of the node's class."""
        return self.__class__.__name__

    def get_version(self) -> str:
        """Return the version of the node."""
        return self.version

    def get_state(self) -> dict[str, str]:
        """Return a copy of the state."""
        return self.state.copy()

    async def _load_contract(self) -> None:
        """Ask the container's contract service, if any, for the contract of this class."""
        node_type = self.__class__.__name__
        try:
            service = self._find_service("contract_service")
            if not hasattr(service, "get_node_contract"):
                return
            contract = service.get_node_contract(node_type)
            if not contract:
                return
            self.contract_data = contract
            fields = contract if isinstance(contract, dict) else {}
            self.version = fields.get("version", self.version)
            emit_log_event(
                LogLevel.INFO,
                f"Contract loaded for {node_type}",
                {"node_id": self.node_id, "contract_keys": list(fields)},
            )
        except Exception as e:  # noqa: BLE001 - a node works without a contract
            emit_log_event(
                LogLevel.WARNING,
                f"Contract loading failed (continuing without): {e!s}",
                {"node_id": self.node_id, "node_type": node_type},
            )

    async def _initialize_node_resources(self) -> None:  # noqa: B027 - an optional hook
        """Acquire what the node needs; called by `initialize`."""

    async def _cleanup_node_resources(self) -> None:  # noqa: B027 - an optional hook
        """Release what the node holds; called by `cleanup`."""

    async def _emit_lifecycle_event(self, event_type: str, metadata: dict[str, Any]) -> None:
        """Tell the container's event bus, if any, what happened to this node."""
        try:
            bus = self._find_service("event_bus")
            if hasattr(bus, "emit_event"):
                await bus.emit_event(
                    event_type=f"node.{event_type}",
                    payload={
                        "node_id": self.node_id,
                        "node_type": self.__class__.__name__,
                        "event_type": event_type,
                        "timestamp": datetime.now().isoformat(),  # noqa: DTZ005 - as created_at
                        **metadata,
                    },
                    correlation_id=self.node_id,
                )
        except Exception as e:  # noqa: BLE001 - a lost event must not stop the node
            emit_log_event(
                LogLevel.WARNING,
                f"Event emission failed: {e!s}",
                {"node_id": self.node_id, "event_type": event_type},
            )

    def _get_node_capabilities(self) -> dict[str, bool]:
        return {
            "supports_async_processing": True,
            "supports_lifecycle_management": True,
            "supports_metrics_collection": True,
            "supports_event_emission": True,
            "supports_contract_loading": True,
            "supports_introspection": True,
            "supports_dependency_injection": True,
        }

    async def _update_processing_metrics(self, processing_time_ms: float, success: bool) -> None:
        """Count one operation and carry the average on, failures included."""
        metrics = self.metrics
        metrics["total_operations"] += 1
        metrics["success_count" if success else "error_count"] += 1
        total = metrics["total_operations"]
        average = metrics["avg_processing_time_ms"]
        metrics["avg_processing_time_ms"] = (average * (total - 1) + processing_time_ms) / total

    def _validate_input_data(self, input_data: Any) -> None:
        """Refuse None."""
        if input_data is None:
            raise ModelOnexError(
                "Input data cannot be None",
                EnumCoreErrorCode.VALIDATION_ERROR,
                context={"node_id": self.node_id, "node_type": self.__class__.__name__},
            )

    def _require_service_lookup(self) -> None:
        """Refuse a container that cannot be asked for services."""
        if not hasattr(self.container, "get_service"):
            raise ModelOnexError(
                "Container does not implement get_service method",
                EnumCoreErrorCode.DEPENDENCY_UNAVAILABLE,
                context={"node_id": self.node_id, "container_type": type(self.container).__name__},
            )

    def _find_service(self, name: str) -> Any:
        """Return the container's service of that name, None when it has none."""
        with suppress(Exception):  # containers report a missing service in many ways
            return self.container.get_service(name)
        return None
