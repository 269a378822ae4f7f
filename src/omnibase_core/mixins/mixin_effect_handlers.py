"""Registers handlers for effects, with files and events built in, and calls them."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction
from omnibase_core.models.operations.model_effect_input import ModelEffectInput
from omnibase_core.models.operations.model_effect_result import (
    ModelEffectResultBool,
    ModelEffectResultDict,
)

if TYPE_CHECKING:
    from omnibase_core.models.container.model_onex_container import ModelONEXContainer
    from omnibase_core.models.operations.model_effect_output import ModelEffectOutput


def _convert_to_scalar_dict(data: dict[str, Any]) -> dict[str, ModelSchemaValue]:
    """Wrap plain values so that they can travel as operation data or as metadata.

    Only scalars keep their kind. Whatever has a structure of its own is reduced to its text,
    because the receivers of these mappings were written for flat data.

    Args:
        data: Plain values by name.

    Returns:
        The same names with wrapped values. None becomes the text `null`, and a dict, a list or
        any other object becomes the text that `str` makes of it.
    """
    converted: dict[str, ModelSchemaValue] = {}

    for key, value in data.items():
        if isinstance(value, (str, int, float, bool)):
            converted[key] = ModelSchemaValue.from_value(value)
        elif value is None:
            # A missing value is spelt out, so that the key itself is never lost on the way.
            converted[key] = ModelSchemaValue.from_value("null")
        else:
            converted[key] = ModelSchemaValue.from_value(str(value))

    return converted


class MixinEffectHandlers:
    """Registers handlers for effects, with files and events built in, and calls them.

    Needs `self.container`, `self.node_id`, `self.process` from the class that it is
    mixed into.
    """

    if TYPE_CHECKING:
        container: ModelONEXContainer
        node_id: UUID

        async def process(self, input_data: ModelEffectInput) -> ModelEffectOutput: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `effect_handlers`."""
        super().__init__(*args, **kwargs)
        # The coroutine function in charge of each kind of effect. Callers assign into it; there
        # is no method for the registration.
        self.effect_handlers: dict[EnumEffectType, Callable[..., Awaitable[Any]]] = {}

    async def execute_file_operation(
        self,
        operation_type: str,
        file_path: str | Path,
        data: Any | None = None,
        atomic: bool = True,
    ) -> dict[str, Any]:
        """Read, write or delete a file as an effect of this node.

        Args:
            operation_type: `read`, `write` or `delete`.
            file_path: The file in question. Its directory must exist.
            data: What to write, as text; ignored by the other operations.
            atomic: Whether to write through a temporary file and within a transaction.

        Returns:
            The operation type and the path, and what the operation adds: `content` and
            `size_bytes` for a read, `bytes_written` for a write, `deleted` for a delete.

        Raises:
            ModelOnexError: OPERATION_FAILED if the operation fails for good. Failures are
                repeated three times before that, also those that no repetition can mend.
        """
        effect_input = ModelEffectInput(
            effect_type=EnumEffectType.FILE_OPERATION,
            operation_data=_convert_to_scalar_dict(
                {
                    "operation_type": operation_type,
                    "file_path": str(file_path),
                    "data": data,
                    "atomic": atomic,
                }
            ),
            transaction_enabled=atomic,
            retry_enabled=True,
            max_retries=3,
        )

        output = await self.process(effect_input)

        if isinstance(output.result, ModelEffectResultDict):
            return output.result.value

        # Only a replaced file handler can get here, the built-in one always answers with a dict.
        raise ModelOnexError(
            message="File operation did not return expected dict[str, Any]result",
            error_code=EnumCoreErrorCode.OPERATION_FAILED,
            context={"result_type": output.result.result_type},
        )

    async def emit_state_change_event(
        self,
        event_type: str,
        payload: dict[str, Any],
        correlation_id: UUID | None = None,
    ) -> bool:
        """Tell the event bus of the container that something has changed.

        An event cannot be taken back, so no transaction is opened for it.

        Args:
            event_type: The name of the event.
            payload: What the event says. It reaches the bus as text.
            correlation_id: The id that ties the event to its occasion.

        Returns:
            Whether the bus has accepted the event.

        Raises:
            ModelOnexError: OPERATION_FAILED if the effect itself fails, which a missing or
                broken bus alone does not bring about.
        """
        effect_input = ModelEffectInput(
            effect_type=EnumEffectType.EVENT_EMISSION,
            operation_data=_convert_to_scalar_dict(
                {
                    "event_type": event_type,
                    "payload": payload,
                    "correlation_id": str(correlation_id) if correlation_id else None,
                }
            ),
            transaction_enabled=False,
            retry_enabled=True,
            max_retries=2,
        )

        output = await self.process(effect_input)

        if isinstance(output.result, ModelEffectResultBool):
            return output.result.value

        # Only a replaced event handler can get here, the built-in one always answers yes or no.
        raise ModelOnexError(
            message="Event emission did not return expected bool result",
            error_code=EnumCoreErrorCode.OPERATION_FAILED,
            context={"result_type": output.result.result_type},
        )

    async def _execute_effect(
        self,
        input_data: ModelEffectInput,
        transaction: ModelTransaction | None,
    ) -> Any:
        """Hand the operation data to the handler that is in charge of the effect type.

        Args:
            input_data: What to do.
            transaction: The transaction for the handler, or None.

        Returns:
            Whatever the handler returns.

        Raises:
            ModelOnexError: OPERATION_FAILED if nobody has registered a handler for the type.
        """
        effect_type = input_data.effect_type

        if effect_type not in self.effect_handlers:
            raise ModelOnexError(
                message=f"No handler registered for effect type: {effect_type.value}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": str(self.node_id),
                    "effect_type": effect_type.value,
                    "available_types": [known.value for known in self.effect_handlers],
                },
            )

        handler = self.effect_handlers[effect_type]
        return await handler(input_data.operation_data, transaction)

    def _register_builtin_effect_handlers(self) -> None:
        """Put the handlers for files and for events into the handler table.

        Both are closures over the node, so that a bus that is set on the container later on is
        found all the same.
        """

        async def file_operation_handler(
            operation_data: dict[str, ModelSchemaValue],
            transaction: ModelTransaction | None,
        ) -> dict[str, Any]:
            """Read, write or delete one file.

            Args:
                operation_data: `operation_type` and `file_path`, and `data` and `atomic` if
                    wanted; wrapped or raw.
                transaction: Where to register how to take the operation back, or None.

            Returns:
                The operation type, the path and the findings of the operation.

            Raises:
                KeyError: If one of the two required values is missing.
                ModelOnexError: RESOURCE_UNAVAILABLE for a read of a missing file,
                    VALIDATION_ERROR for an unknown operation.
            """
            operation_type_value: Any = operation_data["operation_type"]
            file_path_value: Any = operation_data["file_path"]
            data: Any = operation_data.get("data")
            atomic: Any = operation_data.get("atomic", True)

            # Values come wrapped from the public methods and raw from callers that hand over
            # operation data of their own.
            if isinstance(operation_type_value, ModelSchemaValue):
                operation_type_value = operation_type_value.to_value()
            if isinstance(file_path_value, ModelSchemaValue):
                file_path_value = file_path_value.to_value()
            if isinstance(data, ModelSchemaValue):
                data = data.to_value()
            if isinstance(atomic, ModelSchemaValue):
                atomic = atomic.to_value()

            operation_type = operation_type_value
            file_path = Path(str(file_path_value))

            result: dict[str, Any] = {
                "operation_type": operation_type,
                "file_path": str(file_path),
            }

            if operation_type == "read":
                if not file_path.exists():
                    raise ModelOnexError(
                        message=f"File not found: {file_path}",
                        error_code=EnumCoreErrorCode.RESOURCE_UNAVAILABLE,
                        context={"file_path": str(file_path)},
                    )

                with open(file_path, encoding="utf-8") as source:
                    content = source.read()

                result["content"] = content
                result["size_bytes"] = len(content.encode("utf-8"))

            elif operation_type == "write":
                text = str(data)

                if atomic:
                    # The new text takes the place of the old one in a single step. For that the
                    # temporary file must lie in the same directory.
                    temp_path = file_path.with_suffix(file_path.suffix + ".tmp")

                    try:
                        with open(temp_path, "w", encoding="utf-8") as target:
                            target.write(text)
                        temp_path.replace(file_path)

                        if transaction is not None:

                            def rollback_write() -> None:
                                """Remove the file that the write has left behind."""
                                if file_path.exists():
                                    file_path.unlink()

                            transaction.add_operation(
                                "write", {"file_path": str(file_path)}, rollback_write
                            )

                    except Exception:
                        if temp_path.exists():
                            temp_path.unlink()
                        raise

                else:
                    with open(file_path, "w", encoding="utf-8") as target:
                        target.write(text)

                result["bytes_written"] = len(text.encode("utf-8"))

            elif operation_type == "delete":
                if file_path.exists():
                    backup_content: str | None = None

                    # What is gone can only be brought back if it has been read before.
                    if transaction is not None:
                        with open(file_path, encoding="utf-8") as source:
                            backup_content = source.read()

                    file_path.unlink()
                    result["deleted"] = True

                    if transaction is not None and backup_content:
                        restored_content = backup_content

                        def rollback_delete() -> None:
                            """Write the text of the deleted file back."""
                            with open(file_path, "w", encoding="utf-8") as target:
                                target.write(restored_content)

                        transaction.add_operation(
                            "delete", {"file_path": str(file_path)}, rollback_delete
                        )

                else:
                    # Whoever wants a file gone does not mind that it never was there.
                    result["deleted"] = False

            else:
                raise ModelOnexError(
                    message=f"Unknown file operation: {operation_type}",
                    error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                    context={"operation_type": operation_type},
                )

            return result

        async def event_emission_handler(
            operation_data: dict[str, ModelSchemaValue],
            transaction: ModelTransaction | None,
        ) -> bool:
            """Hand one event to the event bus of the container.

            Args:
                operation_data: `event_type` and `payload`, and `correlation_id` if wanted;
                    wrapped or raw.
                transaction: Not used, since an event cannot be taken back.

            Returns:
                Whether the bus has accepted the event. Trouble with the bus is logged and
                answered with False: a node must be able to work without listeners.

            Raises:
                KeyError: If one of the two required values is missing.
            """
            event_type: Any = operation_data["event_type"]
            payload: Any = operation_data["payload"]
            correlation_id: Any = operation_data.get("correlation_id")

            if isinstance(event_type, ModelSchemaValue):
                event_type = event_type.to_value()
            if isinstance(payload, ModelSchemaValue):
                payload = payload.to_value()
            if isinstance(correlation_id, ModelSchemaValue):
                correlation_id = correlation_id.to_value()

            try:
                # The bus is looked up for every event, it may come and go while the node lives.
                event_bus = getattr(self.container, "event_bus", None)

                if not event_bus:
                    emit_log_event(
                        LogLevel.WARNING,
                        "Event bus not available, skipping event emission",
                        {"event_type": event_type},
                    )
                    return False

                if not hasattr(event_bus, "emit_event"):
                    emit_log_event(
                        LogLevel.WARNING,
                        "Event bus does not support emit_event method",
                        {"event_type": event_type},
                    )
                    return False

                await event_bus.emit_event(
                    event_type=event_type,
                    payload=payload,
                    correlation_id=UUID(str(correlation_id)) if correlation_id else None,
                )
                return True

            except Exception as e:
                emit_log_event(
                    LogLevel.ERROR,
                    f"Event emission failed: {e!s}",
                    {"event_type": event_type, "error": str(e)},
                )
                return False

        self.effect_handlers[EnumEffectType.FILE_OPERATION] = file_operation_handler
        self.effect_handlers[EnumEffectType.EVENT_EMISSION] = event_emission_handler
