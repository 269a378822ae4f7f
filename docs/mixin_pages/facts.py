"""Everything that a page says about a mixin, gathered from the registry and the models."""

from dataclasses import dataclass
from typing import Any

import yaml

from omnibase_core.discovery import MixinDiscovery
from omnibase_core.discovery.mixin_discovery import MAX_METADATA_FILE_SIZE_BYTES
from omnibase_core.discovery.model_mixin_info import ModelMixinInfo
from omnibase_core.discovery.registry_file import read_registry
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)

__all__ = ["MixinFacts", "gather", "title_of"]


@dataclass(frozen=True, slots=True)
class MixinFacts:
    """An entry of the registry with what only its file, its model or the others know."""

    key: str
    info: ModelMixinInfo
    model: type[ModelSubcontractBase]
    raw: dict[str, Any]
    implemented: bool
    refused_by: tuple[str, ...]
    unread: tuple[str, ...]
    modules: dict[str, str]

    @property
    def stem(self) -> str:
        """The name of its page: `retry` for `mixin_retry`."""
        return self.key.removeprefix("mixin_")

    @property
    def state(self) -> str:
        """Whether its module exists."""
        return "implemented" if self.implemented else "planned"

    @property
    def defaults(self) -> dict[str, Any]:
        """The value of each field that nobody sets."""
        return self.model().model_dump(mode="json", by_alias=True)


def gather(discovery: MixinDiscovery) -> list[MixinFacts]:
    """Return the facts of every entry, in the order of the registry."""
    raw, _ = read_registry(discovery.metadata_path, MAX_METADATA_FILE_SIZE_BYTES)
    unread = _unread(discovery)
    return [
        _facts(discovery, info, raw[discovery.get_mixin_key(info.name)], unread)
        for info in discovery.get_all_mixins()
    ]


def title_of(category: str) -> str:
    """Return a category as a heading."""
    return category.replace("_", " ").capitalize()


def _facts(
    discovery: MixinDiscovery,
    info: ModelMixinInfo,
    raw: dict[str, Any],
    unread: dict[str, Any],
) -> MixinFacts:
    model = discovery.resolve_subcontract(info.name)
    if not issubclass(model, ModelSubcontractBase):
        raise TypeError(f"{info.subcontract_model} of {info.name} is no subcontract")
    implemented = discovery.is_implemented(info.name)
    others = [
        other.name
        for other in discovery.get_all_mixins()
        if info.name in other.incompatible_with and other.name not in info.incompatible_with
    ]
    fields = unread.get(model.__name__, {}).get("fields", []) if implemented else []
    return MixinFacts(
        key=discovery.get_mixin_key(info.name),
        info=info,
        model=model,
        raw=raw,
        implemented=implemented,
        refused_by=tuple(others),
        unread=tuple(fields),
        modules={
            other.name: f"omnibase_core.mixins.{discovery.get_mixin_key(other.name)}"
            for other in discovery.get_all_mixins()
        },
    )


def _unread(discovery: MixinDiscovery) -> dict[str, Any]:
    """Return by model the settings that no mixin acts upon yet."""
    path = discovery.mixins_path / "not_yet_honoured.yaml"
    if not path.is_file():
        return {}
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
