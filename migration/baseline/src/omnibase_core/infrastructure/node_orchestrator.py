"""The node archetype for workflows.

An orchestrator node does no work of its own. It takes the steps of a workflow, decides in which
order and how many at a time they run, and hands the work of each step out as thunks: deferred
operations that name the kind of node which is to carry them out. Everything that this takes lives
in this module: the resolution of dependencies between steps, the sequential, parallel and batch
execution, conditions that skip steps, the emission of thunks, a load balancer, a limit on
concurrent workflows, and metrics about all of them.

A concrete node subclasses `NodeOrchestrator`, keeps a `contract.yaml` beside its module and passes
workflows to `process`:

    class OrderFlow(NodeOrchestrator):
        async def fulfil(self, steps: list[ModelWorkflowStepExecution]) -> bool:
            output = await self.process(
                ModelOrchestratorInput(workflow_id=uuid4(), steps=steps)
            )
            return output.steps_failed == 0

A step belongs to its workflow as an object: its state, its times, its results and its error are
written into the very object that the caller has passed in.
"""

import asyncio
import inspect
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_workflow_execution import (
    EnumBranchCondition,
    EnumExecutionMode,
    EnumThunkType,
    EnumWorkflowState,
)
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.load_balancer import LoadBalancer
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_contract_orchestrator import ModelContractOrchestrator
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.operations.model_orchestrator_output import ModelOrchestratorOutput
from omnibase_core.models.orchestrator.model_thunk import ModelThunk
from omnibase_core.models.workflows.model_dependency_graph import ModelDependencyGraph
from omnibase_core.models.workflows.model_workflow_step_execution import (
    ModelWorkflowStepExecution,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = [
    "EnumBranchCondition",
    "EnumCoreErrorCode",
    "EnumExecutionMode",
    "EnumThunkType",
    "EnumWorkflowState",
    "LoadBalancer",
    "LogLevel",
    "ModelDependencyGraph",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelOrchestratorInput",
    "ModelOrchestratorOutput",
    "ModelSchemaValue",
    "ModelThunk",
    "ModelWorkflowStepExecution",
    "NodeCoreBase",
    "NodeOrchestrator",
    "Path",
    "emit_log_event",
]


class NodeOrchestrator(NodeCoreBase):
    """A node that runs workflows step by step, side by side or in balanced batches.

    The class can be used as it is: the conditions that workflows commonly ask for are registered
    by the constructor. Subclasses add operations of their own, and callers may replace any limit,
    switch, table or semaphore while the node runs, because every method reads the attributes of
    the node anew each time it needs them.
    """

    def __init__(self, container: ModelONEXContainer) -> None:
        """Load the contract, set the limits and register the built-in conditions.

        Args:
            container: Where the node finds its collaborators, the event bus among them.

        Raises:
            ModelOnexError: If the container is None, or if no valid contract can be loaded.
        """
        super().__init__(container)

        # A node without a valid contract must not come into being, therefore the contract is
        # loaded before anything else is set up.
        self.contract_model: ModelContractOrchestrator = self._load_contract_model()

        # More workflows than this at a time wait for a free slot.
        self.max_concurrent_workflows: int = 5

        # How long a step is expected to take at most. It is reported to those who ask for the
        # node's configuration; the time in force is the one that each step carries.
        self.default_step_timeout_ms: int = 30000

        # Whether the work of the steps is handed out. Steps are run and counted all the same
        # when it is not.
        self.thunk_emission_enabled: bool = True

        # Whether the node claims to balance its load. It is reported, nothing else.
        self.load_balancing_enabled: bool = True

        # Whether the node claims to resolve dependencies. Whether it does so for a workflow is
        # decided by the flag of the same name that the input carries.
        self.dependency_resolution_enabled: bool = True

        # How many thunks the node is expected to hold at most, as it is reported.
        self.max_thunk_queue_size: int = 1000

        # Workflows in progress by the text of their id, so that the cleanup finds them.
        self.active_workflows: dict[str, ModelOrchestratorInput] = {}

        # How far each workflow has come, by the text of its id. Workflows that have ended are
        # kept, so that callers can still ask about them.
        self.workflow_states: dict[str, EnumWorkflowState] = {}

        # Hands out the slots of the balanced pass of batch workflows.
        self.load_balancer: LoadBalancer = LoadBalancer(max_concurrent_operations=20)

        # Everything that has been handed out, under the workflow that it was handed out for.
        # That is the id itself for workflows of this node, and whatever the caller of
        # `emit_thunk` has put into the operation data otherwise.
        self.emitted_thunks: dict[UUID | str, list[ModelThunk]] = {}

        # Holds the limit above. A workflow keeps its slot until its last step has ended.
        self.workflow_semaphore: asyncio.Semaphore = asyncio.Semaphore(
            self.max_concurrent_workflows
        )

        # Counters and times for each execution mode, created when it is first asked for.
        self.orchestration_metrics: dict[str, dict[str, float]] = {}

        # Conditions by name, the built-in ones first.
        self.condition_functions: dict[str, Callable[..., Any]] = {}

        self._register_builtin_conditions()

    def _load_contract_model(self) -> ModelContractOrchestrator:
        """Find, read, resolve and validate the contract of this node.

        The file is read as a generic mapping first, in which the references are resolved, and
        the model is built from the outcome.

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

            contract_model = ModelContractOrchestrator(**resolved_contract)

            # The constructor has run these rules already; they are run again for the sake of
            # contract classes that do not.
            contract_model.validate_node_specific_config()

            emit_log_event(
                LogLevel.INFO,
                "Contract model loaded successfully for NodeOrchestrator",
                {
                    "contract_type": "ModelContractOrchestrator",
                    "node_type": contract_model.node_type,
                    "version": contract_model.version,
                    "contract_path": str(contract_path),
                },
            )

            return contract_model

        except Exception as e:
            raise ModelOnexError(
                message=f"Contract model loading failed for NodeOrchestrator: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={
                    "contract_model_type": "ModelContractOrchestrator",
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
                            # A module that was made without a file counts as one in the
                            # current directory.
                            module_path = Path(module.__file__ or "")
                            contract_path: Path = module_path.parent / contract_filename
                            if contract_path.exists():
                                return contract_path
                frame = frame.f_back

            raise ModelOnexError(
                message="Could not find contract.yaml file for orchestrator node",
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

    async def process(self, input_data: ModelOrchestratorInput) -> ModelOrchestratorOutput:
        """Run one workflow.

        The workflow waits for a free slot, has its dependencies resolved if the input asks for
        it, and is run in the mode that the input names. Conditional and streaming workflows are
        run sequentially: conditions are evaluated there anyway, and nothing is streamed.

        Args:
            input_data: The steps, and how they are to be run. The steps are written into.

        Returns:
            How many steps have ended well and how many have failed, what they gave, and the
            thunks that were emitted for them.

        Raises:
            ModelOnexError: OPERATION_FAILED for every failure of the workflow as a whole, with
                the original error in the message and as `__cause__`. A failed step is such a
                failure only if the strategy of the input is `fail_fast`.
        """
        start_time = time.time()

        try:
            self._validate_orchestrator_input(input_data)

            async with self.workflow_semaphore:
                self.active_workflows[str(input_data.workflow_id)] = input_data
                self.workflow_states[str(input_data.workflow_id)] = EnumWorkflowState.RUNNING

                # Without a graph, the order of the steps in the input is their order.
                dependency_graph: ModelDependencyGraph | None = None
                if input_data.dependency_resolution_enabled:
                    dependency_graph = self._build_dependency_graph(input_data.steps)

                    # Steps that wait for each other would never become ready.
                    if dependency_graph.has_cycles():
                        raise ModelOnexError(
                            message="Workflow contains dependency cycles",
                            error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                            context={
                                "node_id": self.node_id,
                                "workflow_id": input_data.workflow_id,
                                "operation_id": input_data.operation_id,
                            },
                        )

                if input_data.execution_mode == EnumExecutionMode.PARALLEL:
                    output = await self._execute_parallel_workflow(input_data, dependency_graph)
                elif input_data.execution_mode == EnumExecutionMode.BATCH:
                    output = await self._execute_batch_workflow(input_data, dependency_graph)
                else:
                    output = await self._execute_sequential_workflow(input_data, dependency_graph)

                # The workflow has come to its end, whatever became of its single steps. These
                # are judged by the state in the output.
                self.workflow_states[str(input_data.workflow_id)] = EnumWorkflowState.COMPLETED

            processing_time_ms = (time.time() - start_time) * 1000

            await self._update_orchestration_metrics(
                input_data.execution_mode.value, processing_time_ms, True, len(input_data.steps)
            )
            await self._update_processing_metrics(processing_time_ms, True)

            emit_log_event(
                LogLevel.INFO,
                f"Workflow orchestration completed: {input_data.workflow_id}",
                {
                    "node_id": self.node_id,
                    "workflow_id": input_data.workflow_id,
                    "operation_id": input_data.operation_id,
                    "processing_time_ms": processing_time_ms,
                    "steps_completed": output.steps_completed,
                    "thunks_emitted": len(output.thunks_emitted),
                },
            )

            return output

        except Exception as e:
            processing_time_ms = (time.time() - start_time) * 1000

            # A workflow that was refused before it started has no state that could change.
            if str(input_data.workflow_id) in self.workflow_states:
                self.workflow_states[str(input_data.workflow_id)] = EnumWorkflowState.FAILED

            await self._update_orchestration_metrics(
                input_data.execution_mode.value, processing_time_ms, False, len(input_data.steps)
            )
            await self._update_processing_metrics(processing_time_ms, False)

            raise ModelOnexError(
                message=f"Workflow orchestration failed: {e!s}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": self.node_id,
                    "workflow_id": input_data.workflow_id,
                    "operation_id": input_data.operation_id,
                    "processing_time_ms": processing_time_ms,
                    "error": str(e),
                },
            ) from e

        finally:
            # The entry is missing when the workflow was refused before it started.
            self.active_workflows.pop(str(input_data.workflow_id), None)

    async def orchestrate_rsd_ticket_lifecycle(
        self,
        ticket_id: UUID,
        current_state: str,
        target_state: str,
        dependency_tickets: list[UUID] | None = None,
    ) -> dict[str, Any]:
        """Bring a ticket from one state to another as a workflow of this node.

        The workflow validates the present state, checks the tickets that the ticket depends on,
        if there are any, and carries out the transition.

        Args:
            ticket_id: The ticket in question.
            current_state: The state that it is expected to be in.
            target_state: The state that it is to reach.
            dependency_tickets: The tickets that it depends on.

        Returns:
            The ticket, the workflow and the transition as texts, how many steps have ended well,
            how long it took, how many thunks were emitted, and whether no step has failed.

        Raises:
            ModelOnexError: OPERATION_FAILED if the workflow itself fails. A failed step is
                passed over, so it shows in the result alone.
        """
        workflow_id = uuid4()

        steps = self._create_ticket_lifecycle_steps(
            ticket_id, current_state, target_state, dependency_tickets or []
        )

        orchestrator_input = ModelOrchestratorInput(
            workflow_id=workflow_id,
            steps=steps,
            execution_mode=EnumExecutionMode.SEQUENTIAL,
            dependency_resolution_enabled=True,
            failure_strategy="rollback",
            metadata={
                "ticket_id": ModelSchemaValue.from_value(str(ticket_id)),
                "current_state": ModelSchemaValue.from_value(current_state),
                "target_state": ModelSchemaValue.from_value(target_state),
                "rsd_operation": ModelSchemaValue.from_value("ticket_lifecycle"),
            },
        )

        output = await self.process(orchestrator_input)

        return {
            "ticket_id": str(ticket_id),
            "workflow_id": str(workflow_id),
            "state_transition": f"{current_state} -> {target_state}",
            "steps_completed": output.steps_completed,
            "processing_time_ms": output.processing_time_ms,
            "thunks_emitted": len(output.thunks_emitted),
            "success": output.workflow_state == EnumWorkflowState.COMPLETED,
        }

    async def emit_thunk(
        self,
        thunk_type: EnumThunkType,
        target_node_type: str,
        operation_data: dict[str, Any],
        dependencies: list[UUID] | None = None,
        priority: int = 1,
        timeout_ms: int = 30000,
    ) -> ModelThunk:
        """Hand out one deferred operation.

        The thunk is put down in the table of the node, under the workflow that the operation
        data name. Whoever dispatches thunks takes them from there.

        Args:
            thunk_type: The kind of the operation.
            target_node_type: The kind of node that is to carry it out.
            operation_data: What the operation works on. Its `workflow_id`, if there is one,
                decides where the thunk is put down.
            dependencies: The ids of the thunks that must have been carried out before.
            priority: How urgent the operation is, from 1 to 10.
            timeout_ms: How long the operation may take.

        Returns:
            The new thunk. It has an id of its own.
        """
        thunk = ModelThunk(
            thunk_id=uuid4(),
            thunk_type=thunk_type,
            target_node_type=target_node_type,
            operation_data=operation_data,
            dependencies=dependencies or [],
            priority=priority,
            timeout_ms=timeout_ms,
            retry_count=0,
            metadata={
                "emitted_by": self.node_id,
                "emission_time": datetime.now().isoformat(),
            },
        )

        # The workflow id is taken as it comes: an object stays an object.
        workflow_key = operation_data.get("workflow_id", "default")
        if workflow_key not in self.emitted_thunks:
            self.emitted_thunks[workflow_key] = []
        self.emitted_thunks[workflow_key].append(thunk)

        emit_log_event(
            LogLevel.INFO,
            f"Thunk emitted: {thunk_type.value} -> {target_node_type}",
            {
                "node_id": self.node_id,
                "thunk_id": thunk.thunk_id,
                "thunk_type": thunk_type.value,
                "target_node_type": target_node_type,
                "priority": priority,
                "dependencies": len(dependencies or []),
            },
        )

        return thunk

    def register_condition_function(
        self,
        condition_name: str,
        function: Callable[..., Any],
    ) -> None:
        """Add a condition under a name that is still free.

        Args:
            condition_name: The name of the condition.
            function: What decides it. It is called with the step and with the results so far.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the name is taken or if the function cannot be
                called.
        """
        if condition_name in self.condition_functions:
            raise ModelOnexError(
                message=f"Condition function already registered: {condition_name}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={"node_id": self.node_id, "condition_name": condition_name},
            )

        if not callable(function):
            raise ModelOnexError(
                message=f"Condition function must be callable: {condition_name}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={"node_id": self.node_id, "condition_name": condition_name},
            )

        self.condition_functions[condition_name] = function

        emit_log_event(
            LogLevel.INFO,
            f"Condition function registered: {condition_name}",
            {"node_id": self.node_id, "condition_name": condition_name},
        )

    async def get_orchestration_metrics(self) -> dict[str, dict[str, float]]:
        """Report counters and times, the load balancer and the workflows in one mapping.

        Every figure is a float, counts included, so that the report can be fed to a metrics
        store without a look at its keys.

        Returns:
            One entry for each execution mode asked for so far, one called `load_balancing` and
            one called `workflow_management`.
        """
        load_balancer_stats = self.load_balancer.get_stats()

        return {
            **self.orchestration_metrics,
            "load_balancing": {
                "active_operations": float(load_balancer_stats["active_operations"]),
                "max_concurrent": float(load_balancer_stats["max_concurrent"]),
                "utilization": float(load_balancer_stats["utilization"]),
                "total_operations": float(load_balancer_stats["total_operations"]),
            },
            "workflow_management": {
                "active_workflows": float(len(self.active_workflows)),
                "max_concurrent_workflows": float(self.max_concurrent_workflows),
                "total_thunks_emitted": float(
                    sum(len(thunks) for thunks in self.emitted_thunks.values())
                ),
                "condition_functions_registered": float(len(self.condition_functions)),
            },
        }

    async def _initialize_node_resources(self) -> None:
        """Announce the limits that the node starts with.

        Nothing has to be acquired: the semaphore, the load balancer and the conditions exist
        since the construction.
        """
        emit_log_event(
            LogLevel.INFO,
            "NodeOrchestrator resources initialized",
            {
                "node_id": self.node_id,
                "max_concurrent_workflows": self.max_concurrent_workflows,
                "thunk_emission_enabled": self.thunk_emission_enabled,
            },
        )

    async def _cleanup_node_resources(self) -> None:
        """Cancel every workflow that is still in progress and forget the emitted thunks.

        The steps that run at this moment are not interrupted. The states of all workflows are
        kept, those of the cancelled ones included.
        """
        for workflow_id in list(self.active_workflows.keys()):
            self.workflow_states[workflow_id] = EnumWorkflowState.CANCELLED
            emit_log_event(
                LogLevel.WARNING,
                f"Cancelled active workflow during cleanup: {workflow_id}",
                {"node_id": self.node_id, "workflow_id": workflow_id},
            )

        self.active_workflows.clear()
        self.emitted_thunks.clear()

        emit_log_event(
            LogLevel.INFO,
            "NodeOrchestrator resources cleaned up",
            {"node_id": self.node_id},
        )

    def _validate_orchestrator_input(self, input_data: ModelOrchestratorInput) -> None:
        """Refuse an input that no workflow could be made of.

        The input model allows a workflow without steps, since such inputs are also kept as
        templates. To run one makes no sense, therefore it is refused here.

        Args:
            input_data: The input to look at.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the input is missing, if it has no workflow id or
                no steps, or if its execution mode is not a member of the enum.
        """
        self._validate_input_data(input_data)

        if not input_data.workflow_id:
            raise ModelOnexError(
                message="Workflow ID cannot be empty",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "operation_id": input_data.operation_id,
                },
            )

        if not input_data.steps:
            raise ModelOnexError(
                message="Workflow must have at least one step",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "workflow_id": input_data.workflow_id,
                },
            )

        if not isinstance(input_data.execution_mode, EnumExecutionMode):
            raise ModelOnexError(
                message="Execution mode must be valid EnumExecutionMode enum",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "execution_mode": str(input_data.execution_mode),
                },
            )

    def _build_dependency_graph(
        self,
        steps: list[ModelWorkflowStepExecution],
    ) -> ModelDependencyGraph:
        """Work out which step has to wait for which other one.

        Dependencies are declared between thunks. A step waits for another one as soon as any of
        its thunks waits for any thunk of the other.

        Args:
            steps: The steps of the workflow.

        Returns:
            The graph with all steps. Dependencies on thunks that no step has are left out. A
            thunk that waits for another thunk of its own step makes the step wait for itself.
        """
        dependency_graph = ModelDependencyGraph()

        # All steps must be known before the first edge is drawn.
        for step in steps:
            dependency_graph.add_step(step)

        for step in steps:
            for thunk in step.thunks:
                for dependency_id in thunk.dependencies:
                    for owner in steps:
                        if any(owned.thunk_id == dependency_id for owned in owner.thunks):
                            dependency_graph.add_dependency(str(owner.step_id), str(step.step_id))
                            # The first step that has the thunk is its owner.
                            break

        return dependency_graph

    async def _execute_sequential_workflow(
        self,
        input_data: ModelOrchestratorInput,
        dependency_graph: ModelDependencyGraph | None,
    ) -> ModelOrchestratorOutput:
        """Run the steps of a workflow one after the other.

        A step whose condition does not hold is skipped. It is not counted and keeps its state,
        and the steps that depend on it are run all the same, just like those that depend on a
        failed one.

        Args:
            input_data: The workflow.
            dependency_graph: Decides about the order; without it the order of the input holds.

        Returns:
            The outcome of the workflow.

        Raises:
            Exception: The error of the first step that fails, unchanged, if the strategy of the
                input is `fail_fast`.
        """
        steps_completed = 0
        steps_failed = 0
        thunks_emitted: list[ModelThunk] = []
        results: list[Any] = []

        if dependency_graph is not None:
            execution_order = self._get_topological_order(dependency_graph)
            ordered_steps = [dependency_graph.nodes[step_id] for step_id in execution_order]
        else:
            ordered_steps = list(input_data.steps)

        for step in ordered_steps:
            try:
                if step.condition is not None and not await self._evaluate_condition(
                    step, results
                ):
                    emit_log_event(
                        LogLevel.INFO,
                        f"Step skipped due to condition: {step.step_name}",
                        {"step_id": step.step_id, "condition": step.condition.value},
                    )
                    continue

                step.state = EnumWorkflowState.RUNNING
                step.started_at = datetime.now()

                step_results: list[Any] = []
                for thunk in step.thunks:
                    if self.thunk_emission_enabled:
                        # The receiver must be able to tell which workflow it works for, so the
                        # id joins the data of the operation.
                        emitted_thunk = await self.emit_thunk(
                            thunk_type=thunk.thunk_type,
                            target_node_type=thunk.target_node_type,
                            operation_data={
                                **thunk.operation_data,
                                "workflow_id": input_data.workflow_id,
                            },
                            dependencies=thunk.dependencies,
                            priority=thunk.priority,
                            timeout_ms=thunk.timeout_ms,
                        )
                        thunks_emitted.append(emitted_thunk)

                    # The results speak of the thunks that the caller knows, and not of those
                    # that were emitted in their place.
                    step_results.append({"thunk_id": str(thunk.thunk_id), "status": "executed"})

                step.results = step_results
                step.state = EnumWorkflowState.COMPLETED
                step.completed_at = datetime.now()
                steps_completed += 1
                results.extend(step_results)

                if dependency_graph is not None:
                    dependency_graph.mark_completed(step.step_id)

            except Exception as e:
                step.state = EnumWorkflowState.FAILED
                step.error = e
                steps_failed += 1

                if input_data.failure_strategy == "fail_fast":
                    raise

        processing_time_ms = (datetime.now() - input_data.timestamp).total_seconds() * 1000

        return ModelOrchestratorOutput(
            workflow_id=input_data.workflow_id,
            operation_id=input_data.operation_id,
            workflow_state=(
                EnumWorkflowState.COMPLETED if steps_failed == 0 else EnumWorkflowState.FAILED
            ),
            steps_completed=steps_completed,
            steps_failed=steps_failed,
            thunks_emitted=thunks_emitted,
            processing_time_ms=processing_time_ms,
            results=results,
            metadata={"execution_mode": ModelSchemaValue.from_value("sequential")},
        )

    async def _execute_parallel_workflow(
        self,
        input_data: ModelOrchestratorInput,
        dependency_graph: ModelDependencyGraph | None,
    ) -> ModelOrchestratorOutput:
        """Run the steps of a workflow side by side.

        With a graph, the steps are run in waves: everything that waits for nothing is started
        together, up to the limit of the input, and the next wave begins when all of it has
        ended. Without a graph there is a single wave, whose failures are counted and nothing
        else. Conditions are not evaluated in either case.

        Args:
            input_data: The workflow.
            dependency_graph: Decides which steps are ready; without it all of them are.

        Returns:
            The outcome of the workflow. Steps that wait for a failed one are never run and are
            not counted.

        Raises:
            Exception: The error of the first failed step of a wave, unchanged, if there is a
                graph and the strategy of the input is `fail_fast`.
        """
        steps_completed = 0
        steps_failed = 0
        parallel_executions = 0
        thunks_emitted: list[ModelThunk] = []
        results: list[Any] = []

        if dependency_graph is not None:
            while True:
                ready_step_ids = dependency_graph.get_ready_steps()
                ready_steps = [
                    step for step in input_data.steps if str(step.step_id) in ready_step_ids
                ]

                # Either everything has been run, or what is left waits for a failed step.
                if not ready_steps:
                    break

                parallel_executions += 1

                wave = [
                    (
                        step,
                        asyncio.create_task(
                            self._execute_single_step(step, input_data.workflow_id)
                        ),
                    )
                    for step in ready_steps[: input_data.max_parallel_steps]
                ]

                for step, task in wave:
                    try:
                        step_results = await task

                        step.state = EnumWorkflowState.COMPLETED
                        steps_completed += 1
                        results.extend(step_results)
                        dependency_graph.mark_completed(step.step_id)

                        for thunk in step.thunks:
                            if self.thunk_emission_enabled:
                                emitted_thunk = await self.emit_thunk(
                                    thunk_type=thunk.thunk_type,
                                    target_node_type=thunk.target_node_type,
                                    operation_data={
                                        **thunk.operation_data,
                                        "workflow_id": input_data.workflow_id,
                                    },
                                    dependencies=thunk.dependencies,
                                    priority=thunk.priority,
                                    timeout_ms=thunk.timeout_ms,
                                )
                                thunks_emitted.append(emitted_thunk)

                    except Exception as e:
                        step.state = EnumWorkflowState.FAILED
                        step.error = e
                        steps_failed += 1

                        if input_data.failure_strategy == "fail_fast":
                            # Nobody will wait for the rest of the wave any more.
                            for _, other_task in wave:
                                if not other_task.done():
                                    other_task.cancel()
                            raise

        else:
            parallel_executions = 1

            wave = [
                (
                    step,
                    asyncio.create_task(self._execute_single_step(step, input_data.workflow_id)),
                )
                for step in input_data.steps[: input_data.max_parallel_steps]
            ]

            for step, task in wave:
                try:
                    step_results = await task

                    step.state = EnumWorkflowState.COMPLETED
                    steps_completed += 1
                    results.extend(step_results)

                except Exception as e:
                    # All steps have been started already, so there is nothing left to stop.
                    step.state = EnumWorkflowState.FAILED
                    step.error = e
                    steps_failed += 1

        processing_time_ms = (datetime.now() - input_data.timestamp).total_seconds() * 1000

        return ModelOrchestratorOutput(
            workflow_id=input_data.workflow_id,
            operation_id=input_data.operation_id,
            workflow_state=(
                EnumWorkflowState.COMPLETED if steps_failed == 0 else EnumWorkflowState.FAILED
            ),
            steps_completed=steps_completed,
            steps_failed=steps_failed,
            thunks_emitted=thunks_emitted,
            processing_time_ms=processing_time_ms,
            parallel_executions=parallel_executions,
            results=results,
            metadata={"execution_mode": ModelSchemaValue.from_value("parallel")},
        )

    async def _execute_batch_workflow(
        self,
        input_data: ModelOrchestratorInput,
        dependency_graph: ModelDependencyGraph | None,
    ) -> ModelOrchestratorOutput:
        """Run the steps of a workflow in balanced groups, and then in their order.

        The first pass takes the steps kind by kind, each in a slot of the load balancer. The
        second pass is a sequential run of the whole workflow, which evaluates the conditions,
        emits the thunks and counts the steps. Every step that has thunks is run by both of them.

        Args:
            input_data: The workflow.
            dependency_graph: Decides about the order of the second pass.

        Returns:
            The outcome of the second pass, with the number of slots that the first one took.

        Raises:
            Exception: The error of a step that fails in the first pass, unchanged and whatever
                the strategy of the input is, or that of the second pass as for a sequential
                workflow.
        """
        load_balanced_operations = 0

        step_groups = self._group_steps_by_type(input_data.steps)

        for group_steps in step_groups.values():
            for step in group_steps:
                if await self.load_balancer.acquire(str(step.step_id)):
                    load_balanced_operations += 1
                    try:
                        await self._execute_single_step(step, input_data.workflow_id)
                    finally:
                        # A slot that is not given back is lost to all later workflows.
                        self.load_balancer.release(str(step.step_id))

        output = await self._execute_sequential_workflow(input_data, dependency_graph)

        output.load_balanced_operations = load_balanced_operations
        output.metadata["execution_mode"] = ModelSchemaValue.from_value("batch")

        return output

    async def _execute_single_step(
        self,
        step: ModelWorkflowStepExecution,
        workflow_id: UUID | str,
    ) -> list[Any]:
        """Run one step by itself, without the emission of its thunks.

        The step is left in the state `running`: whoever has started it decides what becomes of
        it.

        Args:
            step: The step to run. Its times and its results are written into it.
            workflow_id: The workflow that the step belongs to.

        Returns:
            One entry for each thunk of the step, which says what was done for whom and when.
        """
        step.state = EnumWorkflowState.RUNNING
        step.started_at = datetime.now()

        results: list[Any] = []
        for thunk in step.thunks:
            results.append(
                {
                    "thunk_id": str(thunk.thunk_id),
                    "thunk_type": thunk.thunk_type.value,
                    "target_node_type": thunk.target_node_type,
                    "status": "executed",
                    "execution_time": datetime.now().isoformat(),
                }
            )

        step.results = results
        step.completed_at = datetime.now()

        return results

    async def _evaluate_condition(
        self,
        step: ModelWorkflowStepExecution,
        previous_results: list[Any],
    ) -> bool:
        """Decide whether a step is run.

        Args:
            step: The step with its condition.
            previous_results: The results of the steps before it.

        Returns:
            False for a step that is never run, the answer of its own function for a step with a
            custom condition, and True for all others. That includes the conditions about errors,
            successes and timeouts, which concern steps that have been run already.
        """
        if step.condition is None:
            return True

        if step.condition == EnumBranchCondition.IF_TRUE:
            return True

        if step.condition == EnumBranchCondition.IF_FALSE:
            return False

        if step.condition == EnumBranchCondition.CUSTOM and step.condition_function is not None:
            return bool(step.condition_function(step, previous_results))

        return True

    def _get_topological_order(self, dependency_graph: ModelDependencyGraph) -> list[str]:
        """Bring steps into an order in which each comes after those it waits for.

        Args:
            dependency_graph: The graph, which is left as it is.

        Returns:
            The ids of the steps. Steps that could run at the same time come in the order in
            which the graph has learnt of them, and steps on a cycle are missing.
        """
        # The counts are used up on the way, and the graph still needs its own.
        in_degree = dict(dependency_graph.in_degree)

        queue = [step_id for step_id, degree in in_degree.items() if degree == 0]
        order: list[str] = []

        while queue:
            current = queue.pop(0)
            order.append(current)

            for dependent in dependency_graph.edges.get(current, []):
                in_degree[dependent] -= 1
                if in_degree[dependent] == 0:
                    queue.append(dependent)

        return order

    def _group_steps_by_type(
        self,
        steps: list[ModelWorkflowStepExecution],
    ) -> dict[str, list[ModelWorkflowStepExecution]]:
        """Sort steps by the kind of work that they begin with.

        Args:
            steps: The steps of a workflow.

        Returns:
            The steps by the type of their first thunk. Steps without thunks are left out, there
            is no work in them that could be balanced.
        """
        groups: dict[str, list[ModelWorkflowStepExecution]] = {}

        for step in steps:
            if step.thunks:
                group_key = step.thunks[0].thunk_type.value
                if group_key not in groups:
                    groups[group_key] = []
                groups[group_key].append(step)

        return groups

    def _create_ticket_lifecycle_steps(
        self,
        ticket_id: UUID,
        current_state: str,
        target_state: str,
        dependencies: list[UUID],
    ) -> list[ModelWorkflowStepExecution]:
        """Make the steps that bring a ticket from one state to another.

        Args:
            ticket_id: The ticket in question.
            current_state: The state that it is expected to be in.
            target_state: The state that it is to reach.
            dependencies: The tickets that it depends on.

        Returns:
            The validation, the check of the dependencies if there are any, and the transition,
            which waits for both. The ids of tickets are texts in the data of the operations.
        """
        steps: list[ModelWorkflowStepExecution] = []

        validation_thunk = ModelThunk(
            thunk_id=uuid4(),
            thunk_type=EnumThunkType.COMPUTE,
            target_node_type="NodeCompute",
            operation_data={
                "computation_type": "state_validation",
                "ticket_id": str(ticket_id),
                "current_state": current_state,
            },
            dependencies=[],
            priority=1,
            timeout_ms=5000,
            retry_count=0,
        )

        steps.append(
            ModelWorkflowStepExecution(
                step_name="Validate Current State",
                execution_mode=EnumExecutionMode.SEQUENTIAL,
                thunks=[validation_thunk],
            )
        )

        # Whatever has to be done before the transition is collected here.
        transition_dependencies = [validation_thunk.thunk_id]

        if dependencies:
            dependency_thunk = ModelThunk(
                thunk_id=uuid4(),
                thunk_type=EnumThunkType.REDUCE,
                target_node_type="NodeReducer",
                operation_data={
                    "reduction_type": "dependency_check",
                    "ticket_id": str(ticket_id),
                    "dependencies": [str(dependency) for dependency in dependencies],
                },
                dependencies=[validation_thunk.thunk_id],
                priority=1,
                timeout_ms=10000,
                retry_count=0,
            )

            steps.append(
                ModelWorkflowStepExecution(
                    step_name="Check Dependencies",
                    execution_mode=EnumExecutionMode.SEQUENTIAL,
                    thunks=[dependency_thunk],
                )
            )

            transition_dependencies.append(dependency_thunk.thunk_id)

        transition_thunk = ModelThunk(
            thunk_id=uuid4(),
            thunk_type=EnumThunkType.EFFECT,
            target_node_type="NodeEffect",
            operation_data={
                "effect_type": "ticket_state_transition",
                "ticket_id": str(ticket_id),
                "from_state": current_state,
                "to_state": target_state,
            },
            dependencies=transition_dependencies,
            priority=2,
            timeout_ms=15000,
            # It is the only one of the three that touches the world, so it alone may fail in
            # passing.
            retry_count=1,
        )

        steps.append(
            ModelWorkflowStepExecution(
                step_name="Execute State Transition",
                execution_mode=EnumExecutionMode.SEQUENTIAL,
                thunks=[transition_thunk],
            )
        )

        return steps

    async def _update_orchestration_metrics(
        self,
        execution_mode: str,
        processing_time_ms: float,
        success: bool,
        steps_count: int,
    ) -> None:
        """Count one more workflow of a mode and take its time and its steps into the figures.

        Failures count for the times as well: a slow failure is as much of a burden as a slow
        success.

        Args:
            execution_mode: The value of the execution mode.
            processing_time_ms: How long the workflow took.
            success: Whether it succeeded.
            steps_count: How many steps it has, whether they were run or not.
        """
        if execution_mode not in self.orchestration_metrics:
            self.orchestration_metrics[execution_mode] = {
                "total_workflows": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
                "total_steps_processed": 0.0,
                "avg_steps_per_workflow": 0.0,
            }

        metrics = self.orchestration_metrics[execution_mode]
        metrics["total_workflows"] += 1
        metrics["total_steps_processed"] += steps_count

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
        total_workflows = metrics["total_workflows"]
        current_average = metrics["avg_processing_time_ms"]
        metrics["avg_processing_time_ms"] = (
            current_average * (total_workflows - 1) + processing_time_ms
        ) / total_workflows

        metrics["avg_steps_per_workflow"] = metrics["total_steps_processed"] / total_workflows

    def _register_builtin_conditions(self) -> None:
        """Put the conditions that workflows commonly ask for into the table.

        They are stored directly. The public registration would announce each of them, which is
        meant for the conditions that callers add.
        """

        def always_true(step: ModelWorkflowStepExecution, previous_results: list[Any]) -> bool:
            """Hold for every step.

            Args:
                step: Not used.
                previous_results: Not used.

            Returns:
                True.
            """
            return True

        def always_false(step: ModelWorkflowStepExecution, previous_results: list[Any]) -> bool:
            """Hold for no step at all.

            Args:
                step: Not used.
                previous_results: Not used.

            Returns:
                False.
            """
            return False

        def has_previous_results(
            step: ModelWorkflowStepExecution, previous_results: list[Any]
        ) -> bool:
            """Hold if anything has been done before the step.

            Args:
                step: Not used.
                previous_results: The results so far.

            Returns:
                Whether there are any.
            """
            return len(previous_results) > 0

        def previous_step_success(
            step: ModelWorkflowStepExecution, previous_results: list[Any]
        ) -> bool:
            """Hold if the latest result speaks of a success.

            Args:
                step: Not used.
                previous_results: The results so far.

            Returns:
                True if there are none yet; otherwise whether the last one is a mapping with the
                status `executed`.
            """
            if not previous_results:
                return True

            last_result = previous_results[-1]
            return isinstance(last_result, dict) and last_result.get("status") == "executed"

        self.condition_functions["always_true"] = always_true
        self.condition_functions["always_false"] = always_false
        self.condition_functions["has_previous_results"] = has_previous_results
        self.condition_functions["previous_step_success"] = previous_step_success

    async def get_introspection_data(self) -> dict[str, Any]:
        """Describe what this node is, what it can do and how it fares.

        Returns:
            Capabilities, contract details, run-time information, the management of workflows,
            the configuration and the support for tickets. If any part of it cannot be made, a
            reduced description with the reason is returned instead.
        """
        try:
            return {
                "node_capabilities": {
                    "node_type": "NodeOrchestrator",
                    "node_classification": "orchestrator",
                    "node_id": self.node_id,
                    "version": self.version,
                    "created_at": self.created_at.isoformat(),
                    "current_status": self.state.get("status", "unknown"),
                    "architecture_classification": "workflow_coordination_and_control_flow",
                    "orchestration_patterns": [
                        "sequential",
                        "parallel",
                        "conditional",
                        "batch",
                        "streaming",
                    ],
                    "thunk_emission_patterns": [
                        "compute",
                        "effect",
                        "reduce",
                        "orchestrate",
                        "custom",
                    ],
                    "available_operations": self._extract_orchestrator_operations(),
                    "input_output_specifications": (
                        self._extract_orchestrator_io_specifications()
                    ),
                    "performance_characteristics": (
                        self._extract_orchestrator_performance_characteristics()
                    ),
                },
                "contract_details": {
                    "contract_type": "ModelContractOrchestrator",
                    "contract_validation_status": "validated",
                    "workflow_configuration": self._extract_workflow_configuration(),
                    "coordination_constraints": self._extract_coordination_constraints(),
                    "supported_execution_modes": [mode.value for mode in EnumExecutionMode],
                    "supported_thunk_types": [thunk_type.value for thunk_type in EnumThunkType],
                    "supported_branch_conditions": [
                        condition.value for condition in EnumBranchCondition
                    ],
                },
                "runtime_information": {
                    "current_health_status": self._get_orchestrator_health_status(),
                    "orchestration_metrics": self._get_orchestration_metrics_sync(),
                    "resource_usage": self._get_orchestrator_resource_usage(),
                    "workflow_state": self._get_workflow_state(),
                    "thunk_emission_status": self._get_thunk_emission_status(),
                },
                "workflow_management_information": {
                    "thunk_emission_enabled": self.thunk_emission_enabled,
                    "load_balancing_enabled": self.load_balancing_enabled,
                    "dependency_resolution_enabled": self.dependency_resolution_enabled,
                    "condition_functions_registered": list(self.condition_functions.keys()),
                    "condition_function_count": len(self.condition_functions),
                    "supports_conditional_branching": True,
                    "supports_parallel_execution": True,
                    "supports_dependency_management": True,
                    "supports_rsd_workflow_management": True,
                },
                "configuration_details": {
                    "max_parallel_workflows": self.max_concurrent_workflows,
                    "default_step_timeout_ms": self.default_step_timeout_ms,
                    "max_thunk_queue_size": self.max_thunk_queue_size,
                    "workflow_configuration": {
                        "supports_nested_workflows": False,
                        "supports_dynamic_branching": True,
                        "supports_parallel_coordination": True,
                        "failure_strategies": ["fail_fast", "continue_on_error", "retry"],
                    },
                    "thunk_configuration": {
                        "emission_enabled": self.thunk_emission_enabled,
                        "queue_size_limit": self.max_thunk_queue_size,
                        "priority_based_execution": True,
                        "timeout_configuration": True,
                    },
                },
                "rsd_specific_information": {
                    "supports_ticket_lifecycle_transitions": True,
                    "supports_dependency_aware_execution": True,
                    "supports_batch_processing_coordination": True,
                    "supports_error_recovery_workflows": True,
                    "rsd_workflow_operations": [
                        "ticket_lifecycle_state_transitions",
                        "dependency_aware_execution_ordering",
                        "batch_processing_coordination",
                        "partial_failure_handling",
                    ],
                    "thunk_types_for_rsd": [
                        "compute_priority_calculations",
                        "effect_state_transitions",
                        "reduce_dependency_analysis",
                        "orchestrate_multi_ticket_workflows",
                    ],
                },
                "introspection_metadata": {
                    "generated_at": str(time.time()),
                    "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                    "node_type": "NodeOrchestrator",
                    "supports_full_introspection": True,
                    "specialization": (
                        "workflow_coordination_with_thunk_emission_and_parallel_execution"
                    ),
                },
            }

        except Exception as e:
            # Whoever asks is often looking for the cause of a trouble already, so a partial
            # answer is worth more to them than an error.
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to generate full orchestrator introspection data: {e!s}, using fallback",
                {"node_id": self.node_id, "error": str(e)},
            )

            return {
                "node_capabilities": {
                    "node_type": "NodeOrchestrator",
                    "node_classification": "orchestrator",
                    "node_id": self.node_id,
                },
                "runtime_information": {
                    "current_health_status": "unknown",
                    "condition_function_count": len(self.condition_functions),
                },
                "introspection_metadata": {
                    "generated_at": str(time.time()),
                    "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                    "supports_full_introspection": False,
                    "fallback_reason": str(e),
                },
            }

    def _extract_orchestrator_operations(self) -> list[str]:
        """List the names of everything that callers can ask of this node.

        Returns:
            The general operations, one `execute_<mode>_workflow` for each execution mode, and
            the parts of the workflow handling and of the ticket handling. If a mode is odd, what
            was listed before it.
        """
        operations = [
            "process",
            "emit_thunk",
            "execute_workflow",
            "coordinate_execution",
        ]

        try:
            for execution_mode in EnumExecutionMode:
                operations.append(f"execute_{execution_mode.value}_workflow")

            operations.extend(
                [
                    "create_ticket_lifecycle_steps",
                    "evaluate_condition",
                    "manage_dependencies",
                    "coordinate_parallel_execution",
                ]
            )

            operations.extend(
                [
                    "ticket_lifecycle_transition",
                    "dependency_aware_execution",
                    "batch_processing_coordination",
                ]
            )

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract all orchestrator operations: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )

        return operations

    def _extract_orchestrator_io_specifications(self) -> dict[str, Any]:
        """Describe what goes into the node and what comes out of it.

        Returns:
            The import paths of the two models, the modes, thunk types and conditions that inputs
            may name, and what is required of an input and guaranteed of an output.
        """
        return {
            "input_model": (
                "omnibase_core.infrastructure.node_orchestrator.ModelOrchestratorInput"
            ),
            "output_model": (
                "omnibase_core.infrastructure.node_orchestrator.ModelOrchestratorOutput"
            ),
            "supports_streaming": False,
            "supports_batch_processing": True,
            "supports_parallel_coordination": True,
            "execution_modes": [mode.value for mode in EnumExecutionMode],
            "thunk_types": [thunk_type.value for thunk_type in EnumThunkType],
            "branch_conditions": [condition.value for condition in EnumBranchCondition],
            "input_requirements": ["workflow_id", "steps"],
            "output_guarantees": [
                "workflow_state",
                "steps_completed",
                "thunks_emitted",
                "processing_time_ms",
            ],
        }

    def _extract_orchestrator_performance_characteristics(self) -> dict[str, Any]:
        """Describe how the node is expected to perform under its present limits.

        Returns:
            The expected response time, the throughput and the traits of workflows in general.
        """
        return {
            "expected_response_time_ms": "varies_by_workflow_complexity_and_step_count",
            "throughput_capacity": f"up_to_{self.max_concurrent_workflows}_concurrent_workflows",
            "memory_usage_pattern": "workflow_state_tracking_with_thunk_queuing",
            "cpu_intensity": "low_to_medium_coordination_overhead",
            "supports_parallel_processing": True,
            "caching_enabled": False,
            "performance_monitoring": True,
            "deterministic_operations": False,
            "side_effects": True,
            "coordination_overhead": "minimal",
            "thunk_emission_performance": "async_non_blocking",
            "dependency_resolution_efficiency": "topological_sorting_based",
        }

    def _extract_workflow_configuration(self) -> dict[str, Any]:
        """Describe the limits and the switches that workflows of this node are run under.

        Returns:
            All of them; or the limit of parallel workflows alone, if one of the others cannot be
            read.
        """
        try:
            return {
                "max_parallel_workflows": self.max_concurrent_workflows,
                "default_step_timeout_ms": self.default_step_timeout_ms,
                "max_thunk_queue_size": self.max_thunk_queue_size,
                "thunk_emission_enabled": self.thunk_emission_enabled,
                "load_balancing_enabled": self.load_balancing_enabled,
                "dependency_resolution_enabled": self.dependency_resolution_enabled,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract workflow configuration: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"max_parallel_workflows": self.max_concurrent_workflows}

    def _extract_coordination_constraints(self) -> dict[str, Any]:
        """Describe the conditions under which this node works.

        Returns:
            What the node needs, what it supports and the limits it keeps.
        """
        return {
            "requires_container": True,
            "supports_nested_workflows": False,
            "supports_conditional_branching": True,
            "supports_parallel_execution": True,
            "max_parallel_workflows": self.max_concurrent_workflows,
            "default_step_timeout_ms": self.default_step_timeout_ms,
            "thunk_emission_required_for_coordination": True,
            "dependency_resolution_automatic": True,
            "failure_recovery_configurable": True,
        }

    def _get_orchestrator_health_status(self) -> str:
        """Judge the health of the node by whether it still accepts a plain input.

        Returns:
            `healthy`, or `unhealthy` if the validation refuses the input.
        """
        try:
            probe = ModelOrchestratorInput(
                workflow_id=uuid4(),
                steps=[
                    ModelWorkflowStepExecution(
                        step_name="health_check",
                        execution_mode=EnumExecutionMode.SEQUENTIAL,
                    )
                ],
            )
            self._validate_orchestrator_input(probe)
            return "healthy"

        except Exception:
            return "unhealthy"

    def _get_orchestration_metrics_sync(self) -> dict[str, Any]:
        """Report the metrics with the state of the balancer, for callers that cannot await.

        Returns:
            One entry for each execution mode asked for so far, what the load balancer holds, and
            the names of the conditions; or the status `unknown` with the error if they cannot be
            put together.
        """
        try:
            return {
                **self.orchestration_metrics,
                "load_balancer_status": {
                    "enabled": self.load_balancing_enabled,
                    "active_operations": len(self.load_balancer.active_operations),
                },
                "condition_functions": {
                    "registered_count": len(self.condition_functions),
                    "available_conditions": list(self.condition_functions.keys()),
                },
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get orchestration metrics: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}

    def _get_orchestrator_resource_usage(self) -> dict[str, Any]:
        """Count what the node holds at this moment.

        Returns:
            The number of conditions, the limits and the switches; or the status `unknown` if
            they cannot be read.
        """
        try:
            return {
                "condition_functions_registered": len(self.condition_functions),
                "max_parallel_workflows": self.max_concurrent_workflows,
                "max_thunk_queue_size": self.max_thunk_queue_size,
                "thunk_emission_enabled": self.thunk_emission_enabled,
                "load_balancing_enabled": self.load_balancing_enabled,
                "dependency_resolution_enabled": self.dependency_resolution_enabled,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get orchestrator resource usage: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"status": "unknown"}

    def _get_workflow_state(self) -> dict[str, Any]:
        """Sum up the workflows that have been run so far.

        The figures come from the metrics, and these speak of workflows that have ended.
        Workflows in progress or in wait are therefore always given as none.

        Returns:
            How many workflows have succeeded and how many have failed, and the modes they were
            run in; or the status `unknown` with the error if they cannot be summed up.
        """
        try:
            return {
                "active_workflows": 0,
                "queued_workflows": 0,
                "completed_workflows_count": sum(
                    metrics["success_count"] for metrics in self.orchestration_metrics.values()
                ),
                "failed_workflows_count": sum(
                    metrics["error_count"] for metrics in self.orchestration_metrics.values()
                ),
                "workflow_execution_modes_used": list(self.orchestration_metrics.keys()),
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get workflow state: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}

    def _get_thunk_emission_status(self) -> dict[str, Any]:
        """Describe how the node emits thunks at this moment.

        Returns:
            Whether it does and up to which limit, the types that there are, and what the
            emission can do.
        """
        return {
            "thunk_emission_enabled": self.thunk_emission_enabled,
            "max_thunk_queue_size": self.max_thunk_queue_size,
            "supported_thunk_types": [thunk_type.value for thunk_type in EnumThunkType],
            "thunk_emission_performance": "async_non_blocking",
            "priority_based_emission": True,
            "timeout_configurable": True,
        }
