"""Write a subcontract as the YAML file that `load_subcontract` reads."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pydantic import BaseModel

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.utils.contract_yaml.contract_types import contract_type_of
from omnibase_core.utils.contract_yaml.places import Place, Steps
from omnibase_core.utils.contract_yaml.problems import Problem, refusal
from omnibase_core.utils.contract_yaml.writing import write_document

__all__ = ["dump_subcontract"]

_ALL_NODES: Final = (
    EnumNodeType.EFFECT,
    EnumNodeType.COMPUTE,
    EnumNodeType.REDUCER,
    EnumNodeType.ORCHESTRATOR,
)


def dump_subcontract(
    model: ModelSubcontractBase,
    *,
    purpose: str | None = None,
    node_types: Sequence[EnumNodeType] = _ALL_NODES,
) -> str:
    """Return a file with the model's values, each below the description of its field."""
    kind = type(model)
    name = contract_type_of(kind)
    summary = (kind.__doc__ or name).strip().splitlines()[0].partition(". ")[0].rstrip(".")
    data = {
        "contract_type": name,
        "contract_version": kind.INTERFACE_VERSION.model_dump(),
        "metadata": {
            "name": name,
            "description": summary,
            "purpose": purpose or f"Configures a node by {kind.__name__}",
            "applicable_node_types": [str(node_type) for node_type in node_types],
        },
        "config": _values(model),
    }
    return write_document(data, comments=dict(_comments(model, ("config",))))


def _values(model: ModelSubcontractBase) -> dict[str, Any]:
    try:
        return model.model_dump(mode="json", by_alias=True, round_trip=True)
    except ValueError as error:
        problem = Problem(Place(f"<{type(model).__name__}>"), str(error), "change that value")
        raise refusal([problem]) from error


def _comments(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Yield the descriptions of all fields; of a list's models the first one gets them."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            here = (*steps, field.serialization_alias or name)
            if field.description:
                yield here, field.description
            yield from _comments(getattr(value, name), here)
    elif isinstance(value, list | tuple):
        yield from _comments(value[0] if value else None, (*steps, 0))
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _comments(below, (*steps, str(key)))
