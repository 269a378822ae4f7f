"""Reads the id of a node from the contract file beside its module."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from omnibase_core.constants.namespaces import (
    ALLOWED_NAMESPACES_VARIABLE,
    DEFAULT_ALLOWED_NAMESPACES,
)
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.core.model_generic_yaml import ModelGenericYaml
from omnibase_core.models.utils.validation_error import validation_error
from omnibase_core.utils.safe_yaml_loader import load_and_validate_yaml_model

__all__ = ["MixinNodeIdFromContract"]

_CONTRACT_FILES: Final = ("node.onex.yaml", "contract.yaml")
_ID_KEYS: Final = ("node_name", "name")


class MixinNodeIdFromContract:
    """Adds `_load_node_id` to a node whose module lies in an allowed namespace.

    Needs a contract file beside the module of the concrete class, or its path.
    """

    # Module prefixes instead of the default ones; the environment variable outranks both.
    _allowed_namespaces: ClassVar[Sequence[str] | None] = None
    _node_contract_path: Path | None = None

    def __init__(self, contract_path: Path | None = None, /, *args: Any, **kwargs: Any) -> None:
        """Keep the path, given first or by name, and pass all other arguments on.

        A first argument that is no path belongs to the next class: `Node(container)` and
        `Node(container, contract_path=path)` work as well as `Node(path, container)`.
        """
        if contract_path is not None and not isinstance(contract_path, str | os.PathLike):
            contract_path, args = None, (contract_path, *args)
        path = kwargs.pop("contract_path", contract_path)
        self._node_contract_path = None if path is None else Path(path)
        super().__init__(*args, **kwargs)

    def _load_node_id(self, contract_path: Path | None = None) -> str:
        """Return the `node_name`, else the `name`, that the contract of this node gives.

        Args:
            contract_path: The contract; without it the path given to the constructor counts,
                then `node.onex.yaml` and `contract.yaml` beside the module.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the module lies outside the allowed namespaces or
                the contract has neither key, FILE_NOT_FOUND if there is no contract.
        """
        self._require_allowed_module()
        path = self._contract_file(contract_path or self._node_contract_path)
        contract = load_and_validate_yaml_model(path, ModelGenericYaml).model_dump()
        for key in _ID_KEYS:
            if contract.get(key) not in (None, ""):
                return str(contract[key])
        raise validation_error(
            f"{path} has no {' and no '.join(map(repr, _ID_KEYS))}; add one of them",
            file_path=str(path),
        )

    def _get_allowed_namespaces(self) -> list[str]:
        """Return the prefixes of which the name of the node's module must have one."""
        listed = os.environ.get(ALLOWED_NAMESPACES_VARIABLE, "").split(",")
        if prefixes := [prefix.strip() for prefix in listed if prefix.strip()]:
            return prefixes
        return list(self._allowed_namespaces or DEFAULT_ALLOWED_NAMESPACES)

    def _get_node_dir(self) -> Path:
        """Return the folder of the concrete class's module, which must be allowed."""
        self._require_allowed_module()
        name = type(self).__module__
        file = getattr(sys.modules.get(name), "__file__", None)
        if file is None:
            raise ModelOnexError(
                f"Module {name!r} has no file that a contract could lie beside; give its path",
                error_code=EnumCoreErrorCode.FILE_NOT_FOUND,
                module_name=name,
            )
        return Path(file).parent

    def _require_allowed_module(self) -> None:
        module = type(self).__module__
        allowed = self._get_allowed_namespaces()
        if not module.startswith(tuple(allowed)):
            raise validation_error(
                f"Module {module!r} of {type(self).__name__} is outside the allowed namespaces "
                f"({', '.join(allowed)}); add its prefix to {ALLOWED_NAMESPACES_VARIABLE}",
                module_name=module,
                allowed_namespaces=allowed,
            )

    def _contract_file(self, given: Path | None) -> Path:
        candidates = (
            [given] if given else [self._get_node_dir() / name for name in _CONTRACT_FILES]
        )
        for path in candidates:
            if path.is_file():
                return path
        raise ModelOnexError(
            f"No contract file for {type(self).__name__}: {' or '.join(map(str, candidates))}",
            error_code=EnumCoreErrorCode.FILE_NOT_FOUND,
            file_path=str(candidates[0]),
        )
