"""What is known about a node from its metadata, or else from its class."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from omnibase_core.models.core.model_entrypoint_block import ModelEntrypointBlock
from omnibase_core.models.core.model_namespace import ModelNamespace
from omnibase_core.models.core.model_node_metadata_block import ModelNodeMetadataBlock
from omnibase_core.primitives.model_semver import ModelSemVer


def metadata_value(node: object, name: str) -> Any:
    """Return a value of the metadata that the node's loader holds, None if it cannot be had."""
    try:
        return getattr(loaded_metadata(node), name, None)
    except Exception:  # noqa: BLE001 - a node can be described without metadata
        return None


def loaded_metadata(node: object) -> Any:
    """Return the metadata that the node's loader holds, None if it cannot be had."""
    try:
        return getattr(getattr(node, "metadata_loader", None), "metadata", None)
    except Exception:  # noqa: BLE001 - a loader reads files, and each node has its own
        return None


def simple_node_name(node: object) -> str:
    """Return the name in the metadata, or else that of the class in lower case."""
    return str(metadata_value(node, "name") or type(node).__name__.lower())


def semver_of(version: object) -> ModelSemVer | None:
    """Return a version given as such or as `a.b.c`, None for anything else."""
    if isinstance(version, ModelSemVer):
        return version
    parts = str(version).split(".")
    if [part for part in parts if part.isdecimal()] != parts or len(parts) != len("abc"):
        return None
    major, minor, patch = map(int, parts)
    return ModelSemVer(major=major, minor=minor, patch=patch)


def metadata_block_of(node: object, node_id: UUID) -> ModelNodeMetadataBlock:
    """Return the loaded metadata block, or else one of what little is known."""
    loaded = loaded_metadata(node)
    if isinstance(loaded, ModelNodeMetadataBlock):
        return loaded
    place = f"{type(node).__module__}.{type(node).__name__}"
    now = datetime.now(UTC).isoformat()
    default = ModelSemVer(major=1, minor=0, patch=0)
    return ModelNodeMetadataBlock(
        name=simple_node_name(node),
        version=semver_of(metadata_value(node, "version")) or default,
        uuid=str(node_id),
        author=str(metadata_value(node, "author") or "ONEX"),
        created_at=now,
        last_modified_at=now,
        description=str(metadata_value(node, "description") or f"Event-driven node {place}"),
        hash="0" * 64,
        entrypoint=ModelEntrypointBlock(type="python", target=place),
        namespace=ModelNamespace(value=f"python://{place}"),
    )


__all__ = [
    "loaded_metadata",
    "metadata_block_of",
    "metadata_value",
    "semver_of",
    "simple_node_name",
]
