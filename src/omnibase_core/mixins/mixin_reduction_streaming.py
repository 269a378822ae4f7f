"""Feeds items to a reduction at once, one by one or in windows of time."""

from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.enums.enum_streaming_mode import EnumStreamingMode
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver
from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID


class MixinReductionStreaming:
    """Feeds items to a reduction at once, one by one or in windows of time.

    Needs `self.node_id`, `self.reduction_functions` from the class that it is mixed
    into.
    """

    if TYPE_CHECKING:
        node_id: UUID
        reduction_functions: dict[EnumReductionType, Callable[..., Awaitable[Any]]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance 3 attributes of its own."""
        super().__init__(*args, **kwargs)
        # How many items a batch holds by default. It is reported for the node; the size in
        # force is the one that each input carries.
        self.default_batch_size: int = 1000
        # How many items of a stream are expected to wait at most. It is reported as well.
        self.streaming_buffer_size: int = 10000
        # Windows that outlive a single call, by any id. Callers that keep such windows put
        # them here, so that they are reported and dropped together with the node.
        self.active_windows: dict[str, ModelStreamingWindow] = {}

    async def _cleanup_node_resources(self) -> None:
        """Drop the windows that are still open.

        Whatever they have gathered is lost: there is nobody left to hand a result to.
        """
        self.active_windows.clear()

        emit_log_event(
            LogLevel.INFO,
            "NodeReducer resources cleaned up",
            {"node_id": self.node_id},
        )

    async def _process_batch(
        self,
        input_data: ModelReducerInput[Any],
        conflict_resolver: ModelConflictResolver,
    ) -> tuple[Any, int]:
        """Reduce all items of an input at once.

        The input model holds a list, but fields can be assigned without a check. So anything
        that may stand in its place is turned into a list here.

        Args:
            input_data: The items and how to reduce them.
            conflict_resolver: Settles conflicts, and counts them.

        Returns:
            The result and the number of items.

        Raises:
            ModelOnexError: OPERATION_FAILED if nobody has registered a function for the type.
        """
        reduction_type = input_data.reduction_type

        if reduction_type not in self.reduction_functions:
            raise ModelOnexError(
                message=f"No reduction function for type: {reduction_type.value}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": self.node_id,
                    "reduction_type": reduction_type.value,
                    "available_types": [known.value for known in self.reduction_functions],
                },
            )

        reducer = self.reduction_functions[reduction_type]

        raw_data: Any = input_data.data
        data: list[Any]
        if hasattr(raw_data, "__aiter__"):
            data = [item async for item in raw_data]
        elif isinstance(raw_data, (str, bytes)):
            # A text is one item, not as many as it has letters.
            data = [raw_data]
        elif hasattr(raw_data, "__iter__"):
            data = list(raw_data)
        else:
            data = [raw_data]

        result = await reducer(data, input_data, conflict_resolver)
        return result, len(data)

    async def _process_incremental(
        self,
        input_data: ModelReducerInput[Any],
        conflict_resolver: ModelConflictResolver,
    ) -> tuple[Any, int, int]:
        """Reduce the items batch by batch and hand the result of each batch to the next.

        The result so far takes the place of the initial accumulator. What becomes of it is up
        to the reduction function: a named fold goes on from it, while a function that has no
        use for an accumulator returns what the last batch alone comes to.

        Args:
            input_data: The items, how to reduce them and the size of a batch.
            conflict_resolver: Settles conflicts, and counts them for all batches.

        Returns:
            The result of the last batch, the number of items and the number of batches; the
            initial accumulator if there are no items.

        Raises:
            ModelOnexError: OPERATION_FAILED if nobody has registered a function for the type.
        """
        accumulator = input_data.accumulator_init
        items_processed = 0
        batches_processed = 0
        batch: list[Any] = []

        for item in input_data.data:
            batch.append(item)

            if len(batch) >= input_data.batch_size:
                batch_input: ModelReducerInput[Any] = ModelReducerInput(
                    data=batch,
                    operation_id=input_data.operation_id,
                    conflict_resolution=input_data.conflict_resolution,
                    streaming_mode=input_data.streaming_mode,
                    batch_size=input_data.batch_size,
                    window_size_ms=input_data.window_size_ms,
                    metadata=input_data.metadata,
                    timestamp=input_data.timestamp,
                    reduction_type=input_data.reduction_type,
                    reducer_function=input_data.reducer_function,
                    group_key=input_data.group_key,
                    accumulator_init=accumulator,
                )
                accumulator, batch_items = await self._process_batch(
                    batch_input, conflict_resolver
                )
                items_processed += batch_items
                batches_processed += 1
                batch = []

        # What does not fill a batch makes a last one.
        if batch:
            last_input: ModelReducerInput[Any] = ModelReducerInput(
                data=batch,
                operation_id=input_data.operation_id,
                conflict_resolution=input_data.conflict_resolution,
                streaming_mode=input_data.streaming_mode,
                batch_size=input_data.batch_size,
                window_size_ms=input_data.window_size_ms,
                metadata=input_data.metadata,
                timestamp=input_data.timestamp,
                reduction_type=input_data.reduction_type,
                reducer_function=input_data.reducer_function,
                group_key=input_data.group_key,
                accumulator_init=accumulator,
            )
            accumulator, batch_items = await self._process_batch(last_input, conflict_resolver)
            items_processed += batch_items
            batches_processed += 1

        return accumulator, items_processed, batches_processed

    async def _process_windowed(
        self,
        input_data: ModelReducerInput[Any],
        conflict_resolver: ModelConflictResolver,
    ) -> tuple[Any, int, int]:
        """Reduce the items window by window and merge the results of the windows.

        Every window starts from the initial accumulator of the input, as if it were alone. The
        results are then the items of one more reduction, which is always a merge.

        Args:
            input_data: The items, how to reduce them and the length of a window.
            conflict_resolver: Settles conflicts, and counts them for all windows and for the
                merge of their results.

        Returns:
            The merged result, the number of items and the number of windows; the initial
            accumulator if there are no items.

        Raises:
            ModelOnexError: OPERATION_FAILED if nobody has registered a function for the type,
                or none for merging.
        """
        window = ModelStreamingWindow(input_data.window_size_ms)
        window_results: list[Any] = []
        items_processed = 0

        for item in input_data.data:
            window_full = window.add_item(item)

            if window_full:
                window_input: ModelReducerInput[Any] = ModelReducerInput(
                    data=window.get_window_items(),
                    operation_id=input_data.operation_id,
                    conflict_resolution=input_data.conflict_resolution,
                    streaming_mode=input_data.streaming_mode,
                    batch_size=input_data.batch_size,
                    window_size_ms=input_data.window_size_ms,
                    metadata=input_data.metadata,
                    timestamp=input_data.timestamp,
                    reduction_type=input_data.reduction_type,
                    reducer_function=input_data.reducer_function,
                    group_key=input_data.group_key,
                    accumulator_init=input_data.accumulator_init,
                )
                window_result, window_items = await self._process_batch(
                    window_input, conflict_resolver
                )
                window_results.append(window_result)
                items_processed += window_items
                window.advance_window()

        # What was gathered when the items ran out makes a last window.
        remaining_items = window.get_window_items()
        if remaining_items:
            last_input: ModelReducerInput[Any] = ModelReducerInput(
                data=remaining_items,
                operation_id=input_data.operation_id,
                conflict_resolution=input_data.conflict_resolution,
                streaming_mode=input_data.streaming_mode,
                batch_size=input_data.batch_size,
                window_size_ms=input_data.window_size_ms,
                metadata=input_data.metadata,
                timestamp=input_data.timestamp,
                reduction_type=input_data.reduction_type,
                reducer_function=input_data.reducer_function,
                group_key=input_data.group_key,
                accumulator_init=input_data.accumulator_init,
            )
            window_result, window_items = await self._process_batch(last_input, conflict_resolver)
            window_results.append(window_result)
            items_processed += window_items

        if not window_results:
            return input_data.accumulator_init, 0, 0

        merge_input: ModelReducerInput[Any] = ModelReducerInput(
            data=window_results,
            operation_id=input_data.operation_id,
            conflict_resolution=input_data.conflict_resolution,
            streaming_mode=input_data.streaming_mode,
            batch_size=input_data.batch_size,
            window_size_ms=input_data.window_size_ms,
            metadata=input_data.metadata,
            timestamp=input_data.timestamp,
            reduction_type=EnumReductionType.MERGE,
            reducer_function=input_data.reducer_function,
            group_key=input_data.group_key,
            accumulator_init=input_data.accumulator_init,
        )
        merged_result, _ = await self._process_batch(merge_input, conflict_resolver)

        return merged_result, items_processed, len(window_results)

    def _get_streaming_status(self) -> dict[str, Any]:
        """Describe the ways of streaming and the windows that are open at this moment.

        Returns:
            The number of windows, the size of the buffer and the modes that inputs may name; or
            that streaming is not enabled, with the error, if they cannot be described.
        """
        try:
            return {
                "streaming_enabled": True,
                "active_windows": len(self.active_windows),
                "streaming_buffer_size": self.streaming_buffer_size,
                "supports_real_time": True,
                "supports_windowed": True,
                "supports_incremental": True,
                "streaming_modes_supported": [
                    streaming_mode.value for streaming_mode in EnumStreamingMode
                ],
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get streaming status: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"streaming_enabled": False, "error": str(e)}
