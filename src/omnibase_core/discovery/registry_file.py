"""Reads the registry of mixins: one YAML file in, plain mappings or a `ModelOnexError` out."""

from pathlib import Path
from typing import Any, Final

import yaml

from omnibase_core.discovery.registry_error import registry_error
from omnibase_core.errors.error_codes import EnumCoreErrorCode

__all__ = ["read_registry", "read_text", "yaml_loader"]

_INFRASTRUCTURE: Final = "infrastructure"
_DEEPEST: Final = 5_000


def read_registry(path: Path, limit: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the entries and the infrastructure section, both by top-level key."""
    raw = _parsed(read_text(path, limit), path)
    if not isinstance(raw, dict):
        raise registry_error(
            f"{path}: the registry is {_kind(raw)}, not a mapping of mixins", file_path=str(path)
        )
    infrastructure = raw.pop(_INFRASTRUCTURE, None) or {}
    if not isinstance(infrastructure, dict):
        raise registry_error(
            f"{path}: the section {_INFRASTRUCTURE!r} is {_kind(infrastructure)}, not a mapping",
            file_path=str(path),
        )
    return _named(raw), _named(infrastructure)


def read_text(path: Path, limit: int) -> str:
    """Return the text of the registry, unless it is larger than `limit` bytes."""
    code = EnumCoreErrorCode.FILE_READ_ERROR
    try:
        size = path.stat().st_size
        if size > limit:
            raise registry_error(
                f"{path}: the registry has {size} bytes, where {limit} is the most",
                file_path=str(path),
            )
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"registry of mixins not found: {path}"
        code, cause = EnumCoreErrorCode.FILE_NOT_FOUND, error
        raise registry_error(message, code, file_path=str(path), cause=cause) from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the registry cannot be read: {error}"
        raise registry_error(message, code, file_path=str(path), cause=error) from error


def yaml_loader(text: str) -> type[Any]:
    """Return the loader for a text: the one written in C, which is ten times as fast.

    That one ends the process on a text that is nested too deep, where the other raises.
    """
    opened = sum(text.count(each) for each in ("[", "{", "- ", "? "))
    fast: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return fast if opened <= _DEEPEST else yaml.SafeLoader


def _parsed(text: str, path: Path) -> Any:
    try:
        return yaml.load(text, yaml_loader(text))  # noqa: S506 - it is a safe one
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        # Dates that do not exist and the like are no YAMLError.
        where = str(error).replace("<unicode string>", str(path))
        raise registry_error(
            f"{path}: the registry is no valid YAML: {where}", file_path=str(path), cause=error
        ) from error


def _named(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the entries, each with its key as its name where it has none of its own.

    An entry may be an alias of another, so none is changed.
    """
    return {
        key: {"name": key, **entry} if isinstance(entry, dict) and "name" not in entry else entry
        for key, entry in raw.items()
    }


def _kind(value: object) -> str:
    return "empty" if value is None else f"a {type(value).__name__}"
