"""A node contract as a document: a class, and the mixins that it consists of."""

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.nodes.model_contract_mixin import ModelContractMixin
from omnibase_core.nodes.model_contract_node import ModelContractNode

__all__ = ["ModelNodeContract"]


class ModelNodeContract(BaseModel):
    """The shape of the document; a mixin without settings may stand there by its name alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    node: ModelContractNode = Field(description="The class")
    mixins: list[ModelContractMixin] = Field(
        default_factory=list, description="Its mixins, in the order of the bases"
    )
