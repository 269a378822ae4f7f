"""A way from one state of a machine to another."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelFSMStateTransition(ModelContractPart):
    """One transition of a state machine."""

    transition_name: str = Field(min_length=1, description="Name of the transition")
    from_state: str = Field(min_length=1, description="State that it leaves")
    to_state: str = Field(min_length=1, description="State that it enters")
    trigger: str = Field(min_length=1, description="Event that sets it off")
