"""Something that is done to a state machine as a whole."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelFSMOperation(ModelContractPart):
    """One operation on a state machine, and how safe it is."""

    operation_name: str = Field(min_length=1, description="Name of the operation")
    requires_atomic_execution: bool = Field(default=True, description="All of it or nothing")
    supports_rollback: bool = Field(default=True, description="It can be taken back")
