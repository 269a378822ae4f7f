"""The committed form of an interface: one JSON Schema for a subcontract's whole YAML file."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.gates.interface.locked_models import LockedModel, package_of
from omnibase_core.gates.interface.model_schema import schema_of
from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.contract_yaml.model_subcontract_document import (
    ModelSubcontractDocument,
)

__all__ = [
    "committed",
    "document",
    "rendered",
    "schema_path",
    "schemas",
    "version_of",
    "without_version",
]

_FOLDER: Final = "schemas"
_SUFFIX: Final = ".schema.json"
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_CHECKSUM: Final = "x-checksum"
_VERSION: Final = "x-interface-version"


def schema_path(root: Path, contract_type: str) -> Path:
    """Return where the schema of a subcontract is committed."""
    return package_of(root) / _FOLDER / f"{contract_type}{_SUFFIX}"


def schemas(root: Path) -> list[Path]:
    """Return every schema that is committed in the package at `root`."""
    return sorted((package_of(root) / _FOLDER).glob(f"*{_SUFFIX}"))


def document(locked: LockedModel) -> dict[str, Any]:
    """Return the schema of the YAML files that a model reads, as the model is now."""
    around = schema_of(ModelSubcontractDocument)
    unknown = around["description"].rpartition("\n\n")[2]
    config = schema_of(locked.model)
    parts = around.pop("$defs") | config.pop("$defs", {})
    version = locked.model.INTERFACE_VERSION
    properties: dict[str, Any] = around["properties"]
    properties["contract_type"] |= {"const": locked.contract_type}
    properties["contract_version"] |= {"properties": _readable(version)}
    properties["config"] = config
    whole = {
        "$schema": _DRAFT,
        "$id": f"urn:omnibase-core:schema:{locked.contract_type}",
        "title": locked.contract_type.replace("_", " ").capitalize(),
        _VERSION: str(version),
        **around,
        "description": f"A YAML file that {locked.model.__name__} reads.\n\n{unknown}",
        "$defs": dict(sorted(parts.items())),
    }
    return {**whole, _CHECKSUM: _checksum(whole)}


def rendered(whole: dict[str, Any]) -> str:
    """Return the text of a schema's file."""
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def committed(text: str) -> dict[str, Any] | None:
    """Return the schema that a file holds, or None if somebody else wrote in it."""
    try:
        whole = json.loads(text)
        if rendered(whole) == text and whole.pop(_CHECKSUM) == _checksum(whole):
            version_of(whole)
            return {**whole, _CHECKSUM: _checksum(whole)}
    except (ValueError, KeyError, TypeError, AttributeError, ModelOnexError):
        return None
    return None


def version_of(whole: dict[str, Any]) -> ModelSemVer:
    """Return the version of the interface that a schema describes."""
    return ModelSemVer.parse(whole[_VERSION])


def without_version(whole: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema says besides its version."""
    properties = {
        name: part for name, part in whole["properties"].items() if name != "contract_version"
    }
    rest = {key: part for key, part in whole.items() if key not in {_VERSION, _CHECKSUM}}
    return {**rest, "properties": properties}


def _readable(version: ModelSemVer) -> dict[str, Any]:
    """Return what the parts of a version may be so that the runtime reads the contract."""
    return {"major": {"const": version.major}, "minor": {"maximum": version.minor}}


def _checksum(whole: dict[str, Any]) -> str:
    return f"sha256:{hashlib.sha256(rendered(whole).encode()).hexdigest()}"
