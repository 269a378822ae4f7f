"""A state that a machine can be in."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelFSMStateDefinition(ModelContractPart):
    """One state of a state machine."""

    state_name: str = Field(min_length=1, description="Name of the state")
    description: str = Field(default="", description="What holds in this state")
    is_terminal: bool = Field(default=False, description="No transition leads out of it")
