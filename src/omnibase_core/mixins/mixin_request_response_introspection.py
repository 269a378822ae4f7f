"""Answers, at the moment it is asked over a bus, how a node is."""

import time
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import BaseModel

from omnibase_core.constants.event_types import REQUEST_REAL_TIME_INTROSPECTION
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus
from omnibase_core.infrastructure.in_memory_event_bus import event_type_of
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.events.model_current_tool_availability import (
    ModelCurrentToolAvailability,
)
from omnibase_core.models.events.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_introspection_filters import ModelIntrospectionFilters
from omnibase_core.models.events.model_introspection_response_event import (
    ModelIntrospectionResponseEvent as Response,
)
from omnibase_core.models.events.model_node_capabilities import ModelNodeCapabilities
from omnibase_core.models.events.model_performance_metrics import ModelPerformanceMetrics
from omnibase_core.models.events.model_request_introspection_event import (
    ModelRequestIntrospectionEvent as Request,
)
from omnibase_core.models.events.model_resource_usage import ModelResourceUsage
from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.bus_calls import settled, unwrapped
from omnibase_core.utils.node_facts import metadata_value, semver_of, simple_node_name
from omnibase_core.utils.process_usage import process_usage

__all__ = ["MixinRequestResponseIntrospection"]

_Told = TypeVar("_Told", list[str], dict[str, Any])

_DEFAULT_VERSION: Final = ModelSemVer(major=1, minor=0, patch=0)


class MixinRequestResponseIntrospection:
    """Subscribes a node to real-time requests and publishes one answer to each that means it.

    Needs `_event_bus`. Uses, if there are any: `node_id`, `node_name`, `node_type`,
    `version`, `tags`, `health_endpoint`, `metadata_loader`, `_registry`, `_cached_introspection`,
    `_is_starting`, `_is_shutting_down`, `get_supported_actions`, `get_supported_protocols`,
    `get_metadata` and `get_additional_info`. A host that measures its work overrides
    `_get_current_performance_metrics`; here only the uptime is known.

    The handler is `_answer_real_time_request`, a name private to this mixin, and that is what
    the bus calls. `_handle_introspection_request` is the same function under its documented
    name, which another mixin may take over without harm.
    """

    # Defaults on the class serve hosts whose constructors stop short of this one.
    _real_time_began_at: datetime | None = None
    _real_time_began_ticking: float | None = None
    _real_time_bus: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Note the time, and pass all arguments on."""
        super().__init__(*args, **kwargs)
        self._real_time_began_at = datetime.now(UTC)
        self._real_time_began_ticking = time.monotonic()
        emit_log_event(
            LogLevel.DEBUG,
            "MIXIN_INIT: MixinRequestResponseIntrospection",
            {"mixin_class": type(self).__name__},
        )

    def _setup_request_response_introspection(self) -> None:
        """Subscribe to requests, once on one bus; without a bus only warn."""
        bus = getattr(self, "_event_bus", None)
        if bus is None:
            self._log_real_time("Cannot listen for real-time requests without an event bus")
            return
        if self._real_time_bus is not bus:
            settled(bus.subscribe(self._answer_real_time_request))
            self._real_time_bus = bus

    def _teardown_request_response_introspection(self) -> None:
        """End the subscription; without a bus only warn."""
        bus = getattr(self, "_event_bus", None)
        if bus is None:
            self._log_real_time("Cannot stop listening for real-time requests without a bus")
            return
        settled(bus.unsubscribe(self._answer_real_time_request))
        self._real_time_bus = None

    def _answer_real_time_request(self, carried: Any) -> None:
        """Answer a request, bare or in an envelope, that means this node; ignore all else."""
        began = time.perf_counter()
        event = unwrapped(carried)
        if event_type_of(event) != REQUEST_REAL_TIME_INTROSPECTION:
            return
        try:
            request = _request_in(event)
        except (AttributeError, TypeError, ValueError) as error:
            self._log_real_time("Cannot read a real-time request", error)
            return
        try:
            if self._matches_introspection_filters(request.filters):
                self._publish_real_time(self._real_time_answer(request, began))
        except Exception as error:  # noqa: BLE001 - who asked is told what went wrong
            self._log_real_time("Cannot answer a real-time request", error)
            self._publish_real_time_failure(request, error, began)

    _handle_introspection_request = _answer_real_time_request

    def _matches_introspection_filters(self, filters: ModelIntrospectionFilters | None) -> bool:
        """Tell whether the node meets every condition; it meets all that are absent."""
        if filters is None:
            return True
        able = self._get_current_capabilities()
        return (
            self._is_one_of("node_type", filters.node_type)
            and self._is_one_of("node_name", filters.node_names)
            and set(filters.capabilities or ()) <= set(able.actions)
            and set(filters.protocols or ()) <= set(able.protocols)
            and set(filters.tags or ()) <= set(self._real_time_tags())
            and (filters.status is None or self._get_current_node_status() in filters.status)
        )

    def _is_one_of(self, attribute: str, wanted: list[str] | None) -> bool:
        own = getattr(self, attribute, None)
        return wanted is None or own is None or str(getattr(own, "value", own)) in wanted

    def _get_current_node_status(self) -> EnumNodeCurrentStatus:
        """Return whether the node stops, starts, is without its bus, or else takes work."""
        if getattr(self, "_is_shutting_down", False):
            return EnumNodeCurrentStatus.STOPPING
        if getattr(self, "_is_starting", False):
            return EnumNodeCurrentStatus.STARTING
        connected = getattr(getattr(self, "_event_bus", None), "is_connected", None)
        try:
            reachable = connected is None or connected()
        except Exception:  # noqa: BLE001 - a bus that cannot tell is as good as gone
            reachable = False
        return EnumNodeCurrentStatus.READY if reachable else EnumNodeCurrentStatus.DEGRADED

    def _get_current_capabilities(self) -> ModelNodeCapabilities:
        """Return what was found out before, or else what the node says now."""
        cached = getattr(getattr(self, "_cached_introspection", None), "capabilities", None)
        if isinstance(cached, ModelNodeCapabilities):
            return cached
        return ModelNodeCapabilities(
            actions=self._told_by_host("get_supported_actions", []),
            protocols=self._told_by_host("get_supported_protocols", ["event_bus"]),
            metadata=self._told_by_host("get_metadata", dict[str, Any]()),
        )

    def _get_current_tools(self) -> list[ModelCurrentToolAvailability]:
        """Return the tools of the registry, each of them ready."""
        known = getattr(getattr(self, "_registry", None), "get_available_tools", list)
        return [ModelCurrentToolAvailability(tool_name=str(name)) for name in known()]

    def _get_current_resource_usage(self) -> ModelResourceUsage | None:
        """Return what the process uses, None if that cannot be measured."""
        return process_usage()

    def _get_current_performance_metrics(self) -> ModelPerformanceMetrics | None:
        """Return how long the node has been up; a host that measures more overrides this."""
        began = self._real_time_began_ticking
        if began is None:
            return None
        return ModelPerformanceMetrics(uptime_seconds=time.monotonic() - began)

    def _get_current_additional_info(self) -> dict[str, Any]:
        """Return when the node started, and what it adds itself."""
        began = self._real_time_began_at
        start = {} if began is None else {"startup_time": began.isoformat()}
        told: dict[str, Any] = {}
        return {**start, **self._told_by_host("get_additional_info", told)}

    def _told_by_host(self, method: str, default: _Told) -> _Told:
        """Return what a method of the host says, `default` if there is none or it fails."""
        ask = getattr(self, method, None)
        try:
            return default if ask is None else type(default)(ask())
        except Exception as error:  # noqa: BLE001 - the rest of the answer is still worth having
            self._log_real_time(f"{method} failed", error)
            return default

    def _real_time_tags(self) -> list[str]:
        return list(getattr(self, "tags", None) or ())

    def _real_time_identity(self) -> tuple[UUID | str, str]:
        name = getattr(self, "node_name", None) or simple_node_name(self)
        own = getattr(self, "node_id", None) or getattr(self, "_node_id", None) or name
        return own, str(name)

    def _real_time_answer(self, request: Request, began: float) -> Response:
        usage, speed = request.include_resource_usage, request.include_performance_metrics
        return Response.create_response(
            request.correlation_id,
            *self._real_time_identity(),
            version=semver_of(getattr(self, "version", None))
            or semver_of(metadata_value(self, "version"))
            or _DEFAULT_VERSION,
            current_status=self._get_current_node_status(),
            capabilities=self._get_current_capabilities(),
            tools=self._get_current_tools(),
            resource_usage=self._get_current_resource_usage() if usage else None,
            performance_metrics=self._get_current_performance_metrics() if speed else None,
            health_endpoint=getattr(self, "health_endpoint", None),
            tags=self._real_time_tags(),
            additional_info=self._get_current_additional_info(),
            response_time_ms=_elapsed_ms(began),
        )

    def _publish_real_time_failure(self, request: Request, error: Exception, began: float) -> None:
        try:
            answer = Response.create_error_response(
                request.correlation_id,
                *self._real_time_identity(),
                str(error) or repr(error),
                version=_DEFAULT_VERSION,
                response_time_ms=_elapsed_ms(began),
            )
            self._publish_real_time(answer)
        except Exception as second:  # noqa: BLE001 - nobody is left to be told
            self._log_real_time("Cannot publish that an answer failed", second)

    def _publish_real_time(self, answer: Response) -> None:
        bus = getattr(self, "_event_bus", None)
        if bus is not None:
            envelope = ModelEventEnvelope[Response].create_broadcast(
                answer, answer.node_id, answer.correlation_id
            )
            settled(bus.publish(envelope))

    def _log_real_time(self, message: str, error: Exception | None = None) -> None:
        known = {} if error is None else {"error": repr(error)}
        emit_log_event(LogLevel.WARNING, message, {"node": type(self).__name__, **known})


def _request_in(event: Any) -> Request:
    """Return the request that a model, a mapping or any object with its attributes tells."""
    if isinstance(event, Request):
        return event
    told = event.model_dump() if isinstance(event, BaseModel) else event
    if isinstance(told, dict):
        told = {name: value for name, value in told.items() if value is not None}
    return Request.model_validate(told, from_attributes=True)


def _elapsed_ms(began: float) -> float:
    return max((time.perf_counter() - began) * 1000, 0.001)
