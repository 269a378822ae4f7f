"""What a subcontract's file has to say so that it fits a model."""

import re
from typing import Final

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)

__all__ = ["contract_type_of"]

_WORD_STARTS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def contract_type_of(model: type[ModelSubcontractBase]) -> str:
    """Return `x_subcontract` for `ModelXSubcontract`, spelt as its module spells it."""
    name = _WORD_STARTS.sub("_", model.__name__.removeprefix("Model")).lower()
    stem = model.__module__.rpartition(".")[2].removeprefix("model_")
    return stem if stem.replace("_", "") == name.replace("_", "") else name
