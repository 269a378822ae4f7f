"""The registry of mixins as gates need it: entries, the place of each part, and the models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from omnibase_core.discovery.mixin_discovery import MixinDiscovery
from omnibase_core.discovery.model_infrastructure_mixin import ModelInfrastructureMixin
from omnibase_core.discovery.model_mixin_info import ModelMixinInfo
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.tree import Tree
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.utils.contract_yaml import Document, read_document

__all__ = ["INFRASTRUCTURE", "Model", "NoModelError", "Registry"]

INFRASTRUCTURE: Final = "infrastructure"
"""The section of the mixins that nobody configures."""

Model = type[ModelSubcontractBase]
"""The settings of a mixin."""


class NoModelError(Exception):
    """An entry names no model that could be loaded; the message says why."""


@dataclass(frozen=True, slots=True)
class Registry:
    """What the registry of a tree says, by the key of each mixin, which its module is called by.

    Reading it raises one `ModelOnexError` about all that keeps it from being read.
    """

    tree: Tree
    document: Document
    entries: Mapping[str, ModelMixinInfo]
    infrastructure: Mapping[str, ModelInfrastructureMixin]

    @classmethod
    def at(cls, root: Path) -> "Registry":
        """Return the registry of the tree at `root`."""
        tree = Tree.at(root)
        document = read_document(tree.registry)
        discovery = MixinDiscovery(tree.mixins)
        entries = {each.name: each for each in discovery.get_all_mixins()}
        exempt = {each.name: each for each in discovery.get_infrastructure_mixins()}
        sections = dict(document.data) if isinstance(document.data, dict) else {}
        last = sections.pop(INFRASTRUCTURE, None) or {}
        by_key = {key: entries[raw.get("name", key)] for key, raw in sections.items()}
        exempt_by_key = {key: exempt[raw.get("name", key)] for key, raw in last.items()}
        return cls(tree, document, by_key, exempt_by_key)

    def finding(self, steps: tuple[str | int, ...], message: str, instead: str) -> Finding:
        """Return a finding at a part of the registry, named by the keys that lead to it."""
        line = self.document.where_key(steps).line
        return Finding(self.tree.shown(self.tree.registry), line, message, instead)

    def raw(self, key: str) -> dict[str, Any]:
        """Return all of an entry, with what discovery has no use for."""
        whole = self.document.data
        found = whole.get(key) if isinstance(whole, dict) else None
        return found if isinstance(found, dict) else {}

    def implemented(self) -> Iterator[tuple[str, ModelMixinInfo, Path]]:
        """Yield each entry whose module is there, with that module."""
        for key, info in self.entries.items():
            if path := self.tree.mixin(key):
                yield key, info, path

    def model(self, info: ModelMixinInfo) -> Model:
        """Return the model of a mixin's settings, or raise NoModelError."""
        path = info.subcontract_model
        if not path:
            raise NoModelError("no subcontract_model is named")
        module, _, name = path.partition(":")
        try:
            model = getattr(self.tree.load(module), name, None)
        except Exception as error:
            raise NoModelError(f"{module} cannot be imported: {error!r}") from error
        if not (isinstance(model, type) and issubclass(model, ModelSubcontractBase)):
            raise NoModelError(f"{module} has no subcontract {name!r}")
        return model

    def models(self) -> Iterator[tuple[Model, tuple[str, ...]]]:
        """Yield each model that can be loaded, once, and the keys of the mixins it configures."""
        sharing: dict[str, list[str]] = {}
        for key, info in self.entries.items():
            sharing.setdefault(info.subcontract_model or "", []).append(key)
        for keys in sharing.values():
            try:
                model = self.model(self.entries[keys[0]])
            except NoModelError:
                continue  # told by the gate that compares an entry with its model
            yield model, tuple(keys)

    def model_file(self, info: ModelMixinInfo) -> Path | None:
        """Return the file of the module that an entry names for its model."""
        module = (info.subcontract_model or "").partition(":")[0]
        return self.tree.file_of(module)
