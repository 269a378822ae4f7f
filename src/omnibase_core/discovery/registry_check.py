"""Checks what loading the registry lets pass: whether the names in it lead anywhere."""

import ast
import importlib.util
from collections import Counter
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import yaml

from omnibase_core.discovery.dependencies import CircularRequirement, resolve_requirements
from omnibase_core.discovery.mixin_discovery import MAX_METADATA_FILE_SIZE_BYTES, MixinDiscovery
from omnibase_core.discovery.model_mixin_info import ModelMixinInfo
from omnibase_core.discovery.registry_error import did_you_mean
from omnibase_core.discovery.registry_file import read_text, yaml_loader
from omnibase_core.errors.model_onex_error import ModelOnexError

__all__ = ["CATEGORIES", "check"]

CATEGORIES: Final = (
    "communication",
    "data_management",
    "execution",
    "flow_control",
    "monitoring",
    "observability",
    "orchestration",
    "reliability",
    "resilience",
    "security",
)


def check(mixins_path: Path | None = None) -> list[str]:
    """Return a message for each thing that is wrong with a registry that can be loaded."""
    discovery = MixinDiscovery(mixins_path)
    entries = {info.name: info for info in discovery.get_all_mixins()}
    exempt = [each.name for each in discovery.get_infrastructure_mixins()]
    known = {*entries, *exempt}
    problems = list(_duplicates(discovery))
    for name, info in entries.items():
        key = discovery.get_mixin_key(name)
        found = [
            *_category(info),
            *_requirements(info, entries, known),
            *_conflicts(info, known),
            *_presets(info),
            *_subcontract(info, discovery),
            *_module(name, discovery),
        ]
        problems += [f"{key}: {problem}" for problem in found]
    for name in exempt:
        key = discovery.get_mixin_key(name)
        problems += [f"{key}: {problem}" for problem in _module(name, discovery)]
    return problems


def _duplicates(discovery: MixinDiscovery) -> Iterator[str]:
    """Yield keys and class names that occur twice, of which loading keeps the last."""
    path = discovery.metadata_path
    text = read_text(path, MAX_METADATA_FILE_SIZE_BYTES)
    root: Any = yaml.compose(text, yaml_loader(text))
    pairs = root.value
    keys = Counter(key.value for key, _ in pairs)
    names = Counter(
        value.value
        for _, entry in pairs
        if isinstance(entry, yaml.MappingNode)
        for key, value in entry.value
        if key.value == "name"
    )
    yield from (f"{key}: the key stands there {n} times" for key, n in keys.items() if n > 1)
    yield from (f"{name}: {n} entries have this name" for name, n in names.items() if n > 1)


def _category(info: ModelMixinInfo) -> Iterator[str]:
    if info.category not in CATEGORIES:
        hint = did_you_mean(info.category, CATEGORIES) or f"; use one of {', '.join(CATEGORIES)}"
        yield f"unknown category {info.category!r}{hint}"


def _requirements(
    info: ModelMixinInfo, entries: dict[str, ModelMixinInfo], known: set[str]
) -> Iterator[str]:
    for item in info.requires:
        if item not in known and not _exists(item):
            yield (
                f"requires {item!r}, which is no mixin, module or distribution here"
                f"{did_you_mean(item, known)}"
            )

    def requires(name: str) -> list[str] | None:
        return entries[name].requires if name in entries else None

    try:
        resolve_requirements(info.name, requires)
    except CircularRequirement as error:
        yield f"circular requirement: {error}"


def _conflicts(info: ModelMixinInfo, known: set[str]) -> Iterator[str]:
    for field in ("incompatible_with", "compatible_with"):
        for name in getattr(info, field):
            if name not in known:
                yield f"{field} names {name!r}, which is no mixin{did_you_mean(name, known)}"
    for name in sorted({*info.incompatible_with} & {*info.compatible_with}):
        yield f"{name!r} is both compatible and incompatible"


def _presets(info: ModelMixinInfo) -> Iterator[str]:
    for preset, values in info.presets.items():
        for field in values.config:
            if field not in info.config_schema:
                hint = did_you_mean(field, info.config_schema)
                yield f"preset {preset!r} sets {field!r}, which is no field{hint}"


def _subcontract(info: ModelMixinInfo, discovery: MixinDiscovery) -> Iterator[str]:
    if info.subcontract_model is None:
        return
    try:
        model: Any = discovery.resolve_subcontract(info.name)
    except ModelOnexError as error:
        yield error.message
        return
    fields: dict[str, Any] = getattr(model, "model_fields", {})
    for field in info.config_schema:
        if field not in fields:
            hint = did_you_mean(field, fields)
            yield f"config_schema has {field!r}, which {model.__name__} has not{hint}"


def _module(name: str, discovery: MixinDiscovery) -> Iterator[str]:
    file = f"{discovery.get_mixin_key(name)}.py"
    path = discovery.mixins_path / file
    if not path.is_file():
        taken = {f"{discovery.get_mixin_key(each)}.py" for each in discovery.names()}
        free = {each.name for each in discovery.mixins_path.glob("mixin_*.py")} - taken
        yield f"the module {file} is missing{did_you_mean(file, free)}"
        return
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        yield f"{file} is no Python module: {error}"
        return
    defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    if name not in defined:
        yield f"{file} defines no {name!r}{did_you_mean(name, defined)}"


def _exists(item: str) -> bool:
    """Return whether `item` is a module that can be found or a distribution that is installed."""
    try:
        if importlib.util.find_spec(item) is not None:
            return True
    except (ImportError, ValueError):
        pass
    try:
        return bool(metadata.distribution(item))
    except (metadata.PackageNotFoundError, ValueError):
        return False
