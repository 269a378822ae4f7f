"""Computes one item after the other, or several at a time on threads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.operations.model_compute_input import ModelComputeInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from omnibase_core.infrastructure.computation_cache import ComputationCache


class MixinParallelComputation:
    """Computes one item after the other, or several at a time on threads.

    Needs `self.cache_ttl_minutes`, `self.computation_cache`,
    `self.computation_registry`, `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        cache_ttl_minutes: int
        computation_cache: ComputationCache
        computation_registry: dict[str, Callable[..., Any]]
        node_id: UUID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `max_parallel_workers`, `thread_pool`."""
        super().__init__(*args, **kwargs)
        # How many threads the pool gets when the resources of the node are initialized.
        self.max_parallel_workers: int = 4
        # Exists only between the initialization and the cleanup of the resources; without it
        # everything is computed in the thread of the caller.
        self.thread_pool: ThreadPoolExecutor | None = None

    async def _initialize_node_resources(self) -> None:
        """Make the thread pool and announce the limits that the node starts with.

        The cache exists since the construction.
        """
        self.thread_pool = ThreadPoolExecutor(max_workers=self.max_parallel_workers)

        emit_log_event(
            LogLevel.INFO,
            "NodeCompute resources initialized",
            {
                "node_id": self.node_id,
                "max_parallel_workers": self.max_parallel_workers,
                "cache_ttl_minutes": self.cache_ttl_minutes,
            },
        )

    async def _cleanup_node_resources(self) -> None:
        """Let the threads finish, give the pool up and forget all results.

        Nothing is left for a second call, which therefore does no harm.
        """
        if self.thread_pool:
            self.thread_pool.shutdown(wait=True)
            self.thread_pool = None

        self.computation_cache.clear()

        emit_log_event(
            LogLevel.INFO,
            "NodeCompute resources cleaned up",
            {"node_id": self.node_id},
        )

    def _supports_parallel_execution(self, input_data: ModelComputeInput[Any]) -> bool:
        """Tell whether it is worth while to leave the thread of the caller.

        Args:
            input_data: What to compute from which data.

        Returns:
            True for a list or a tuple of more than one item, False for all other data.
        """
        return isinstance(input_data.data, (list, tuple)) and len(input_data.data) > 1

    async def _execute_sequential_computation(self, input_data: ModelComputeInput[Any]) -> Any:
        """Call the computation in the thread of the caller.

        Args:
            input_data: What to compute from which data.

        Returns:
            Whatever the computation returns.

        Raises:
            Exception: Whatever the computation raises, unchanged.
            ModelOnexError: OPERATION_FAILED if nobody has registered the computation.
        """
        computation_type = input_data.computation_type

        if computation_type not in self.computation_registry:
            raise ModelOnexError(
                message=f"Unknown computation type: {computation_type}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": self.node_id,
                    "computation_type": computation_type,
                    "available_types": list(self.computation_registry.keys()),
                },
            )

        computation_func = self.computation_registry[computation_type]
        return computation_func(input_data.data)

    async def _execute_parallel_computation(self, input_data: ModelComputeInput[Any]) -> Any:
        """Call the computation in a thread of the pool, so that the event loop stays free.

        All the data go to one thread: how they could be shared out is known to the computation
        alone.

        Args:
            input_data: What to compute from which data.

        Returns:
            Whatever the computation returns.

        Raises:
            Exception: Whatever the computation raises, unchanged.
            ModelOnexError: OPERATION_FAILED if nobody has registered the computation.
        """
        # There is no pool before the node has been initialized, nor after its cleanup.
        if not self.thread_pool:
            return await self._execute_sequential_computation(input_data)

        computation_type = input_data.computation_type

        if computation_type not in self.computation_registry:
            raise ModelOnexError(
                message=f"Unknown computation type: {computation_type}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={"node_id": self.node_id, "computation_type": computation_type},
            )

        computation_func = self.computation_registry[computation_type]
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.thread_pool, computation_func, input_data.data)

    def _get_parallel_processing_status(self) -> dict[str, Any]:
        """Describe what the node can do with more than one thread.

        Returns:
            The number of workers, whether there is a pool at this moment, and what it supports.
        """
        return {
            "enabled": True,
            "max_workers": self.max_parallel_workers,
            "thread_pool_active": self.thread_pool is not None,
            "supports_async_processing": True,
            "parallel_algorithm_support": True,
        }
