"""Looks for the file of a contract under a name that is a constant."""

from typing import Any


class MixinContractLookup:
    """Looks for the file of a contract under a name that is a constant."""

    def _contract_filename(self) -> Any:
        """Do what differs between the classes in `_find_contract_path`."""
        # Imported here because the constants are shared with packages that import this module.
        from omnibase_core.constants.contract_constants import CONTRACT_FILENAME  # type: ignore[import-not-found]

        return CONTRACT_FILENAME

    def _comes_from_file(self, module: Any) -> Any:
        """Do what differs between the classes in `_find_contract_path`."""
        return getattr(module, "__file__", None)

    def _file_of_module(self, module: Any) -> Any:
        """Do what differs between the classes in `_find_contract_path`."""
        return str(module.__file__)
