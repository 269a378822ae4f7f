"""Says which contract a reducer node has, and resolves references to state machines."""

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.contracts.model_contract_base import ModelContractBase
from omnibase_core.models.contracts.model_contract_reducer import ModelContractReducer


class MixinReducerContract:
    """Says which contract a reducer node has, and resolves references to state machines.

    Needs `self._load_contract_model` from the class that it is mixed into.
    """

    if TYPE_CHECKING:

        def _load_contract_model(self) -> ModelContractBase: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `contract_model`."""
        super().__init__(*args, **kwargs)
        # A node without a valid contract must not come into being, therefore the contract is
        # loaded before anything else is set up.
        self.contract_model: ModelContractReducer = self._load_contract_model()

    node_label: str = "reducer"

    node_class_name: str = "NodeReducer"

    contract_model_name: str = "ModelContractReducer"

    contract_model_class: type[ModelContractBase] = ModelContractReducer

    def _loaded_contract_facts(self, contract_model: Any, contract_path: Any) -> Any:
        """Do what differs between the classes in `_load_contract_model`."""
        return {
            "contract_type": "ModelContractReducer",
            "node_type": contract_model.node_type,
            "version": contract_model.version,
        }

    def _resolve_contract_references(
        self,
        data: Any,
        base_path: Path,
        reference_resolver: Any,
    ) -> Any:
        """Replace every `$ref` in contract data by the content of the file that it names.

        Only references into a `contracts/` directory are followed. They are files below the
        directory of the contract, and may name a place within the file after `#/`. References
        within the same document and references to any other file stay as they are, for the
        tools that generate code from contracts resolve them on their own.

        Args:
            data: Contract data, or any part of it.
            base_path: The directory of the contract. References within a file that was read
                for a reference start from here as well.
            reference_resolver: Not used; the parameter is what all archetypes have in common.

        Returns:
            The data with references replaced. Keys beside a replaced `$ref` are dropped with
            it. A reference that leads nowhere, or that cannot be resolved, stays with all of
            its keys.
        """
        if isinstance(data, dict):
            if "$ref" in data:
                ref_path = data["$ref"]

                try:
                    # Definitions of the document itself are none of the node's business.
                    if ref_path.startswith("#/"):
                        return data

                    if "contracts/" not in ref_path:
                        return data

                    from omnibase_core.models.core.model_generic_yaml import ModelGenericYaml
                    from omnibase_core.utils.safe_yaml_loader import (
                        load_and_validate_yaml_model,
                    )

                    ref_parts = ref_path.split("#/")
                    ref_file = ref_parts[0]
                    json_pointer = ref_parts[1] if len(ref_parts) > 1 else ""

                    full_ref_path = base_path / ref_file
                    if not full_ref_path.exists():
                        return data

                    loaded_reference = load_and_validate_yaml_model(
                        full_ref_path, ModelGenericYaml
                    )
                    ref_data: Any = loaded_reference.model_dump()

                    # A state machine whose tool is installed is taken as the model that it is,
                    # so that the contract checks its rules too.
                    if self._is_fsm_data_reference(ref_file, ref_data):
                        fsm_model = self._validate_fsm_data(ref_data, ref_file)
                        if fsm_model is not None:
                            return fsm_model

                    if not json_pointer:
                        return self._resolve_contract_references(
                            ref_data, base_path, reference_resolver
                        )

                    found: Any = ref_data
                    for segment in json_pointer.split("/"):
                        if not segment:
                            return data
                        if not isinstance(found, dict) or segment not in found:
                            return data
                        found = found[segment]

                    return self._resolve_contract_references(found, base_path, reference_resolver)

                except Exception as e:
                    # A contract with an open reference is still better than none at all, the
                    # validation that follows decides whether it will do.
                    emit_log_event(
                        LogLevel.ERROR,
                        "Failed to resolve contract reference",
                        {
                            "ref_path": ref_path,
                            "error": str(e),
                            "error_type": type(e).__name__,
                        },
                    )
                    return data

            return {
                key: self._resolve_contract_references(value, base_path, reference_resolver)
                for key, value in data.items()
            }

        if isinstance(data, list):
            return [
                self._resolve_contract_references(item, base_path, reference_resolver)
                for item in data
            ]

        return data

    def _is_fsm_data_reference(self, ref_file: str, ref_data: Any) -> bool:
        """Tell whether a reference leads to the description of a state machine.

        Args:
            ref_file: The file as the reference names it.
            ref_data: The content of that file.

        Returns:
            True if the file is called after state machines and has the keys of one.
        """
        if "fsm" not in ref_file.lower():
            return False

        if not isinstance(ref_data, dict):
            return False

        return all(
            required in ref_data for required in ("state_machine_name", "states", "transitions")
        )

    def _validate_fsm_data(self, fsm_data: dict[str, Any], ref_file: str) -> Any | None:
        """Validate the description of a state machine if its tool is installed.

        State machines are a matter of the reducer tool of the infrastructure. Where that tool
        is missing nobody runs them, and their description may be anything.

        Args:
            fsm_data: The description of the state machine.
            ref_file: The file that it was read from.

        Returns:
            The validated model, or None if the tool is not installed.

        Raises:
            ValidationError: If the tool is installed and the description is not valid.
        """
        package_path = Path(inspect.getfile(ModelOnexError)).parent.parent
        tool_path = (
            package_path / "tools" / "infrastructure" / "tool_infrastructure_reducer" / "v1_0_0"
        )

        if not tool_path.is_dir():
            return None

        # Imported here since hardly any installation comes as far as this.
        from omnibase_core.models.contracts.subcontracts.model_fsm_subcontract import (
            ModelFSMSubcontract,
        )

        return ModelFSMSubcontract.model_validate(fsm_data)
