"""The node archetype for computations.

A compute node turns data into a result and touches nothing else. What it adds to a plain function
lives in this module: a table of named computations, a cache for their results, a pool of threads
for lists of data, and metrics about each kind of computation.

A concrete node subclasses `NodeCompute`, keeps a `contract.yaml` beside its module and registers
its own computations:

    class RouteCost(NodeCompute):
        def __init__(self, container: ModelONEXContainer) -> None:
            super().__init__(container)
            self.register_computation("route_cost", route_cost)

A computation is a plain function that is called with the data of the input. It is expected to be
pure, for its results are kept and handed out again.
"""

import asyncio
import inspect
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.computation_cache import ComputationCache
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_contract_compute import ModelContractCompute
from omnibase_core.models.operations.model_compute_input import ModelComputeInput
from omnibase_core.models.operations.model_compute_output import ModelComputeOutput

__all__ = [
    "ComputationCache",
    "EnumCoreErrorCode",
    "LogLevel",
    "ModelComputeInput",
    "ModelComputeOutput",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelSchemaValue",
    "NodeCompute",
    "NodeCoreBase",
    "Path",
    "emit_log_event",
]

# What a computation takes and what it gives; the node itself looks into neither.
T_Input = TypeVar("T_Input")
T_Output = TypeVar("T_Output")


class NodeCompute(NodeCoreBase):
    """A node that computes, with a cache, a pool of threads and metrics for each computation.

    The class can be used as it is: the priority score of tickets is registered by the
    constructor. Subclasses register computations of their own, and callers may replace any
    limit, the registry or the cache while the node runs, because every method reads the
    attributes of the node anew each time it needs them.
    """

    def __init__(self, container: ModelONEXContainer) -> None:
        """Load the contract, set the limits and register the built-in computation.

        Args:
            container: Where the node finds its collaborators.

        Raises:
            ModelOnexError: If the container is None, or if no valid contract can be loaded.
        """
        super().__init__(container)

        # A node without a valid contract must not come into being, therefore the contract is
        # loaded before anything else is set up.
        self.contract_model: ModelContractCompute = self._load_contract_model()

        # How many threads the pool gets when the resources of the node are initialized.
        self.max_parallel_workers: int = 4

        # How long a result may be served from the cache.
        self.cache_ttl_minutes: int = 30

        # A computation that takes longer is still good, but a warning is logged about it.
        self.performance_threshold_ms: float = 100.0

        # Results by the kind of computation and the hash of the data's text.
        self.computation_cache: ComputationCache = ComputationCache(
            max_size=1000, default_ttl_minutes=30
        )

        # Exists only between the initialization and the cleanup of the resources; without it
        # everything is computed in the thread of the caller.
        self.thread_pool: ThreadPoolExecutor | None = None

        # The function in charge of each kind of computation.
        self.computation_registry: dict[str, Callable[..., Any]] = {}

        # Counters and times for each kind of computation, created when it is first carried out.
        self.computation_metrics: dict[str, dict[str, float]] = {}

        self._register_rsd_computations()

    def _load_contract_model(self) -> ModelContractCompute:
        """Find, read, resolve and validate the contract of this node.

        The file is first read as YAML of any shape, because references are resolved in plain
        data. Only what comes out of that has to fit the contract model.

        Returns:
            The validated contract.

        Raises:
            ModelOnexError: VALIDATION_ERROR for any failure on the way. The details name the
                contract model and the type of the original error, which is kept as `cause`.
        """
        try:
            # These reach back into packages that build on the infrastructure, so they can
            # only be imported once a node is made.
            from omnibase_core.models.core.model_generic_yaml import ModelGenericYaml
            from omnibase_core.utils.generation.utility_reference_resolver import (
                UtilityReferenceResolver,
            )
            from omnibase_core.utils.safe_yaml_loader import load_and_validate_yaml_model

            contract_path = self._find_contract_path()

            reference_resolver = UtilityReferenceResolver()

            loaded_model = load_and_validate_yaml_model(contract_path, ModelGenericYaml)
            contract_data = loaded_model.model_dump()

            resolved_contract = self._resolve_contract_references(
                contract_data, contract_path.parent, reference_resolver
            )

            contract_model = ModelContractCompute(**resolved_contract)

            # The constructor has run these rules already; they are run again for the sake of
            # contract classes that do not.
            contract_model.validate_node_specific_config()

            emit_log_event(
                LogLevel.INFO,
                "Contract model loaded successfully for NodeCompute",
                {
                    "contract_type": "ModelContractCompute",
                    "node_type": contract_model.node_type,
                    "version": contract_model.version,
                    "contract_path": str(contract_path),
                },
            )

            return contract_model

        except Exception as e:
            raise ModelOnexError(
                message=f"Contract model loading failed for NodeCompute: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={
                    "contract_model_type": "ModelContractCompute",
                    "error_type": type(e).__name__,
                },
                cause=e,
            )

    def _find_contract_path(self) -> Path:
        """Find the contract file beside the module of the class that is being constructed.

        The call stack is walked outwards from the caller. The first object called `self` whose
        module has a contract file in its directory decides. Usually that is the node itself,
        but any other caller up the stack can supply a file as well.

        Returns:
            The path of the contract file.

        Raises:
            ModelOnexError: VALIDATION_ERROR if no caller's module has a contract file beside it,
                or if the search itself fails.
        """
        # Imported here because the constants are shared with packages that import this module.
        from omnibase_core.constants.contract_constants import CONTRACT_FILENAME  # type: ignore[import-not-found]

        try:
            frame = inspect.currentframe()

            # The frame of this very method is of no use, the search begins at its caller.
            if frame is not None:
                frame = frame.f_back

            while frame is not None:
                if "self" in frame.f_locals:
                    caller_self = frame.f_locals["self"]
                    if hasattr(caller_self, "__module__"):
                        module = inspect.getmodule(caller_self)
                        if module is not None and getattr(module, "__file__", None):
                            module_path = Path(str(module.__file__))
                            contract_path: Path = module_path.parent / CONTRACT_FILENAME
                            if contract_path.exists():
                                return contract_path
                frame = frame.f_back

            raise ModelOnexError(
                message="Could not find contract.yaml file for compute node",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={"contract_filename": CONTRACT_FILENAME},
            )

        except Exception as e:
            raise ModelOnexError(
                message=f"Error finding contract path: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                cause=e,
            )

    def _resolve_contract_references(
        self,
        data: Any,
        base_path: Path,
        reference_resolver: Any,
    ) -> Any:
        """Replace every `$ref` in contract data by what the resolver makes of it.

        Args:
            data: Contract data, or any part of it.
            base_path: The directory that relative references start from.
            reference_resolver: An object with `resolve_reference(path, base_path)`.

        Returns:
            The data with references replaced. Keys beside a `$ref` are dropped with it. A level
            at which the resolution fails is returned as it was, after a warning.
        """
        try:
            if isinstance(data, dict):
                if "$ref" in data:
                    ref_path = data["$ref"]

                    # Only a path that says that it is relative is taken as relative to the
                    # contract; the resolver gets any other text untouched.
                    if ref_path.startswith(("./", "../")):
                        full_ref_path = (base_path / ref_path).resolve()
                    else:
                        full_ref_path = Path(ref_path)

                    return reference_resolver.resolve_reference(str(full_ref_path), base_path)

                return {
                    key: self._resolve_contract_references(value, base_path, reference_resolver)
                    for key, value in data.items()
                }

            if isinstance(data, list):
                return [
                    self._resolve_contract_references(item, base_path, reference_resolver)
                    for item in data
                ]

            return data

        except Exception as e:
            # A contract with an open reference is still better than none at all, the validation
            # that follows decides whether it will do.
            emit_log_event(
                LogLevel.WARNING,
                "Failed to resolve contract reference, using original data",
                {"error": str(e), "error_type": type(e).__name__},
            )
            return data

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

    def register_computation(
        self,
        computation_type: str,
        computation_func: Callable[..., Any],
    ) -> None:
        """Put a function in charge of a kind of computation.

        The function is called with the data of each input and is never awaited.

        Args:
            computation_type: The name by which inputs ask for the computation.
            computation_func: The function.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the name is taken already, or if the function
                cannot be called.
        """
        if computation_type in self.computation_registry:
            raise ModelOnexError(
                message=f"Computation type already registered: {computation_type}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={"node_id": self.node_id, "computation_type": computation_type},
            )

        if not callable(computation_func):
            raise ModelOnexError(
                message=f"Computation function must be callable: {computation_type}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={"node_id": self.node_id, "computation_type": computation_type},
            )

        self.computation_registry[computation_type] = computation_func

        emit_log_event(
            LogLevel.INFO,
            f"Computation registered: {computation_type}",
            {"node_id": self.node_id, "computation_type": computation_type},
        )

    async def get_computation_metrics(self) -> dict[str, dict[str, float]]:
        """Report counters and times, the cache and the thread pool in one mapping.

        Every figure is a float, flags included, so that the report can be fed to a metrics
        store without a look at its keys.

        Returns:
            One entry for each kind of computation carried out so far, one called
            `cache_performance` and one called `parallel_processing`.
        """
        cache_stats = self.computation_cache.get_stats()

        return {
            **self.computation_metrics,
            "cache_performance": {
                "total_entries": float(cache_stats["total_entries"]),
                "valid_entries": float(cache_stats["valid_entries"]),
                "cache_utilization": (
                    float(cache_stats["valid_entries"]) / max(cache_stats["max_size"], 1)
                ),
                "ttl_minutes": float(self.cache_ttl_minutes),
            },
            "parallel_processing": {
                "max_workers": float(self.max_parallel_workers),
                "thread_pool_active": 1.0 if self.thread_pool else 0.0,
            },
        }

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

    def _generate_cache_key(self, input_data: ModelComputeInput[Any]) -> str:
        """Name the place of a result in the cache.

        Args:
            input_data: What to compute from which data.

        Returns:
            The kind of computation and the hash of the data's text. Data with the same text
            share a place, and the hash of a text differs from process to process.
        """
        # Data need not be hashable, but everything has a text.
        data_hash = hash(str(input_data.data))
        return f"{input_data.computation_type}:{data_hash}"

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

    async def _update_computation_metrics(
        self,
        computation_type: str,
        processing_time_ms: float,
        success: bool,
    ) -> None:
        """Count one more operation of a kind and take its time into the figures.

        Failures count for the times as well: a slow failure is as much of a burden as a slow
        success.

        Args:
            computation_type: The kind of the operation.
            processing_time_ms: How long the operation took.
            success: Whether it succeeded.
        """
        if computation_type not in self.computation_metrics:
            self.computation_metrics[computation_type] = {
                "total_operations": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
            }

        metrics = self.computation_metrics[computation_type]
        metrics["total_operations"] += 1

        if success:
            metrics["success_count"] += 1
        else:
            metrics["error_count"] += 1

        metrics["min_processing_time_ms"] = min(
            metrics["min_processing_time_ms"], processing_time_ms
        )
        metrics["max_processing_time_ms"] = max(
            metrics["max_processing_time_ms"], processing_time_ms
        )

        # A running average needs no history: the old average stands for all earlier times.
        total_operations = metrics["total_operations"]
        current_average = metrics["avg_processing_time_ms"]
        metrics["avg_processing_time_ms"] = (
            current_average * (total_operations - 1) + processing_time_ms
        ) / total_operations

    def _register_rsd_computations(self) -> None:
        """Register the priority score of tickets like any other computation."""

        def rsd_priority_calculation(data: dict[str, Any]) -> float:
            """Weigh five factors of urgency against each other.

            Args:
                data: The values that `calculate_rsd_priority` takes, by their names. A missing
                    one has its default there.

            Returns:
                The weighted sum of the scores. Only upper bounds are kept for the counts, so
                negative values pull it below the usual range.
            """
            dependency_count = data.get("dependency_count", 0)
            failure_indicators = data.get("failure_indicators", 0)
            days_old = data.get("days_old", 0.0)
            agent_requests = data.get("agent_requests", 0)
            user_override_score = data.get("user_override_score", 0.5)

            # A ticket that holds up ten others holds up everything, more make no difference.
            dependency_score = min(dependency_count / 10, 1.0)

            # The same goes for signs of failure, only that five of them are alarming enough.
            failure_score = min(failure_indicators / 5, 1.0)

            # Urgency grows evenly during the first week. Later on it grows ever more slowly, so
            # that no ticket becomes urgent by nothing but its age.
            if days_old <= 7:
                time_score = 0.1 + (days_old / 7) * 0.4
            else:
                time_score = 0.5 + 0.5 * (1 - 2.718 ** (-(days_old - 7) / 14))

            agent_score = min(agent_requests / 5, 1.0)

            # The one value that comes from a person is the one that is kept in its range on
            # both sides.
            user_score = max(0.0, min(user_override_score, 1.0))

            # The terms are added in this order so that equal factors give equal scores down to
            # the last bit.
            score = (
                0.40 * dependency_score * 100
                + 0.25 * failure_score * 100
                + 0.15 * time_score * 100
                + 0.10 * agent_score * 100
                + 0.10 * user_score * 100
            )

            return float(score)

        self.register_computation("rsd_priority_calculation", rsd_priority_calculation)

    async def get_introspection_data(self) -> dict[str, Any]:
        """Describe what this node is, what it can do and how it fares.

        Returns:
            Capabilities, contract details, run-time information, the registered algorithms and
            the configuration. If any part of it cannot be made, a reduced description with the
            reason is returned instead.
        """
        try:
            return {
                "node_capabilities": {
                    "node_type": "NodeCompute",
                    "node_classification": "compute",
                    "node_id": self.node_id,
                    "version": self.version,
                    "created_at": self.created_at.isoformat(),
                    "current_status": self.state.get("status", "unknown"),
                    "architecture_classification": "pure_computation",
                    "computation_patterns": [
                        "pure_function",
                        "deterministic",
                        "parallel_processing",
                    ],
                    "available_operations": self._extract_compute_operations(),
                    "input_output_specifications": self._extract_compute_io_specifications(),
                    "performance_characteristics": (
                        self._extract_compute_performance_characteristics()
                    ),
                },
                "contract_details": {
                    "contract_type": "ModelContractCompute",
                    "contract_validation_status": "validated",
                    "algorithm_configuration": self._extract_algorithm_configuration(),
                    "computation_constraints": self._extract_computation_constraints(),
                    "supported_algorithms": list(self.computation_registry.keys()),
                },
                "runtime_information": {
                    "current_health_status": self._get_compute_health_status(),
                    "computation_metrics": self._get_computation_metrics_sync(),
                    "resource_usage": self._get_compute_resource_usage(),
                    "caching_status": self._get_caching_status(),
                    "parallel_processing_status": self._get_parallel_processing_status(),
                },
                "algorithm_information": {
                    "registered_algorithms": list(self.computation_registry.keys()),
                    "rsd_algorithm_support": (
                        "rsd_priority_calculation" in self.computation_registry
                    ),
                    "custom_algorithms": [
                        name for name in self.computation_registry if not name.startswith("rsd_")
                    ],
                    "algorithm_count": len(self.computation_registry),
                },
                "performance_configuration": {
                    "max_parallel_workers": self.max_parallel_workers,
                    "cache_ttl_minutes": self.cache_ttl_minutes,
                    "performance_threshold_ms": self.performance_threshold_ms,
                    "cache_configuration": {
                        "max_size": self.computation_cache.max_size,
                        "default_ttl_minutes": self.computation_cache.default_ttl_minutes,
                    },
                },
                "introspection_metadata": {
                    "generated_at": str(time.time()),
                    "introspection_version": "1.0.0",
                    "node_type": "NodeCompute",
                    "supports_full_introspection": True,
                    "specialization": "pure_computation_with_caching_and_parallelization",
                },
            }

        except Exception as e:
            # Whoever asks is often looking for the cause of a trouble already, so a partial
            # answer is worth more to them than an error.
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to generate full compute introspection data: {e!s}, using fallback",
                {"node_id": self.node_id, "error": str(e)},
            )

            return {
                "node_capabilities": {
                    "node_type": "NodeCompute",
                    "node_classification": "compute",
                    "node_id": self.node_id,
                },
                "runtime_information": {
                    "current_health_status": "unknown",
                    "algorithm_count": len(self.computation_registry),
                },
                "introspection_metadata": {
                    "generated_at": str(time.time()),
                    "introspection_version": "1.0.0",
                    "supports_full_introspection": False,
                    "fallback_reason": str(e),
                },
            }

    def _extract_compute_operations(self) -> list[str]:
        """List the names of everything that callers can ask of this node.

        Returns:
            The public methods and one `compute_<name>` for each registered computation. The
            public methods alone, if the registry cannot be read.
        """
        operations = [
            "process",
            "calculate_rsd_priority",
            "register_computation",
            "get_computation_metrics",
        ]

        try:
            operations.extend([f"compute_{name}" for name in self.computation_registry])

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract all compute operations: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )

        return operations

    def _extract_compute_io_specifications(self) -> dict[str, Any]:
        """Describe what goes into the node and what comes out of it.

        Returns:
            The names of the two models, the computations that inputs may ask for, and what is
            required of an input and guaranteed of an output.
        """
        return {
            "input_model": "omnibase.core.node_compute.ModelComputeInput",
            "output_model": "omnibase.core.node_compute.ModelComputeOutput",
            "supports_streaming": False,
            "supports_batch_processing": True,
            "supports_parallel_processing": True,
            "computation_types": list(self.computation_registry.keys()),
            "input_requirements": ["data", "computation_type"],
            "output_guarantees": [
                "result",
                "processing_time_ms",
                "cache_hit",
                "parallel_execution_used",
            ],
        }

    def _extract_compute_performance_characteristics(self) -> dict[str, Any]:
        """Describe how the node is expected to perform under its present limits.

        Returns:
            The expected response time, the throughput and the traits of computations in general.
        """
        return {
            "expected_response_time_ms": f"< {self.performance_threshold_ms}",
            "throughput_capacity": f"up_to_{self.max_parallel_workers}_parallel_operations",
            "memory_usage_pattern": "caching_with_lru_eviction",
            "cpu_intensity": "high_for_complex_computations",
            "supports_parallel_processing": True,
            "caching_enabled": True,
            "performance_monitoring": True,
            "deterministic_operations": True,
            "side_effects": False,
        }

    def _extract_algorithm_configuration(self) -> dict[str, Any]:
        """Describe the algorithm that the contract declares.

        Returns:
            The type and the factors of the algorithm with the models that the contract names; or
            a default type alone, if the contract object does not tell.
        """
        try:
            return {
                "algorithm_type": self.contract_model.algorithm.algorithm_type,
                "algorithm_factors": self.contract_model.algorithm.factors,
                "contract_input_model": self.contract_model.input_model,
                "contract_output_model": self.contract_model.output_model,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract algorithm configuration: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"algorithm_type": "default_compute"}

    def _extract_computation_constraints(self) -> dict[str, Any]:
        """Describe the conditions under which this node works.

        Returns:
            What the node demands of a computation, what it supports and the limits it keeps.
        """
        return {
            "pure_function_requirement": True,
            "deterministic_requirement": True,
            "no_side_effects_requirement": True,
            "performance_threshold_ms": self.performance_threshold_ms,
            "max_parallel_workers": self.max_parallel_workers,
            "cache_size_limit": self.computation_cache.max_size,
            "supports_custom_algorithms": True,
        }

    def _get_compute_health_status(self) -> str:
        """Judge the health of the node by whether it still accepts a plain input.

        Returns:
            `healthy`, or `unhealthy` if the validation refuses the input.
        """
        try:
            probe: ModelComputeInput[Any] = ModelComputeInput(
                data={"health_check": True},
                computation_type="health_check",
            )
            self._validate_compute_input(probe)
            return "healthy"

        except Exception:
            return "unhealthy"

    def _get_computation_metrics_sync(self) -> dict[str, Any]:
        """Report the same as `get_computation_metrics`, for callers that cannot await.

        Returns:
            The metrics, or the status `unknown` with the error if they cannot be put together.
        """
        try:
            cache_stats = self.computation_cache.get_stats()

            return {
                **self.computation_metrics,
                "cache_performance": {
                    "total_entries": float(cache_stats["total_entries"]),
                    "valid_entries": float(cache_stats["valid_entries"]),
                    "cache_utilization": (
                        float(cache_stats["valid_entries"]) / max(cache_stats["max_size"], 1)
                    ),
                    "ttl_minutes": float(self.cache_ttl_minutes),
                },
                "parallel_processing": {
                    "max_workers": float(self.max_parallel_workers),
                    "thread_pool_active": 1.0 if self.thread_pool else 0.0,
                },
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get computation metrics: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}

    def _get_compute_resource_usage(self) -> dict[str, Any]:
        """Count what the node holds at this moment.

        Returns:
            How full the cache is, whether there is a pool, and the number of workers and of
            computations; or the status `unknown` if they cannot be counted.
        """
        try:
            cache_stats = self.computation_cache.get_stats()

            return {
                "cache_utilization": f"{cache_stats['valid_entries']}/{cache_stats['max_size']}",
                # Hits leave no trace in the figures, so their share cannot be told.
                "cache_hit_ratio": "unknown",
                "thread_pool_status": "active" if self.thread_pool else "inactive",
                "parallel_worker_count": self.max_parallel_workers,
                "registered_algorithms": len(self.computation_registry),
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get compute resource usage: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"status": "unknown"}

    def _get_caching_status(self) -> dict[str, Any]:
        """Describe the cache and what is in it at this moment.

        Returns:
            The number of entries and the settings of the cache; or that there is no cache to
            speak of, with the error, if it cannot be described.
        """
        try:
            return {
                "enabled": True,
                "cache_stats": self.computation_cache.get_stats(),
                "ttl_minutes": self.cache_ttl_minutes,
                "max_size": self.computation_cache.max_size,
                "eviction_policy": "lru",
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get caching status: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"enabled": False, "error": str(e)}

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
