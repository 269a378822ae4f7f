"""What the four executors have in common: they are made of a container, and run `process`."""

from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_node_executor import MixinNodeExecutor
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.core.model_health_status import ModelHealthStatus
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.model_tool_invocation_event import ModelToolInvocationEvent
from omnibase_core.models.utils.validation_error import validation_error

__all__ = ["NodeExecutorBase"]


class NodeExecutorBase(MixinNodeExecutor, MixinHealthCheck, MixinNodeIdFromContract, NodeCoreBase):
    """Stands first among the bases of an executor, whose archetype stands last.

    The parameters of an invocation are the fields of `_input_state_class`; its action fills
    the field `_action_field`, unless that is among the parameters. The id of the node is the
    one in its contract, which has to be a UUID.
    """

    # The field of the input that an action is a value of, if there is one.
    _action_field: ClassVar[str | None] = None

    def __init__(
        self,
        container: ModelONEXContainer,
        *,
        event_bus: Any = None,
        metadata_loader: Any = None,
        contract_path: Path | None = None,
    ) -> None:
        """Read the id and join the bus.

        Args:
            container: Where the node finds its collaborators, and what is not given here.
            event_bus: Instead of the container's service of that name.
            metadata_loader: Instead of the container's service of that name.
            contract_path: Instead of the contract beside the module of the class.

        Raises:
            ModelOnexError: VALIDATION_ERROR for a bad contract, FILE_NOT_FOUND for none,
                MISSING_REQUIRED_PARAMETER without a bus or a loader.
        """
        # Services are looked up here already, before the base keeps the container itself.
        self.container = container
        bus = self._find_service("event_bus") if event_bus is None else event_bus
        loader = (
            self._find_service("metadata_loader") if metadata_loader is None else metadata_loader
        )
        super().__init__(
            container=container,
            contract_path=contract_path,
            node_id=self._id_in_contract(contract_path),
            event_bus=bus,
            metadata_loader=loader,
        )
        self.add_shutdown_callback(self.cleanup)

    async def run(self, input_state: Any) -> Any:
        """Return what `process` makes of the input."""
        return await self.process(input_state)

    async def get_introspection_data(self) -> dict[str, Any]:
        """Return what the archetype tells about itself."""
        return await super(MixinNodeIdFromContract, self).get_introspection_data()

    def _id_in_contract(self, contract_path: Path | None) -> UUID:
        text = self._load_node_id(contract_path)
        try:
            return UUID(text)
        except ValueError as error:
            raise validation_error(
                f"The contract of {type(self).__name__} names the node {text!r}, which is no "
                "UUID; set 'node_name' to one",
                node_name=text,
            ) from error

    async def _begin_serving(self) -> None:
        await self.initialize()
        await super()._begin_serving()

    async def _health_event(self) -> ModelOnexEvent:
        event = await super()._health_event()
        status = await self.health_check_async()
        return event.model_copy(
            update={"data": {**(event.data or {}), "health": status.model_dump(mode="json")}}
        )

    def _emit_health_event(self, name: str, status: ModelHealthStatus) -> None:
        """Log the event, and publish it; a bus that is away does not make the node ill."""
        super()._emit_health_event(name, status)
        event = ModelOnexEvent(
            event_type=name, node_id=self.node_id, data=status.model_dump(mode="json")
        )
        try:
            self._publish_with_retry(event)
        except Exception as error:  # noqa: BLE001 - see above
            self._log_bus_failure(f"publish {name!r}", error)

    def _input_state(self, invocation: ModelToolInvocationEvent) -> Any:
        """Return the input of the archetype; plain values are wrapped where it wants that."""
        fields = {name: _wrapped(name, value) for name, value in invocation.parameters.items()}
        if self._action_field is not None:
            fields.setdefault(self._action_field, invocation.action)
        build: Any = self._input_state_class
        return build(**fields)


def _wrapped(name: str, value: Any) -> Any:
    if name not in {"operation_data", "metadata"} or not isinstance(value, dict):
        return value
    return {key: _wrapper_of(each) for key, each in value.items()}


def _wrapper_of(value: Any) -> Any:
    already = isinstance(value, ModelSchemaValue) or (
        isinstance(value, dict) and "value_type" in value
    )
    return value if already else ModelSchemaValue.from_value(value)
