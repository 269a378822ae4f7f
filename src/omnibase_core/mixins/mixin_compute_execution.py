"""Carries out one computation from its input to its output."""

import time
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.operations.model_compute_input import ModelComputeInput
from omnibase_core.models.operations.model_compute_output import ModelComputeOutput

if TYPE_CHECKING:
    from omnibase_core.infrastructure.computation_cache import ComputationCache


# What a computation takes and what it gives; the node itself looks into neither.
T_Input = TypeVar("T_Input")


T_Output = TypeVar("T_Output")


class MixinComputeExecution:
    """Carries out one computation from its input to its output.

    Needs `self._execute_parallel_computation`, `self._execute_sequential_computation`,
    `self._generate_cache_key`, `self._register_rsd_computations`,
    `self._supports_parallel_execution`, `self._update_computation_metrics`,
    `self._update_processing_metrics`, `self._validate_input_data`,
    `self.cache_ttl_minutes`, `self.computation_cache`, `self.node_id`,
    `self.performance_threshold_ms` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        _update_computation_metrics: Any
        cache_ttl_minutes: int
        computation_cache: ComputationCache
        node_id: UUID
        performance_threshold_ms: float

        async def _execute_parallel_computation(
            self,
            input_data: ModelComputeInput[Any],
        ) -> Any: ...

        async def _execute_sequential_computation(
            self,
            input_data: ModelComputeInput[Any],
        ) -> Any: ...

        def _generate_cache_key(self, input_data: ModelComputeInput[Any]) -> str: ...

        def _register_rsd_computations(self) -> None: ...

        def _supports_parallel_execution(self, input_data: ModelComputeInput[Any]) -> bool: ...

        async def _update_processing_metrics(
            self,
            processing_time_ms: float,
            success: bool,
        ) -> None: ...

        def _validate_input_data(self, input_data: Any) -> None: ...

    def __init__(self, container: ModelONEXContainer) -> None:
        """Load the contract, set the limits and register the built-in computation.

        Args:
            container: Where the node finds its collaborators.

        Raises:
            ModelOnexError: If the container is None, or if no valid contract can be loaded.
        """
        super().__init__(container)

        self._register_rsd_computations()

    async def process(
        self,
        input_data: ModelComputeInput[T_Input],
    ) -> ModelComputeOutput[T_Output]:
        """Carry out one computation, or hand out the result of an earlier one.

        A result that is still in the cache is returned at once, past the metrics and without a
        log entry. Lists and tuples are computed in a thread of the pool if the input asks for
        it, everything else in the thread of the caller.

        Args:
            input_data: What to compute from which data. It is never modified.

        Returns:
            The result as the computation has returned it, with the time that it took. A result
            from the cache is the same object for everyone who gets it.

        Raises:
            ModelOnexError: OPERATION_FAILED for every failure, with the original error in the
                message and as `__cause__`.
            AttributeError: If the input has no `computation_type`, since no error can be
                reported without it.
        """
        start_time = time.time()

        try:
            self._validate_compute_input(input_data)

            # The key is needed again at the end, when the result goes into the cache.
            cache_key = self._generate_cache_key(input_data)

            if input_data.cache_enabled:
                cached_result = self.computation_cache.get(cache_key)

                # The cache answers with None when it has nothing, so a result that is None
                # cannot be told from a missing one.
                if cached_result is not None:
                    return ModelComputeOutput(
                        result=cached_result,
                        operation_id=input_data.operation_id,
                        computation_type=input_data.computation_type,
                        processing_time_ms=0.0,
                        cache_hit=True,
                        parallel_execution_used=False,
                        metadata={"cache_retrieval": ModelSchemaValue.from_value(True)},
                    )

            if input_data.parallel_enabled and self._supports_parallel_execution(input_data):
                result = await self._execute_parallel_computation(input_data)
                parallel_used = True
            else:
                result = await self._execute_sequential_computation(input_data)
                parallel_used = False

            processing_time_ms = (time.time() - start_time) * 1000

            # A slow result is as right as a quick one. Whoever watches the log should know of
            # it all the same.
            if processing_time_ms > self.performance_threshold_ms:
                emit_log_event(
                    LogLevel.WARNING,
                    f"Computation exceeded performance threshold: {processing_time_ms:.2f}ms",
                    {
                        "node_id": self.node_id,
                        "operation_id": input_data.operation_id,
                        "computation_type": input_data.computation_type,
                        "threshold_ms": self.performance_threshold_ms,
                    },
                )

            if input_data.cache_enabled:
                self.computation_cache.put(cache_key, result, self.cache_ttl_minutes)

            await self._update_computation_metrics(
                input_data.computation_type, processing_time_ms, True
            )
            await self._update_processing_metrics(processing_time_ms, True)

            output: ModelComputeOutput[T_Output] = ModelComputeOutput(
                result=result,
                operation_id=input_data.operation_id,
                computation_type=input_data.computation_type,
                processing_time_ms=processing_time_ms,
                cache_hit=False,
                parallel_execution_used=parallel_used,
                metadata={
                    "input_data_size": ModelSchemaValue.from_value(len(str(input_data.data))),
                    "cache_enabled": ModelSchemaValue.from_value(input_data.cache_enabled),
                    "parallel_enabled": ModelSchemaValue.from_value(input_data.parallel_enabled),
                },
            )

            emit_log_event(
                LogLevel.INFO,
                f"Computation completed: {input_data.computation_type}",
                {
                    "node_id": self.node_id,
                    "operation_id": input_data.operation_id,
                    "processing_time_ms": processing_time_ms,
                    "cache_hit": False,
                    "parallel_used": parallel_used,
                },
            )

            return output

        except Exception as e:
            processing_time_ms = (time.time() - start_time) * 1000

            await self._update_computation_metrics(
                input_data.computation_type, processing_time_ms, False
            )
            await self._update_processing_metrics(processing_time_ms, False)

            raise ModelOnexError(
                message=f"Computation failed: {e!s}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": self.node_id,
                    "operation_id": input_data.operation_id,
                    "computation_type": input_data.computation_type,
                    "processing_time_ms": processing_time_ms,
                    "error": str(e),
                },
            ) from e

    async def calculate_rsd_priority(
        self,
        ticket_id: UUID,
        dependency_count: int = 0,
        failure_indicators: int = 0,
        days_old: float = 0.0,
        agent_requests: int = 0,
        user_override_score: float = 0.5,
    ) -> float:
        """Score how urgent a ticket is.

        Args:
            ticket_id: The ticket. It has no influence on the score, but scores are cached by
                ticket.
            dependency_count: How many other tickets wait for this one; counts in full from ten.
            failure_indicators: How many signs of failure point to it; counts in full from five.
            days_old: The age of the ticket.
            agent_requests: How often agents have asked for it; counts in full from five.
            user_override_score: What its owner thinks, from 0 to 1.

        Returns:
            The score, from 1.5 for a new ticket that nobody needs to nearly 100.

        Raises:
            ModelOnexError: OPERATION_FAILED if the score cannot be computed.
        """
        compute_input: ModelComputeInput[Any] = ModelComputeInput(
            data={
                "ticket_id": ticket_id,
                "dependency_count": dependency_count,
                "failure_indicators": failure_indicators,
                "days_old": days_old,
                "agent_requests": agent_requests,
                "user_override_score": user_override_score,
            },
            computation_type="rsd_priority_calculation",
            cache_enabled=True,
            metadata={
                "algorithm_version": ModelSchemaValue.from_value("2.1.0"),
                "factor_weights": ModelSchemaValue.from_value(
                    {
                        "dependency_distance": 0.40,
                        "failure_surface": 0.25,
                        "time_decay": 0.15,
                        "agent_utility": 0.10,
                        "user_weighting": 0.10,
                    }
                ),
            },
        )

        output: ModelComputeOutput[Any] = await self.process(compute_input)

        return float(output.result)

    def _validate_compute_input(self, input_data: ModelComputeInput[Any]) -> None:
        """Refuse an input that no computation could make sense of.

        Any object with the two attributes will do. What the data has to look like is known to
        the computation alone.

        Args:
            input_data: The input to look at.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the input is missing, if it has no data or if it
                does not name a computation.
        """
        self._validate_input_data(input_data)

        if not hasattr(input_data, "data"):
            raise ModelOnexError(
                message="Input data must have 'data' attribute",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "input_type": type(input_data).__name__,
                },
            )

        if not hasattr(input_data, "computation_type"):
            raise ModelOnexError(
                message="Input data must have 'computation_type' attribute",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "input_type": type(input_data).__name__,
                },
            )
