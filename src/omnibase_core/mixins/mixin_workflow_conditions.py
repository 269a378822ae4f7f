"""Registers conditions by name and evaluates those of a step."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_workflow_execution import EnumBranchCondition
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.workflows.model_workflow_step_execution import ModelWorkflowStepExecution

if TYPE_CHECKING:
    from uuid import UUID


class MixinWorkflowConditions:
    """Registers conditions by name and evaluates those of a step.

    Needs `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `condition_functions`."""
        super().__init__(*args, **kwargs)
        # Conditions by name, the built-in ones first.
        self.condition_functions: dict[str, Callable[..., Any]] = {}

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
