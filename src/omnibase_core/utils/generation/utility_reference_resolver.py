"""Schema references turned into type names; no file is read."""

import re
from pathlib import PurePosixPath
from typing import Any, ClassVar, Final

from omnibase_core.enums.enum_log_level import EnumLogLevel
from omnibase_core.logging.structured import emit_log_event_sync
from omnibase_core.utils.generation.model_ref_info import ModelRefInfo

_INTERNAL: Final = "#/definitions/"
_NAMELESS: Final = "ModelObjectData"
_CONTRACT_FILE: Final = re.compile(r"contracts/contract_(.+)\.yaml")
_TYPE_OF_FILE: Final = {
    "onex_field_model": "ModelOnexFieldModel",
    "semver": "ModelSemVer",
    "action_spec": "ModelActionSpec",
    "log_context": "ModelLogContext",
}


class UtilityReferenceResolver:
    """Names the type behind a reference; `config` and `import_tracker` are optional."""

    TYPE_MAPPINGS: ClassVar[dict[str, str]] = {
        name: f"Model{name}"
        for name in (
            "ProcessingConfig",
            "ValidationConfig",
            "ProcessingResult",
            "ValidationResult",
            "NodeStatus",
            "SemVerModel",
            "OnexFieldModel",
            "ActionSpec",
            "LogContext",
            "ErrorInfo",
            "SuccessInfo",
        )
    }

    def __init__(self, config: Any = None, import_tracker: Any = None) -> None:
        """Keep what imports of subcontract types need."""
        self.config = config
        self.import_tracker = import_tracker

    def set_config(self, config: Any) -> None:
        """Use this configuration from now on."""
        self.config = config

    def set_import_tracker(self, import_tracker: Any) -> None:
        """Report imports of subcontract types to this tracker from now on."""
        self.import_tracker = import_tracker

    def resolve_ref(self, ref: str) -> str:
        """Return the type name of `ref`, and report a subcontract to the tracker."""
        info = self.parse_reference(ref)
        name = self.resolve_type_name(info)
        if info.is_subcontract and self.config and self.import_tracker:
            self._track(info.file_path, name)
        return name

    def parse_reference(self, ref: str) -> ModelRefInfo:
        """Return the parts of `ref`; a text without `#/` is taken for a type name."""
        if ref.startswith(_INTERNAL):
            return ModelRefInfo("", ref.rsplit("/", 1)[-1], is_internal=True)
        file_path, separator, pointer = ref.partition("#/")
        if separator:
            return ModelRefInfo(
                file_path,
                pointer.rsplit("/", 1)[-1],
                is_subcontract=file_path.startswith("contracts/"),
            )
        emit_log_event_sync(EnumLogLevel.WARNING, f"Malformed reference: {ref}", {"ref": ref})
        return ModelRefInfo("", ref)

    def resolve_type_name(self, info: ModelRefInfo) -> str:
        """Return the name of the generated type that `info` points to."""
        if not info.type_name.strip():
            return _NAMELESS
        if info.is_internal:
            return _prefixed(info.type_name)
        if info.is_subcontract:
            return _prefixed(self._without_tool_prefix(info.type_name))
        path = info.file_path.lower()
        known = (name for part, name in _TYPE_OF_FILE.items() if part in path)
        return next(known, None) or _prefixed(info.type_name)

    def is_external_reference(self, ref: str) -> bool:
        """Tell whether `ref` points outside its own document."""
        return bool(ref) and not ref.startswith(_INTERNAL)

    def get_package_name_for_subcontract(self, path: str) -> str:
        """Return the configured package of a subcontract, else one made of its file name."""
        if configured := self._configured(path, "package_name"):
            return configured
        contract = _CONTRACT_FILE.fullmatch(path)
        return contract[1] if contract else PurePosixPath(path).stem

    def get_import_path_for_subcontract(self, path: str) -> str:
        """Return the configured import path of a subcontract, else `generated.<package>`."""
        return (
            self._configured(path, "import_path")
            or f"generated.{self.get_package_name_for_subcontract(path)}"
        )

    def _configured(self, path: str, key: str) -> str | None:
        if not self.config:
            return None
        value: str | None = self.config.subcontract_import_map.get(path, {}).get(key)
        return value

    def _track(self, path: str, name: str) -> None:
        if self.config.use_imports_for_subcontracts:
            self.import_tracker.add_subcontract_model(
                subcontract_path=path,
                model_name=name,
                package_name=self.get_package_name_for_subcontract(path),
                import_path=self.get_import_path_for_subcontract(path),
            )

    def _without_tool_prefix(self, name: str) -> str:
        """Return the type a tool-specific name stands for; `NodeStatus` becomes `Status`."""
        if name.startswith("Tool"):
            for suffix, known in self.TYPE_MAPPINGS.items():
                if name.endswith(suffix):
                    return known
        for prefix in ("Tool", "Node"):
            if name.startswith(prefix):
                return name.removeprefix(prefix)
        return name


def _prefixed(name: str) -> str:
    """Return `name` with the prefix that generated types carry."""
    if not name:
        return _NAMELESS
    return name if name.startswith(("Model", "Enum")) else f"Model{name}"


__all__ = ["UtilityReferenceResolver"]
