"""The node archetype for reductions.

A reducer node turns many items into one result: it folds, merges, aggregates and normalizes.
Everything that belongs to this lives in this module: the table of reduction functions with four
of them built in, the streaming modes that decide in which portions items are reduced, the
settlement of conflicts between values for the same key, the detection of cycles in dependency
graphs, and metrics about all of them.

A concrete node subclasses `NodeReducer`, keeps a `contract.yaml` beside its module and registers
its own functions:

    class StockTotals(NodeReducer):
        def __init__(self, container: ModelONEXContainer) -> None:
            super().__init__(container)
            self.register_reduction_function(EnumReductionType.SORT, self._sort)

A reduction function is awaited with the list of items, with the input that they came in and with
the conflict resolver of the call.
"""

import functools
import inspect
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.enums.enum_streaming_mode import EnumStreamingMode
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_contract_reducer import ModelContractReducer
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver
from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput
from omnibase_core.models.operations.model_reducer_output import ModelReducerOutput
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = [
    "EnumConflictResolution",
    "EnumCoreErrorCode",
    "EnumReductionType",
    "EnumStreamingMode",
    "LogLevel",
    "ModelConflictResolver",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelReducerInput",
    "ModelReducerOutput",
    "ModelSchemaValue",
    "ModelStreamingWindow",
    "NodeCoreBase",
    "NodeReducer",
    "Path",
    "emit_log_event",
]

T_Input = TypeVar("T_Input")
T_Output = TypeVar("T_Output")


class NodeReducer(NodeCoreBase):
    """A node that reduces many items to one result, at once or in portions.

    The class can be used as it is: functions for folding, aggregating, normalizing and merging
    are registered by the constructor. Subclasses register functions of their own for the other
    reduction types, and callers may replace any limit or function table while the node runs,
    because every method reads the attributes of the node anew each time it needs them.
    """

    def __init__(self, container: ModelONEXContainer) -> None:
        """Load the contract, set the limits and register the built-in reduction functions.

        Args:
            container: Where the node finds its collaborators, the event bus among them.

        Raises:
            ModelOnexError: If the container is None, or if no valid contract can be loaded.
        """
        super().__init__(container)

        # A node without a valid contract must not come into being, therefore the contract is
        # loaded before anything else is set up.
        self.contract_model: ModelContractReducer = self._load_contract_model()

        # How many items a batch holds by default. It is reported for the node; the size in
        # force is the one that each input carries.
        self.default_batch_size: int = 1000

        # How much memory a reduction is expected to take at most. It is reported to those who
        # ask for the node's characteristics.
        self.max_memory_usage_mb: int = 512

        # How many items of a stream are expected to wait at most. It is reported as well.
        self.streaming_buffer_size: int = 10000

        # The coroutine function in charge of each reduction type.
        self.reduction_functions: dict[EnumReductionType, Callable[..., Awaitable[Any]]] = {}

        # Counters and times for each reduction type, created when it is first carried out.
        self.reduction_metrics: dict[str, dict[str, float]] = {}

        # Windows that outlive a single call, by any id. Callers that keep such windows put
        # them here, so that they are reported and dropped together with the node.
        self.active_windows: dict[str, ModelStreamingWindow] = {}

        self._register_builtin_reducers()

    def _load_contract_model(self) -> ModelContractReducer:
        """Find, read, resolve and validate the contract of this node.

        The file is read as plain YAML first, and the contract model is built from its data only
        after the references in it have been resolved.

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

            contract_model = ModelContractReducer(**resolved_contract)

            # The constructor has run these rules already; they are run again for the sake of
            # contract classes that do not.
            contract_model.validate_node_specific_config()

            emit_log_event(
                LogLevel.INFO,
                "Contract model loaded successfully for NodeReducer",
                {
                    "contract_type": "ModelContractReducer",
                    "node_type": contract_model.node_type,
                    "version": contract_model.version,
                },
            )

            return contract_model

        except Exception as e:
            raise ModelOnexError(
                message=f"Contract model loading failed for NodeReducer: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={
                    "contract_model_type": "ModelContractReducer",
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
        contract_filename = "contract.yaml"

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
                        if module is not None and hasattr(module, "__file__"):
                            # A module that comes from no file is taken to lie in the current
                            # directory.
                            module_path = Path(module.__file__ or "")
                            contract_path: Path = module_path.parent / contract_filename
                            if contract_path.exists():
                                return contract_path
                frame = frame.f_back

            raise ModelOnexError(
                message="Could not find contract.yaml file for reducer node",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={"contract_filename": contract_filename},
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
        """Replace every `$ref` in contract data by the content of the file that it names.

        Only references into a `contracts/` directory are followed. They are files below the
        directory of the contract, and may name a place within the file after `#/`. References
        within the same document and references to any other file stay as they are, for the
        tools that generate code from contracts resolve them on their own.

        Args:
            data: Contract data, or any part of it.
            base_path: The directory of the contract. References within a file that was read
                for a reference start from here as well.
            reference_resolver: Not used; the parameter is what all archetypes have in common.

        Returns:
            The data with references replaced. Keys beside a replaced `$ref` are dropped with
            it. A reference that leads nowhere, or that cannot be resolved, stays with all of
            its keys.
        """
        if isinstance(data, dict):
            if "$ref" in data:
                ref_path = data["$ref"]

                try:
                    # Definitions of the document itself are none of the node's business.
                    if ref_path.startswith("#/"):
                        return data

                    if "contracts/" not in ref_path:
                        return data

                    from omnibase_core.models.core.model_generic_yaml import ModelGenericYaml
                    from omnibase_core.utils.safe_yaml_loader import (
                        load_and_validate_yaml_model,
                    )

                    ref_parts = ref_path.split("#/")
                    ref_file = ref_parts[0]
                    json_pointer = ref_parts[1] if len(ref_parts) > 1 else ""

                    full_ref_path = base_path / ref_file
                    if not full_ref_path.exists():
                        return data

                    loaded_reference = load_and_validate_yaml_model(
                        full_ref_path, ModelGenericYaml
                    )
                    ref_data: Any = loaded_reference.model_dump()

                    # A state machine whose tool is installed is taken as the model that it is,
                    # so that the contract checks its rules too.
                    if self._is_fsm_data_reference(ref_file, ref_data):
                        fsm_model = self._validate_fsm_data(ref_data, ref_file)
                        if fsm_model is not None:
                            return fsm_model

                    if not json_pointer:
                        return self._resolve_contract_references(
                            ref_data, base_path, reference_resolver
                        )

                    found: Any = ref_data
                    for segment in json_pointer.split("/"):
                        if not segment:
                            return data
                        if not isinstance(found, dict) or segment not in found:
                            return data
                        found = found[segment]

                    return self._resolve_contract_references(found, base_path, reference_resolver)

                except Exception as e:
                    # A contract with an open reference is still better than none at all, the
                    # validation that follows decides whether it will do.
                    emit_log_event(
                        LogLevel.ERROR,
                        "Failed to resolve contract reference",
                        {
                            "ref_path": ref_path,
                            "error": str(e),
                            "error_type": type(e).__name__,
                        },
                    )
                    return data

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

    def _is_fsm_data_reference(self, ref_file: str, ref_data: Any) -> bool:
        """Tell whether a reference leads to the description of a state machine.

        Args:
            ref_file: The file as the reference names it.
            ref_data: The content of that file.

        Returns:
            True if the file is called after state machines and has the keys of one.
        """
        if "fsm" not in ref_file.lower():
            return False

        if not isinstance(ref_data, dict):
            return False

        return all(
            required in ref_data for required in ("state_machine_name", "states", "transitions")
        )

    def _validate_fsm_data(self, fsm_data: dict[str, Any], ref_file: str) -> Any | None:
        """Validate the description of a state machine if its tool is installed.

        State machines are a matter of the reducer tool of the infrastructure. Where that tool
        is missing nobody runs them, and their description may be anything.

        Args:
            fsm_data: The description of the state machine.
            ref_file: The file that it was read from.

        Returns:
            The validated model, or None if the tool is not installed.

        Raises:
            ValidationError: If the tool is installed and the description is not valid.
        """
        package_path = Path(inspect.getfile(ModelOnexError)).parent.parent
        tool_path = (
            package_path / "tools" / "infrastructure" / "tool_infrastructure_reducer" / "v1_0_0"
        )

        if not tool_path.is_dir():
            return None

        # Imported here since hardly any installation comes as far as this.
        from omnibase_core.models.contracts.subcontracts.model_fsm_subcontract import (
            ModelFSMSubcontract,
        )

        return ModelFSMSubcontract.model_validate(fsm_data)

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

    async def resolve_dependency_cycles(
        self,
        dependency_graph: dict[str, list[str]],
    ) -> dict[str, Any]:
        """Find the cycles in a graph of dependencies.

        Args:
            dependency_graph: For each node the nodes that it depends on.

        Returns:
            Whether there are cycles, which ones, how many, and how many nodes were looked at;
            an empty mapping for an empty graph.

        Raises:
            ModelOnexError: OPERATION_FAILED if the detection fails.
        """
        reducer_input: ModelReducerInput[tuple[str, list[str]]] = ModelReducerInput(
            data=list(dependency_graph.items()),
            reduction_type=EnumReductionType.MERGE,
            metadata={
                "graph_operation": ModelSchemaValue.from_value("cycle_detection"),
                "rsd_operation": ModelSchemaValue.from_value("dependency_analysis"),
            },
        )

        output: ModelReducerOutput[dict[str, Any]] = await self.process(reducer_input)
        return dict(output.result)

    def register_reduction_function(
        self,
        reduction_type: EnumReductionType,
        function: Callable[..., Awaitable[Any]],
    ) -> None:
        """Put a function in charge of a reduction type that has none yet.

        Args:
            reduction_type: The type that the function is for.
            function: A coroutine function that takes the items, the input and the conflict
                resolver, and returns the result.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the type has a function already, built in or
                registered before, or if the function cannot be called.
        """
        if reduction_type in self.reduction_functions:
            raise ModelOnexError(
                message=f"Reduction type already registered: {reduction_type.value}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "reduction_type": reduction_type.value,
                },
            )

        if not callable(function):
            raise ModelOnexError(
                message=f"Reduction function must be callable: {reduction_type.value}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "reduction_type": reduction_type.value,
                },
            )

        self.reduction_functions[reduction_type] = function

        emit_log_event(
            LogLevel.INFO,
            f"Reduction function registered: {reduction_type.value}",
            {
                "node_id": self.node_id,
                "reduction_type": reduction_type.value,
            },
        )

    async def get_reduction_metrics(self) -> dict[str, dict[str, float]]:
        """Report counters and times, the memory limits and the batch size in one mapping.

        Every figure is a float, so that the report can be fed to a metrics store without a look
        at its keys.

        Returns:
            One entry for each reduction type carried out so far, one called `memory_usage` and
            one called `streaming_performance`.
        """
        return {
            **self.reduction_metrics,
            "memory_usage": {
                "max_memory_mb": float(self.max_memory_usage_mb),
                "streaming_buffer_size": float(self.streaming_buffer_size),
                "active_windows": float(len(self.active_windows)),
            },
            "streaming_performance": {
                "default_batch_size": float(self.default_batch_size),
            },
        }

    async def _initialize_node_resources(self) -> None:
        """Announce the limits that the node starts with.

        Nothing has to be acquired: whatever the node needs exists since the construction.
        """
        emit_log_event(
            LogLevel.INFO,
            "NodeReducer resources initialized",
            {
                "node_id": self.node_id,
                "default_batch_size": self.default_batch_size,
                "max_memory_usage_mb": self.max_memory_usage_mb,
            },
        )

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

    async def _update_reduction_metrics(
        self,
        reduction_type: str,
        processing_time_ms: float,
        success: bool,
        items_processed: int,
    ) -> None:
        """Count one more reduction of a type and take its time and size into the figures.

        Failures count for the times as well: a slow failure is as much of a burden as a slow
        success.

        Args:
            reduction_type: The value of the reduction type.
            processing_time_ms: How long the reduction took.
            success: Whether it succeeded.
            items_processed: How many items it took in.
        """
        if reduction_type not in self.reduction_metrics:
            self.reduction_metrics[reduction_type] = {
                "total_operations": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
                "total_items_processed": 0.0,
                "avg_items_per_operation": 0.0,
            }

        metrics = self.reduction_metrics[reduction_type]
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

        metrics["total_items_processed"] += items_processed
        metrics["avg_items_per_operation"] = metrics["total_items_processed"] / total_operations

    def _register_builtin_reducers(self) -> None:
        """Put the functions for folds, aggregations, normalizations and merges into the table.

        All are closures over the node, so that they find the helper methods that a subclass
        has replaced.
        """

        async def fold_reducer(
            data: list[Any],
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> Any:
            """Fold the items from left to right into one value.

            Args:
                data: The items.
                input_data: Names the step function in `reducer_function` and the value to start
                    from in `accumulator_init`.
                conflict_resolver: Not used, since a fold knows no keys.

            Returns:
                The last value of the fold. Without a named function the sum of the items if all
                are numbers, else the last item; neither takes the accumulator into account.

            Raises:
                ModelOnexError: VALIDATION_ERROR for a name that no step function has.
            """
            if not data:
                return input_data.accumulator_init

            if input_data.reducer_function:
                step = self._get_reducer_function(input_data.reducer_function)
                if step is None:
                    raise ModelOnexError(
                        message=f"Unknown reducer function: {input_data.reducer_function}",
                        error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                        context={"node_id": self.node_id},
                    )
                return functools.reduce(step, data, input_data.accumulator_init)

            # Truth values are numbers too, so a list of them is counted.
            if all(isinstance(item, (int, float)) for item in data):
                return sum(data)

            return data[-1]

        async def aggregate_reducer(
            data: list[Any],
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> dict[str, Any]:
            """Group the items and work out figures for each group.

            Args:
                data: The items, mappings as a rule.
                input_data: Names the field or the fields of the group in `group_key`. Without
                    any, all items are one group.
                conflict_resolver: Not used, since groups are made to share their key.

            Returns:
                For each group the number of items and the items themselves, with sum, average,
                lowest and highest value of each field that is a number in the first item.

            Raises:
                TypeError: If the value of a group field cannot be a key.
                AttributeError: If a group with figures has an item without fields.
            """
            if not data:
                return {}

            groups: dict[Any, list[Any]] = {}
            for item in data:
                group_key: Any
                if not input_data.group_key:
                    group_key = "default"
                elif isinstance(input_data.group_key, str):
                    group_key = (
                        item.get(input_data.group_key, "default")
                        if hasattr(item, "get")
                        else "default"
                    )
                else:
                    # Several fields make one key: the text of all their values.
                    group_key = str(
                        tuple(
                            item.get(field, "default") if hasattr(item, "get") else "default"
                            for field in input_data.group_key
                        )
                    )

                if group_key not in groups:
                    groups[group_key] = []
                groups[group_key].append(item)

            result: dict[str, Any] = {}
            for group_key, items in groups.items():
                aggregated: dict[str, Any] = {"count": len(items), "items": items}

                # The first item stands for the group: what is a number there is worked out.
                first_item = items[0]
                if isinstance(first_item, dict):
                    for field, first_value in first_item.items():
                        if not isinstance(first_value, (int, float)):
                            continue

                        values = [
                            item.get(field)
                            for item in items
                            if isinstance(item.get(field), (int, float))
                        ]
                        aggregated[f"{field}_sum"] = sum(values)
                        aggregated[f"{field}_avg"] = sum(values) / len(values)
                        aggregated[f"{field}_min"] = min(values)
                        aggregated[f"{field}_max"] = max(values)

                result[str(group_key)] = aggregated

            return result

        async def normalize_reducer(
            data: list[Any],
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> list[Any]:
            """Make the scores of the items comparable with each other.

            Args:
                data: The items. New fields are written into those that are mappings with a
                    score.
                input_data: Names the field of the score and the method in its metadata, as
                    `score_field` and `normalization_method`; wrapped or raw.
                conflict_resolver: Not used, since every item keeps to itself.

            Returns:
                The same items in the same order.
            """
            if not data:
                return []

            metadata: dict[str, Any] = dict(input_data.metadata or {})
            score_field: Any = metadata.get("score_field", "score")
            method: Any = metadata.get("normalization_method", "min_max")

            # Values come wrapped from the public methods and raw from callers that assign
            # metadata of their own.
            if isinstance(score_field, ModelSchemaValue):
                score_field = score_field.to_value()
            if isinstance(method, ModelSchemaValue):
                method = method.to_value()

            scored_items = [
                item
                for item in data
                if isinstance(item, dict) and isinstance(item.get(score_field), (int, float))
            ]

            # Without a single score there is nothing to compare.
            if not scored_items:
                return data

            if method == "min_max":
                scores = [item[score_field] for item in scored_items]
                lowest = min(scores)
                highest = max(scores)
                score_range = highest - lowest

                for item in scored_items:
                    if score_range == 0:
                        # Where all are equal, everybody stands in the middle.
                        item[f"{score_field}_normalized"] = 0.5
                    else:
                        item[f"{score_field}_normalized"] = (
                            item[score_field] - lowest
                        ) / score_range

            elif method == "rank":
                ranked_items = sorted(
                    scored_items, key=lambda item: item[score_field], reverse=True
                )
                total_ranked = len(ranked_items)

                for rank, item in enumerate(ranked_items, 1):
                    item[f"{score_field}_rank"] = rank
                    item[f"{score_field}_percentile"] = (total_ranked - rank + 1) / total_ranked

            return data

        async def merge_reducer(
            data: list[Any],
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> Any:
            """Merge the items into one of their kind.

            Args:
                data: The items.
                input_data: May ask for the detection of cycles in its metadata, as
                    `graph_operation`.
                conflict_resolver: Decides between two values for one key.

            Returns:
                One mapping if all items are mappings, one list if all are lists, else the last
                item; or the findings of the detection of cycles if that was asked for.

            Raises:
                ModelOnexError: VALIDATION_ERROR if the resolver refuses a conflict.
            """
            if not data:
                return {}

            if input_data.metadata:
                graph_operation = input_data.metadata.get("graph_operation")
                if graph_operation is not None and graph_operation.to_value() == "cycle_detection":
                    return self._detect_dependency_cycles(data)

            if all(isinstance(item, dict) for item in data):
                merged: dict[Any, Any] = {}
                for item in data:
                    for key, value in item.items():
                        if key in merged:
                            merged[key] = conflict_resolver.resolve(merged[key], value, key)
                        else:
                            merged[key] = value
                return merged

            if all(isinstance(item, list) for item in data):
                concatenated: list[Any] = []
                for item in data:
                    concatenated.extend(item)
                return concatenated

            return data[-1]

        self.reduction_functions[EnumReductionType.FOLD] = fold_reducer
        self.reduction_functions[EnumReductionType.AGGREGATE] = aggregate_reducer
        self.reduction_functions[EnumReductionType.NORMALIZE] = normalize_reducer
        self.reduction_functions[EnumReductionType.MERGE] = merge_reducer

    def _get_reducer_function(self, func_name: str) -> Callable[[Any, Any], Any] | None:
        """Return the step function of a fold by its name.

        Each function leaves the value so far as it is when the two values do not fit together,
        so that one odd item does not spoil the whole fold.

        Args:
            func_name: `sum`, `max`, `min`, `concat`, `append` or `extend`.

        Returns:
            A function of the value so far and the next item, or None if the name is unknown.
        """

        def both_numbers(x: Any, y: Any) -> bool:
            """Tell whether two values can be reckoned with."""
            return isinstance(x, (int, float)) and isinstance(y, (int, float))

        def add(x: Any, y: Any) -> Any:
            """Add two numbers."""
            return x + y if both_numbers(x, y) else x

        def keep_highest(x: Any, y: Any) -> Any:
            """Keep the higher of two numbers."""
            return max(x, y) if both_numbers(x, y) else x

        def keep_lowest(x: Any, y: Any) -> Any:
            """Keep the lower of two numbers."""
            return min(x, y) if both_numbers(x, y) else x

        def join_texts(x: Any, y: Any) -> Any:
            """Join two texts without anything in between."""
            return x + y if isinstance(x, str) and isinstance(y, str) else x

        def append_item(x: Any, y: Any) -> Any:
            """Append an item to a list; whatever is no list becomes the head of one."""
            return [*x, y] if isinstance(x, list) else [x, y]

        def extend_list(x: Any, y: Any) -> Any:
            """Join two lists."""
            return x + y if isinstance(x, list) and isinstance(y, list) else x

        functions: dict[str, Callable[[Any, Any], Any]] = {
            "sum": add,
            "max": keep_highest,
            "min": keep_lowest,
            "concat": join_texts,
            "append": append_item,
            "extend": extend_list,
        }

        return functions.get(func_name)

    def _detect_dependency_cycles(
        self,
        graph_data: list[tuple[str, list[str]]],
    ) -> dict[str, Any]:
        """Find the cycles in a graph by following every path once.

        Args:
            graph_data: Pairs of a node and the nodes that it depends on.

        Returns:
            Whether there are cycles, each cycle as the path that leads back to its first node,
            their number, the number of nodes that have a pair, and the time of the analysis.

        Raises:
            ValueError: If an item is no pair.
        """
        graph: dict[str, list[str]] = dict(graph_data)
        finished: set[str] = set()
        cycles: list[list[str]] = []

        def follow(node: str, path: list[str]) -> None:
            """Go on from a node, with the nodes that lead to it."""
            if node in path:
                cycles.append([*path[path.index(node) :], node])
                return

            # All that can be reached from here has been seen on an earlier path.
            if node in finished:
                return

            # A node that is only depended on is the end of a path.
            for neighbor in graph.get(node, []):
                follow(neighbor, [*path, node])

            finished.add(node)

        for node in graph:
            follow(node, [])

        return {
            "has_cycles": len(cycles) > 0,
            "cycles": cycles,
            "cycle_count": len(cycles),
            "total_nodes": len(graph),
            "analysis_timestamp": datetime.now().isoformat(),
        }

    async def get_introspection_data(self) -> dict[str, Any]:
        """Describe what this node is, what it can do and how it fares.

        Returns:
            Capabilities, contract details, run-time information, what the node manages, the
            configuration and what concerns tickets. If any part of it cannot be made, a
            reduced description with the reason is returned instead.
        """
        try:
            return {
                "node_capabilities": {
                    "node_type": "NodeReducer",
                    "node_classification": "reducer",
                    "node_id": self.node_id,
                    "version": self.version,
                    "created_at": self.created_at.isoformat(),
                    "current_status": self.state.get("status", "unknown"),
                    "architecture_classification": "data_aggregation_and_state_reduction",
                    "reduction_patterns": [
                        "fold",
                        "accumulate",
                        "merge",
                        "aggregate",
                        "normalize",
                    ],
                    "streaming_capabilities": [
                        "windowed",
                        "real_time",
                        "incremental",
                        "batch",
                    ],
                    "available_operations": self._extract_reducer_operations(),
                    "input_output_specifications": self._extract_reducer_io_specifications(),
                    "performance_characteristics": (
                        self._extract_reducer_performance_characteristics()
                    ),
                },
                "contract_details": {
                    "contract_type": "ModelContractReducer",
                    "contract_validation_status": "validated",
                    "reduction_configuration": self._extract_reduction_configuration(),
                    "aggregation_configuration": self._extract_aggregation_configuration(),
                    "supported_reduction_types": [
                        reduction_type.value for reduction_type in self.reduction_functions
                    ],
                    "conflict_resolution_strategies": [
                        strategy.value for strategy in EnumConflictResolution
                    ],
                },
                "runtime_information": {
                    "current_health_status": self._get_reducer_health_status(),
                    "reduction_metrics": self._get_reduction_metrics_sync(),
                    "resource_usage": self._get_reducer_resource_usage(),
                    "streaming_status": self._get_streaming_status(),
                    "conflict_resolution_status": self._get_conflict_resolution_status(),
                },
                "reduction_management_information": {
                    "registered_reduction_functions": list(self.reduction_functions.keys()),
                    "reduction_function_count": len(self.reduction_functions),
                    "streaming_windows_active": len(self.active_windows),
                    "supports_custom_reducers": True,
                    "supports_conflict_resolution": True,
                    "supports_streaming": True,
                    "supports_rsd_operations": True,
                },
                "configuration_details": {
                    "default_batch_size": self.default_batch_size,
                    "max_memory_usage_mb": self.max_memory_usage_mb,
                    "streaming_buffer_size": self.streaming_buffer_size,
                    "streaming_configuration": {
                        "supports_windowing": True,
                        "supports_real_time": True,
                        "supports_incremental": True,
                        "window_types": ["time_based", "count_based"],
                    },
                    "conflict_resolution_configuration": {
                        "strategies": [strategy.value for strategy in EnumConflictResolution],
                        "supports_custom_resolvers": True,
                        "merge_strategies": [
                            "numeric_sum",
                            "string_concat",
                            "list_merge",
                            "dict_merge",
                        ],
                    },
                },
                "rsd_specific_information": {
                    "supports_priority_normalization": (
                        EnumReductionType.NORMALIZE in self.reduction_functions
                    ),
                    "supports_dependency_cycle_detection": True,
                    "supports_ticket_aggregation": (
                        EnumReductionType.AGGREGATE in self.reduction_functions
                    ),
                    "supports_graph_operations": True,
                    "rsd_operations": [
                        "priority_score_normalization",
                        "ticket_metadata_aggregation",
                        "dependency_graph_cycle_detection",
                        "status_consolidation",
                    ],
                },
                "introspection_metadata": {
                    "generated_at": str(time.time()),
                    "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                    "node_type": "NodeReducer",
                    "supports_full_introspection": True,
                    "specialization": ("data_aggregation_with_streaming_and_conflict_resolution"),
                },
            }

        except Exception as e:
            # Whoever asks is often looking for the cause of a trouble already, so a partial
            # answer is worth more to them than an error.
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to generate full reducer introspection data: {e!s}, using fallback",
                {"node_id": self.node_id, "error": str(e)},
            )

            return {
                "node_capabilities": {
                    "node_type": "NodeReducer",
                    "node_classification": "reducer",
                    "node_id": self.node_id,
                },
                "runtime_information": {
                    "current_health_status": "unknown",
                    "reduction_function_count": len(self.reduction_functions),
                },
                "introspection_metadata": {
                    "generated_at": str(time.time()),
                    "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                    "supports_full_introspection": False,
                    "fallback_reason": str(e),
                },
            }

    def _extract_reducer_operations(self) -> list[str]:
        """List the names of everything that callers can ask of this node.

        Returns:
            The kinds of reduction, one `reduce_<type>` for each registered function, and the
            ways of streaming. If a function has an odd key, what was listed before it.
        """
        operations = ["process", "reduce_data", "aggregate_data", "normalize_scores"]

        try:
            for reduction_type in self.reduction_functions:
                operations.append(f"reduce_{reduction_type.value}")

            operations.extend(
                [
                    "stream_process",
                    "window_process",
                    "batch_process",
                    "detect_dependency_cycles",
                    "normalize_priority_scores",
                ]
            )

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract all reducer operations: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )

        return operations

    def _extract_reducer_io_specifications(self) -> dict[str, Any]:
        """Describe what goes into the node and what comes out of it.

        Returns:
            The import paths of the two models, the reduction types, streaming modes and
            conflict strategies that inputs may name, and what is required of an input and
            guaranteed of an output.
        """
        return {
            "input_model": "omnibase_core.infrastructure.node_reducer.ModelReducerInput",
            "output_model": "omnibase_core.infrastructure.node_reducer.ModelReducerOutput",
            "supports_streaming": True,
            "supports_batch_processing": True,
            "supports_incremental_processing": True,
            "reduction_types": [reduction_type.value for reduction_type in EnumReductionType],
            "streaming_modes": [streaming_mode.value for streaming_mode in EnumStreamingMode],
            "conflict_resolution_strategies": [
                strategy.value for strategy in EnumConflictResolution
            ],
            "input_requirements": ["data", "reduction_type"],
            "output_guarantees": [
                "result",
                "processing_time_ms",
                "items_processed",
                "conflicts_resolved",
                "streaming_mode",
            ],
        }

    def _extract_reducer_performance_characteristics(self) -> dict[str, Any]:
        """Describe how the node is expected to perform under its present limits.

        Returns:
            The expected response time, the throughput and the traits of reductions in general.
        """
        return {
            "expected_response_time_ms": "varies_by_data_size_and_reduction_complexity",
            "throughput_capacity": f"up_to_{self.default_batch_size}_items_per_batch",
            "memory_usage_pattern": f"streaming_with_max_{self.max_memory_usage_mb}_mb",
            "cpu_intensity": "medium_to_high_depending_on_reduction_complexity",
            "supports_parallel_processing": False,
            "caching_enabled": False,
            "performance_monitoring": True,
            "deterministic_operations": True,
            "side_effects": False,
            "streaming_capabilities": True,
            "memory_efficient": True,
            "supports_large_datasets": True,
        }

    def _extract_reduction_configuration(self) -> dict[str, Any]:
        """Describe the limits of reductions and the types that can be reduced.

        Returns:
            The three limits and the registered reduction types. If a function has an odd key,
            the batch size alone.
        """
        try:
            return {
                "default_batch_size": self.default_batch_size,
                "max_memory_usage_mb": self.max_memory_usage_mb,
                "streaming_buffer_size": self.streaming_buffer_size,
                "supported_reduction_types": [
                    reduction_type.value for reduction_type in self.reduction_functions
                ],
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract reduction configuration: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"default_batch_size": self.default_batch_size}

    def _extract_aggregation_configuration(self) -> dict[str, Any]:
        """Describe the aggregations that come with a contract that knows of them.

        Returns:
            The operations with the flags that hold for all of them. A contract object without
            a place for aggregation has an empty list; one that cannot be read gives the list
            alone.
        """
        try:
            aggregation_operations: list[str] = []

            # The contract may be any object when a subclass loads it in a way of its own.
            if hasattr(self.contract_model, "aggregation"):
                aggregation_operations = [
                    "count",
                    "sum",
                    "avg",
                    "min",
                    "max",
                    "group_by",
                    "statistical_analysis",
                ]

            return {
                "aggregation_operations": aggregation_operations,
                "supports_grouping": True,
                "supports_statistical_aggregation": True,
                "supports_custom_aggregation": True,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract aggregation configuration: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"aggregation_operations": []}

    def _get_reducer_health_status(self) -> str:
        """Judge the health of the node by whether it still accepts a plain input.

        Returns:
            `healthy`, or `unhealthy` if the validation refuses the input.
        """
        try:
            probe: ModelReducerInput[int] = ModelReducerInput(
                data=[1, 2, 3],
                reduction_type=EnumReductionType.FOLD,
            )
            self._validate_reducer_input(probe)
            return "healthy"

        except Exception:
            return "unhealthy"

    def _get_reduction_metrics_sync(self) -> dict[str, Any]:
        """Report the metrics of the node's work as they stand, without awaiting anything.

        Returns:
            The metrics of each kind of work and of what is open at the moment, or the
            status `unknown` with the error if they cannot be put together.
        """
        try:
            window_details: dict[str, dict[str, Any]] = {}
            for window_id, window in self.active_windows.items():
                window_details[window_id] = {
                    "buffer_size": len(window.buffer),
                    "window_size_ms": window.window_size_ms,
                }

            return {
                **self.reduction_metrics,
                "streaming_windows": {
                    "active_windows": len(self.active_windows),
                    "window_details": window_details,
                },
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get reduction metrics: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}

    def _get_reducer_resource_usage(self) -> dict[str, Any]:
        """Count what the node holds at this moment.

        Returns:
            The number of each kind of thing that it holds, and the limits that these have;
            or the status `unknown` if they cannot be counted.
        """
        try:
            return {
                "active_reduction_functions": len(self.reduction_functions),
                "streaming_windows_active": len(self.active_windows),
                "total_buffered_items": sum(
                    len(window.buffer) for window in self.active_windows.values()
                ),
                "max_memory_usage_mb": self.max_memory_usage_mb,
                "streaming_buffer_size": self.streaming_buffer_size,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get reducer resource usage: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"status": "unknown"}

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

    def _get_conflict_resolution_status(self) -> dict[str, Any]:
        """Describe how conflicts between values for the same key are settled.

        Returns:
            The strategies that inputs may name, and the kinds of values that can be merged.
        """
        return {
            "conflict_resolution_enabled": True,
            "supported_strategies": [strategy.value for strategy in EnumConflictResolution],
            "supports_custom_resolvers": True,
            "merge_capabilities": {
                "numeric_merge": True,
                "string_concatenation": True,
                "list_merging": True,
                "dict_merging": True,
            },
        }
