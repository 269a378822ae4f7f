"""Which subcontracts a node of each type must and must not have."""

from collections.abc import Iterator, Mapping
from typing import Final

from omnibase_core.models.utils.validation_error import validation_error

__all__ = ["ModelSubcontractConstraintValidator"]

_FORBIDDEN: Final[Mapping[str, Mapping[str, str]]] = {
    "compute": {
        "state_management": "Use a reducer node to keep state",
        "aggregation": "Use a reducer node to aggregate",
        "state_transitions": "Use a reducer node for state machines",
    },
    "effect": {
        "state_management": "Use a reducer node to keep state",
        "aggregation": "Use a reducer node to aggregate",
    },
    "orchestrator": {"state_management": "Use a reducer node to keep state"},
    "reducer": {},
}


class ModelSubcontractConstraintValidator:
    """Checks the subcontract keys of a contract against the rules of its node type."""

    @staticmethod
    def validate_node_subcontract_constraints(
        node_type: str,
        contract_data: Mapping[str, object],
        original_contract_data: Mapping[str, object] | None = None,
    ) -> None:
        """Raise one error that names every violation; the original data counts if given."""
        data = contract_data if original_contract_data is None else original_contract_data
        if violations := list(_violations(node_type.lower(), data)):
            raise validation_error("\n".join(violations), node_type=node_type)


def _violations(node_type: str, data: Mapping[str, object]) -> Iterator[str]:
    """Yield statement and suggestion, two lines in one text, per violation."""
    for key, suggestion in _FORBIDDEN.get(node_type, {}).items():
        if key in data:
            statement = f"{node_type.capitalize()} nodes cannot have {key} subcontracts"
            yield f"{statement}\n  Suggestion: {suggestion}"
    if "event_type" not in data:
        statement = f"{node_type.capitalize()} nodes should define event_type subcontracts"
        yield f"{statement}\n  Suggestion: Add an event_type subcontract"
