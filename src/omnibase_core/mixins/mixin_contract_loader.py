"""Finds the contract of a node and loads it."""

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.contracts.model_contract_base import ModelContractBase


class MixinContractLoader:
    """Finds the contract of a node and loads it.

    Needs `self._loaded_contract_facts`, `self._resolve_contract_references`,
    `self.contract_model_class`, `self.contract_model_name`, `self.node_class_name`,
    `self.node_label` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        contract_model_class: type[ModelContractBase]
        contract_model_name: str
        node_class_name: str
        node_label: str

        def _loaded_contract_facts(self, contract_model: Any, contract_path: Any) -> Any: ...

        def _resolve_contract_references(
            self,
            data: Any,
            base_path: Path,
            reference_resolver: Any,
        ) -> Any: ...

    def _load_contract_model(self) -> ModelContractBase:
        """Find, read, resolve and validate the contract of this node.

        The file is read as plain YAML first, and the contract model is built from its data only
        after the references in it have been resolved.

        Returns:
            The validated contract.

        Raises:
            ModelOnexError: VALIDATION_ERROR for any failure on the way. The details name the
                contract model and the type of the original error, which is kept as `cause`.
        """
        try:
            contract_path, reference_resolver, loaded_model = self._read_contract()
            contract_data = loaded_model.model_dump()

            resolved_contract = self._resolve_contract_references(
                contract_data, contract_path.parent, reference_resolver
            )

            contract_model = self.contract_model_class(**resolved_contract)

            # The constructor has run these rules already; they are run again for the sake of
            # contract classes that do not.
            contract_model.validate_node_specific_config()

            emit_log_event(
                LogLevel.INFO,
                f"Contract model loaded successfully for {self.node_class_name}",
                self._loaded_contract_facts(contract_model, contract_path),
            )

            return contract_model

        except Exception as e:
            raise ModelOnexError(
                message=f"Contract model loading failed for {self.node_class_name}: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={
                    "contract_model_type": self.contract_model_name,
                    "error_type": type(e).__name__,
                },
                cause=e,
            )

    def _read_contract(self) -> tuple[Any, ...]:
        """Do what differs between the classes in `_load_contract_model`."""
        # These reach back into packages that build on the infrastructure, so they can
        # only be imported once a node is made.
        from omnibase_core.models.core.model_generic_yaml import ModelGenericYaml
        from omnibase_core.utils.generation.utility_reference_resolver import (
            UtilityReferenceResolver,
        )
        from omnibase_core.utils.safe_yaml_loader import load_and_validate_yaml_model

        contract_path = self._find_contract_path()

        reference_resolver = UtilityReferenceResolver()

        loaded_model = load_and_validate_yaml_model(contract_path, ModelGenericYaml)
        return contract_path, reference_resolver, loaded_model

    def _find_contract_path(self) -> Path:
        """Find the contract file beside the module of the class that is being constructed.

        The call stack is walked outwards from the caller. The first object called `self` whose
        module has a contract file in its directory decides. Usually that is the node itself,
        but any other caller up the stack can supply a file as well.

        Returns:
            The path of the contract file.

        Raises:
            ModelOnexError: VALIDATION_ERROR if no caller's module has a contract file beside it,
                or if the search itself fails.
        """
        contract_filename = self._contract_filename()

        try:
            frame = inspect.currentframe()

            # The frame of this very method is of no use, the search begins at its caller.
            if frame is not None:
                frame = frame.f_back

            while frame is not None:
                if "self" in frame.f_locals:
                    caller_self = frame.f_locals["self"]
                    if hasattr(caller_self, "__module__"):
                        module = inspect.getmodule(caller_self)
                        if module is not None and self._comes_from_file(module):
                            # A module that comes from no file is taken to lie in the current
                            # directory.
                            module_path = Path(self._file_of_module(module))
                            contract_path: Path = module_path.parent / contract_filename
                            if contract_path.exists():
                                return contract_path
                frame = frame.f_back

            raise ModelOnexError(
                message=f"Could not find contract.yaml file for {self.node_label} node",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={"contract_filename": contract_filename},
            )

        except Exception as e:
            raise ModelOnexError(
                message=f"Error finding contract path: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                cause=e,
            )

    def _contract_filename(self) -> Any:
        """Do what differs between the classes in `_find_contract_path`."""
        contract_filename = "contract.yaml"
        return contract_filename

    def _comes_from_file(self, module: Any) -> Any:
        """Do what differs between the classes in `_find_contract_path`."""
        return hasattr(module, "__file__")

    def _file_of_module(self, module: Any) -> Any:
        """Do what differs between the classes in `_find_contract_path`."""
        return module.__file__ or ""
