"""Finds the contract of a node, loads it and resolves its references."""

import inspect
from pathlib import Path
from typing import Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect
from omnibase_core.utils.safe_yaml_loader import load_and_validate_yaml_model


class MixinContractLoader:
    """Finds the contract of a node, loads it and resolves its references."""

    def _load_contract_model(self) -> ModelContractEffect:
        """Find, read, resolve and validate the contract of this node.

        The model is built twice over on purpose: first straight from the file, which gives the
        precise complaint about a bad one, and then from its plain data, in which the references
        have been resolved.

        Returns:
            The validated contract.

        Raises:
            ModelOnexError: VALIDATION_ERROR for any failure on the way. The details name the
                contract model and the type of the original error, which is kept as `cause`.
        """
        try:
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
            contract_data = loaded_model.model_dump()

            resolved_contract = self._resolve_contract_references(
                contract_data, contract_path.parent, reference_resolver
            )

            contract_model = ModelContractEffect(**resolved_contract)

            # The constructor has run these rules already; they are run again for the sake of
            # contract classes that do not.
            contract_model.validate_node_specific_config()

            emit_log_event(
                LogLevel.INFO,
                "Contract model loaded successfully for NodeEffect",
                {
                    "contract_type": "ModelContractEffect",
                    "node_type": contract_model.node_type,
                    "version": contract_model.version,
                    "contract_path": str(contract_path),
                },
            )

            return contract_model

        except Exception as e:
            raise ModelOnexError(
                message=f"Contract model loading failed for NodeEffect: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={
                    "contract_model_type": "ModelContractEffect",
                    "error_type": type(e).__name__,
                },
                cause=e,
            )

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
        # Imported here because the constants are shared with packages that import this module.
        from omnibase_core.constants.contract_constants import CONTRACT_FILENAME  # type: ignore[import-not-found]

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
                        if module is not None and getattr(module, "__file__", None):
                            module_path = Path(str(module.__file__))
                            contract_path: Path = module_path.parent / CONTRACT_FILENAME
                            if contract_path.exists():
                                return contract_path
                frame = frame.f_back

            raise ModelOnexError(
                message="Could not find contract.yaml file for effect node",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={"contract_filename": CONTRACT_FILENAME},
            )

        except Exception as e:
            raise ModelOnexError(
                message=f"Error finding contract path: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                cause=e,
            )

    def _resolve_contract_references(
        self,
        data: Any,
        base_path: Path,
        reference_resolver: Any,
    ) -> Any:
        """Replace every `$ref` in contract data by what the resolver makes of it.

        Args:
            data: Contract data, or any part of it.
            base_path: The directory that relative references start from.
            reference_resolver: An object with `resolve_reference(path, base_path)`.

        Returns:
            The data with references replaced. Keys beside a `$ref` are dropped with it. A level
            at which the resolution fails is returned as it was, after a warning.
        """
        try:
            if isinstance(data, dict):
                if "$ref" in data:
                    ref_path = data["$ref"]

                    # Only a path that says that it is relative is taken as relative to the
                    # contract; the resolver gets any other text untouched.
                    if ref_path.startswith(("./", "../")):
                        full_ref_path = (base_path / ref_path).resolve()
                    else:
                        full_ref_path = Path(ref_path)

                    return reference_resolver.resolve_reference(str(full_ref_path), base_path)

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

        except Exception as e:
            # A contract with an open reference is still better than none at all, the validation
            # that follows decides whether it will do.
            emit_log_event(
                LogLevel.WARNING,
                "Failed to resolve contract reference, using original data",
                {"error": str(e), "error_type": type(e).__name__},
            )
            return data
