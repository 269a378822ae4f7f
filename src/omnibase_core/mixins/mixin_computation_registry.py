"""Registers computations by name, with those for tickets built in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event

if TYPE_CHECKING:
    from uuid import UUID


class MixinComputationRegistry:
    """Registers computations by name, with those for tickets built in.

    Needs `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `computation_registry`."""
        super().__init__(*args, **kwargs)
        # The function in charge of each kind of computation.
        self.computation_registry: dict[str, Callable[..., Any]] = {}

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
