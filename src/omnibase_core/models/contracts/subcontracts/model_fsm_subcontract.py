"""The state machine of a node."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_fsm_operation import ModelFSMOperation
from omnibase_core.models.contracts.subcontracts.model_fsm_state_definition import (
    ModelFSMStateDefinition,
)
from omnibase_core.models.contracts.subcontracts.model_fsm_state_transition import (
    ModelFSMStateTransition,
)
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelFSMSubcontract(ModelSubcontractBase):
    """States, the transitions between them and the operations on them. Interface 1.0.0, locked.

    Whether they fit together is for the contract to say that has the machine.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    state_machine_name: str = Field(min_length=1, description="Name of the machine")
    description: str = Field(min_length=1, description="What it is about")
    states: list[ModelFSMStateDefinition] = Field(min_length=1, description="States it knows")
    initial_state: str = Field(min_length=1, description="State that it starts in")
    transitions: list[ModelFSMStateTransition] = Field(
        min_length=1, description="Ways between the states"
    )
    operations: list[ModelFSMOperation] = Field(
        default_factory=list, description="What can be done to it as a whole"
    )
