"""Says which contract an effect node has, and how it is read."""

from typing import TYPE_CHECKING, Any

from omnibase_core.models.contracts.model_contract_base import ModelContractBase
from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect
from omnibase_core.utils.safe_yaml_loader import load_and_validate_yaml_model

if TYPE_CHECKING:
    from pathlib import Path


class MixinEffectContract:
    """Says which contract an effect node has, and how it is read.

    Needs `self._find_contract_path`, `self._load_contract_model` from the class that it
    is mixed into.
    """

    if TYPE_CHECKING:

        def _find_contract_path(self) -> Path: ...

        def _load_contract_model(self) -> ModelContractBase: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `contract_model`."""
        super().__init__(*args, **kwargs)
        # A node without a valid contract must not come into being, therefore the contract is
        # loaded before anything else is set up.
        self.contract_model: ModelContractEffect = self._load_contract_model()

    node_label: str = "effect"

    node_class_name: str = "NodeEffect"

    contract_model_name: str = "ModelContractEffect"

    contract_model_class: type[ModelContractBase] = ModelContractEffect

    def _read_contract(self) -> tuple[Any, ...]:
        """Do what differs between the classes in `_load_contract_model`."""
        # These two reach back into packages that build on the infrastructure, so they can
        # only be imported once a node is made.
        from omnibase_core.utils.generation.utility_reference_resolver import (
            UtilityReferenceResolver,
        )
        from omnibase_core.utils.io.utility_filesystem_reader import UtilityFileSystemReader  # type: ignore[import-not-found]

        contract_path = self._find_contract_path()

        # Nothing is read through this one: the loader below opens the file itself.
        UtilityFileSystemReader()
        reference_resolver = UtilityReferenceResolver()

        loaded_model = load_and_validate_yaml_model(contract_path, ModelContractEffect)
        return contract_path, reference_resolver, loaded_model

    def _loaded_contract_facts(self, contract_model: Any, contract_path: Any) -> Any:
        """Do what differs between the classes in `_load_contract_model`."""
        return {
            "contract_type": "ModelContractEffect",
            "node_type": contract_model.node_type,
            "version": contract_model.version,
            "contract_path": str(contract_path),
        }
