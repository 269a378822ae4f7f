"""Says which contract a compute node has, and how it is read."""

from typing import TYPE_CHECKING, Any

from omnibase_core.models.contracts.model_contract_base import ModelContractBase
from omnibase_core.models.contracts.model_contract_compute import ModelContractCompute


class MixinComputeContract:
    """Says which contract a compute node has, and how it is read.

    Needs `self._load_contract_model` from the class that it is mixed into.
    """

    if TYPE_CHECKING:

        def _load_contract_model(self) -> ModelContractBase: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `contract_model`."""
        super().__init__(*args, **kwargs)
        # A node without a valid contract must not come into being, therefore the contract is
        # loaded before anything else is set up.
        self.contract_model: ModelContractCompute = self._load_contract_model()

    node_label: str = "compute"

    node_class_name: str = "NodeCompute"

    contract_model_name: str = "ModelContractCompute"

    contract_model_class: type[ModelContractBase] = ModelContractCompute

    def _loaded_contract_facts(self, contract_model: Any, contract_path: Any) -> Any:
        """Do what differs between the classes in `_load_contract_model`."""
        return {
            "contract_type": "ModelContractCompute",
            "node_type": contract_model.node_type,
            "version": contract_model.version,
            "contract_path": str(contract_path),
        }
