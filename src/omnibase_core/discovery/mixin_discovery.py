"""Answers questions about the mixins that there are, from their registry; imports none of them."""

import copy
import importlib
from pathlib import Path
from typing import Any, Final

from omnibase_core.discovery.composition import composition_problems, unknown_names
from omnibase_core.discovery.dependencies import CircularRequirement, resolve_requirements
from omnibase_core.discovery.model_infrastructure_mixin import ModelInfrastructureMixin
from omnibase_core.discovery.model_mixin_info import ModelMixinInfo
from omnibase_core.discovery.registry_entries import validated
from omnibase_core.discovery.registry_error import did_you_mean, registry_error
from omnibase_core.discovery.registry_file import read_registry
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

__all__ = ["MAX_METADATA_FILE_SIZE_BYTES", "MixinDiscovery"]

MAX_METADATA_FILE_SIZE_BYTES: Final = 10_485_760
_MIXINS: Final = Path(__file__).resolve().parents[1] / "mixins"


class MixinDiscovery:
    """The registry of mixins, read once when it is first asked for.

    Mixins go by the name of their class. Whatever is wrong with the registry or with a question
    raises a `ModelOnexError`; `validate_composition` alone never raises.
    """

    def __init__(self, mixins_path: Path | None = None) -> None:
        """Take the folder that holds the registry; nothing is read yet."""
        self.mixins_path = _MIXINS if mixins_path is None else mixins_path
        self.metadata_path = self.mixins_path / "mixin_metadata.yaml"
        self._mixins_cache: dict[str, ModelMixinInfo] | None = None
        self._infrastructure: dict[str, ModelInfrastructureMixin] = {}
        self._keys: dict[str, str] = {}

    def get_all_mixins(self) -> list[ModelMixinInfo]:
        """Return every entry in the order of the file; a new list of the same objects."""
        return list(self._entries().values())

    def get_mixins_by_category(self, category: str) -> list[ModelMixinInfo]:
        """Return the entries of one category; none for a category that nobody has."""
        return [info for info in self._entries().values() if info.category == category]

    def get_mixin(self, name: str) -> ModelMixinInfo:
        """Return the entry of the class `name`, or raise VALIDATION_ERROR."""
        entries = self._entries()
        if name in entries:
            return entries[name]
        if name in self._infrastructure:
            raise registry_error(
                f"Mixin {name!r} not found among the entries: it is infrastructure, "
                f"{self._infrastructure[name].reason}",
                mixin_name=name,
            )
        raise registry_error(
            f"Mixin {name!r} not found{did_you_mean(name, self._keys)}", mixin_name=name
        )

    def get_categories(self) -> list[str]:
        """Return the categories of all entries, sorted."""
        return sorted({info.category for info in self._entries().values()})

    def get_infrastructure_mixins(self) -> list[ModelInfrastructureMixin]:
        """Return the mixins that are exempt from an entry, in the order of the file."""
        self._entries()
        return list(self._infrastructure.values())

    def get_mixin_key(self, name: str) -> str:
        """Return the key of an entry or infrastructure mixin, which its module is called by."""
        self._entries()
        if name not in self._keys:
            self.get_mixin(name)
        return self._keys[name]

    def names(self) -> list[str]:
        """Return the names of all infrastructure mixins and entries."""
        self._entries()
        return list(self._keys)

    def is_implemented(self, name: str) -> bool:
        """Return whether the module of a mixin exists."""
        return (self.mixins_path / f"{self.get_mixin_key(name)}.py").is_file()

    def find_name(self, text: str) -> str:
        """Return the name of the class that `text` means: class, `mixin_<stem>` or stem."""
        self._entries()
        by_key = {key: name for name, key in self._keys.items()}
        if text in self._keys:
            return text
        for key in (text, f"mixin_{text}"):
            if key in by_key:
                return by_key[key]
        stems = {key.removeprefix("mixin_") for key in by_key}
        known = {*self._keys, *by_key, *stems}
        raise registry_error(f"Mixin {text!r} not found{did_you_mean(text, known)}")

    def find_compatible_mixins(self, base_mixins: list[str]) -> list[ModelMixinInfo]:
        """Return the entries that neither object to one of `base_mixins` nor the other way."""
        entries = self._entries()
        base = set(base_mixins) & set(self._keys)
        refused = {
            name for each in base if each in entries for name in entries[each].incompatible_with
        }
        return [
            info
            for name, info in entries.items()
            if name not in base | refused and base.isdisjoint(info.incompatible_with)
        ]

    def get_mixin_dependencies(self, mixin_name: str) -> list[str]:
        """Return what a mixin requires, each item after what it requires itself.

        A mixin that requires itself by way of others is a VALIDATION_ERROR that names the way.
        """
        self.get_mixin(mixin_name)
        entries = self._entries()

        def requires(name: str) -> list[str] | None:
            return entries[name].requires if name in entries else None

        try:
            return resolve_requirements(mixin_name, requires)
        except CircularRequirement as error:
            raise registry_error(
                f"Circular requirement: {error}; remove one of them from the registry",
                mixin_name=mixin_name,
                circle=list(error.circle),
            ) from error

    def validate_composition(self, mixin_names: list[str]) -> tuple[bool, list[str]]:
        """Return whether the mixins go together, and a message for each thing against it."""
        try:
            entries = self._entries()
        except ModelOnexError as error:
            return False, [error.message]
        problems = unknown_names(mixin_names, self._keys) or composition_problems(
            mixin_names, entries, list(self._infrastructure)
        )
        return not problems, problems

    def get_preset(self, mixin_name: str, preset: str) -> dict[str, Any]:
        """Return a copy of the values of a preset."""
        presets = self.get_mixin(mixin_name).presets
        if preset not in presets:
            known = ", ".join(presets) or "none"
            raise registry_error(
                f"Preset {preset!r} of {mixin_name} not found{did_you_mean(preset, presets)}; "
                f"it has: {known}",
                mixin_name=mixin_name,
            )
        return copy.deepcopy(presets[preset].config)

    def resolve_subcontract(self, mixin_name: str) -> type:
        """Import and return the model of the settings of a mixin."""
        path = self.get_mixin(mixin_name).subcontract_model
        if path is None:
            raise registry_error(f"{mixin_name} names no subcontract model", mixin_name=mixin_name)
        module, _, name = path.partition(":") if ":" in path else path.rpartition(".")
        try:
            model = getattr(importlib.import_module(module), name, None)
        except (ImportError, ValueError) as error:
            raise registry_error(
                f"{mixin_name}: the subcontract {path} cannot be imported: {error}",
                EnumCoreErrorCode.IMPORT_ERROR,
                mixin_name=mixin_name,
                cause=error,
            ) from error
        if not isinstance(model, type):
            raise registry_error(
                f"{mixin_name}: {module} has no class {name!r}",
                EnumCoreErrorCode.IMPORT_ERROR,
                mixin_name=mixin_name,
            )
        return model

    def reload(self) -> None:
        """Forget what was read, so that the next question reads the file again."""
        self._mixins_cache = None

    def _entries(self) -> dict[str, ModelMixinInfo]:
        """Return the entries by name, from the file when they are first asked for."""
        if self._mixins_cache is None:
            raw = read_registry(self.metadata_path, MAX_METADATA_FILE_SIZE_BYTES)
            entries, infrastructure = validated(raw, self.metadata_path)
            self._keys = {each.name: key for key, each in infrastructure.items()}
            self._keys |= {each.name: key for key, each in entries.items()}
            self._infrastructure = {each.name: each for each in infrastructure.values()}
            self._mixins_cache = {each.name: each for each in entries.values()}
        return self._mixins_cache
