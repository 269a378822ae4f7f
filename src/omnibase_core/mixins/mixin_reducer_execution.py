"""Carries out one reduction from its input to its output."""

import time
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.enums.enum_streaming_mode import EnumStreamingMode
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput
from omnibase_core.models.operations.model_reducer_output import ModelReducerOutput
from omnibase_core.models.operations.reducer_types import T_Input, T_Output

if TYPE_CHECKING:
    from uuid import UUID


class MixinReducerExecution:
    """Carries out one reduction from its input to its output.

    Needs `self._process_batch`, `self._process_incremental`, `self._process_windowed`,
    `self._register_builtin_reducers`, `self._update_processing_metrics`,
    `self._update_reduction_metrics`, `self._validate_input_data`,
    `self.default_batch_size`, `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        _update_reduction_metrics: Any
        default_batch_size: int
        node_id: UUID

        async def _process_batch(
            self,
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> tuple[Any, int]: ...

        async def _process_incremental(
            self,
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> tuple[Any, int, int]: ...

        async def _process_windowed(
            self,
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> tuple[Any, int, int]: ...

        def _register_builtin_reducers(self) -> None: ...

        async def _update_processing_metrics(
            self,
            processing_time_ms: float,
            success: bool,
        ) -> None: ...

        def _validate_input_data(self, input_data: Any) -> None: ...

    def __init__(self, container: ModelONEXContainer) -> None:
        """Load the contract, set the limits and register the built-in reduction functions.

        Args:
            container: Where the node finds its collaborators, the event bus among them.

        Raises:
            ModelOnexError: If the container is None, or if no valid contract can be loaded.
        """
        super().__init__(container)

        # How much memory a reduction is expected to take at most. It is reported to those who
        # ask for the node's characteristics.
        self.max_memory_usage_mb: int = 512

        self._register_builtin_reducers()

    async def process(
        self, input_data: ModelReducerInput[T_Input]
    ) -> ModelReducerOutput[T_Output]:
        """Reduce the items of an input to one result.

        The streaming mode of the input decides whether the items are reduced all at once, batch
        by batch, or window by window. Real-time items come as a list like any others, so they
        are reduced at once too.

        Args:
            input_data: The items, how to reduce them and how to settle conflicts. It is never
                modified, although its items may be by the function that reduces them.

        Returns:
            The result with the number of items, batches and conflicts that led to it.

        Raises:
            ModelOnexError: OPERATION_FAILED for every failure, with the original error in the
                message and as `__cause__`.
        """
        start_time = time.time()

        try:
            self._validate_reducer_input(input_data)

            # One resolver serves the whole call, so that it counts the conflicts of all batches.
            conflict_resolver = ModelConflictResolver(input_data.conflict_resolution, None)

            if input_data.streaming_mode == EnumStreamingMode.INCREMENTAL:
                result, items_processed, batches_processed = await self._process_incremental(
                    input_data, conflict_resolver
                )
            elif input_data.streaming_mode == EnumStreamingMode.WINDOWED:
                result, items_processed, batches_processed = await self._process_windowed(
                    input_data, conflict_resolver
                )
            else:
                # Batch and real-time, and an empty batch is a batch as well.
                result, items_processed = await self._process_batch(input_data, conflict_resolver)
                batches_processed = 1

            processing_time_ms = (time.time() - start_time) * 1000

            await self._update_reduction_metrics(
                input_data.reduction_type.value, processing_time_ms, True, items_processed
            )
            await self._update_processing_metrics(processing_time_ms, True)

            output: ModelReducerOutput[T_Output] = ModelReducerOutput(
                result=result,
                operation_id=input_data.operation_id,
                reduction_type=input_data.reduction_type,
                processing_time_ms=processing_time_ms,
                items_processed=items_processed,
                conflicts_resolved=conflict_resolver.conflicts_count,
                streaming_mode=input_data.streaming_mode,
                batches_processed=batches_processed,
                metadata={
                    "batch_size": str(input_data.batch_size),
                    "window_size_ms": str(input_data.window_size_ms),
                    "conflict_strategy": input_data.conflict_resolution.value,
                },
            )

            emit_log_event(
                LogLevel.INFO,
                f"Reduction completed: {input_data.reduction_type.value}",
                {
                    "node_id": self.node_id,
                    "operation_id": str(input_data.operation_id),
                    "processing_time_ms": processing_time_ms,
                    "items_processed": items_processed,
                    "conflicts_resolved": conflict_resolver.conflicts_count,
                    "batches_processed": batches_processed,
                },
            )

            return output

        except Exception as e:
            processing_time_ms = (time.time() - start_time) * 1000

            # How many items were reduced before the failure is not known, so none are counted.
            await self._update_reduction_metrics(
                input_data.reduction_type.value, processing_time_ms, False, 0
            )
            await self._update_processing_metrics(processing_time_ms, False)

            raise ModelOnexError(
                message=f"Reduction failed: {e!s}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": self.node_id,
                    "operation_id": str(input_data.operation_id),
                    "reduction_type": input_data.reduction_type.value,
                    "processing_time_ms": processing_time_ms,
                    "error": str(e),
                },
            ) from e

    async def aggregate_rsd_tickets(
        self,
        tickets: list[dict[str, Any]],
        group_by: str = "status",
        aggregation_functions: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """Group tickets by one of their fields and work out figures for each group.

        Args:
            tickets: The tickets, as mappings.
            group_by: The field whose value names the group.
            aggregation_functions: Which figure is wanted of which field. They travel with the
                call as metadata; the built-in function works out the same figures for every
                number that it finds.

        Returns:
            One entry for each group, with the number of tickets, the tickets themselves and
            the figures.

        Raises:
            ModelOnexError: OPERATION_FAILED if the aggregation fails.
        """
        wanted_functions = aggregation_functions or {
            "count": "count",
            "avg_priority": "avg",
            "max_age_days": "max",
            "total_dependencies": "sum",
        }

        reducer_input: ModelReducerInput[dict[str, Any]] = ModelReducerInput(
            data=tickets,
            reduction_type=EnumReductionType.AGGREGATE,
            group_key=group_by,
            metadata={
                "group_by": ModelSchemaValue.from_value(group_by),
                "aggregation_functions": ModelSchemaValue.from_value(wanted_functions),
                "rsd_operation": ModelSchemaValue.from_value("ticket_aggregation"),
            },
        )

        output: ModelReducerOutput[dict[str, Any]] = await self.process(reducer_input)
        return dict(output.result)

    async def normalize_priority_scores(
        self,
        tickets_with_scores: list[dict[str, Any]],
        score_field: str = "priority_score",
        normalization_method: str = "min_max",
    ) -> list[dict[str, Any]]:
        """Make the priority scores of tickets comparable with each other.

        Args:
            tickets_with_scores: The tickets, as mappings. The new fields are written into them.
            score_field: The field that holds the score.
            normalization_method: `min_max` for a share between lowest and highest score, `rank`
                for a position. Other methods, `z_score` among them, leave the tickets alone.

        Returns:
            The same tickets with the fields that the method adds.

        Raises:
            ModelOnexError: OPERATION_FAILED if the normalization fails.
        """
        reducer_input: ModelReducerInput[dict[str, Any]] = ModelReducerInput(
            data=tickets_with_scores,
            reduction_type=EnumReductionType.NORMALIZE,
            metadata={
                "score_field": ModelSchemaValue.from_value(score_field),
                "normalization_method": ModelSchemaValue.from_value(normalization_method),
                "rsd_operation": ModelSchemaValue.from_value("priority_normalization"),
            },
        )

        output: ModelReducerOutput[list[dict[str, Any]]] = await self.process(reducer_input)
        return list(output.result)

    def _start_facts(self) -> Any:
        """Do what differs between the classes in `_initialize_node_resources`."""
        return {
            "node_id": self.node_id,
            "default_batch_size": self.default_batch_size,
            "max_memory_usage_mb": self.max_memory_usage_mb,
        }

    def _validate_reducer_input(self, input_data: ModelReducerInput[Any]) -> None:
        """Refuse an input that no reduction function could make sense of.

        The input model checks its fields only when it is constructed. Fields can be assigned
        afterwards without any check, therefore the two that matter are looked at here.

        Args:
            input_data: The input to look at.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the input is missing, if its reduction type is
                not a member of the enum or if it has no data.
        """
        self._validate_input_data(input_data)

        if not isinstance(input_data.reduction_type, EnumReductionType):
            raise ModelOnexError(
                message="Reduction type must be valid EnumReductionType enum",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "reduction_type": str(input_data.reduction_type),
                },
            )

        if input_data.data is None:
            raise ModelOnexError(
                message="Data cannot be None for reduction",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "operation_id": str(input_data.operation_id),
                },
            )
