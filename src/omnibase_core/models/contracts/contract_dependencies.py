"""The dependencies of a contract: read from YAML shapes, then checked as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from omnibase_core.enums.enum_dependency_type import EnumDependencyType
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.model_dependency import ModelDependency
from omnibase_core.models.utils.validation_error import validation_error
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["MOST_DEPENDENCIES", "check_graph", "check_patterns", "to_dependencies"]

MOST_DEPENDENCIES: Final = 100
_MOST_IN_A_GRAPH: Final = 50


def to_dependencies(value: object) -> list[ModelDependency]:
    """Return the dependencies in `value`: those that were built already first, then mappings."""
    if not value:
        return []
    if not isinstance(value, list):
        raise validation_error(
            f"Contract dependencies must be a list, got {type(value).__name__}",
            field="dependencies",
        )
    if len(value) > MOST_DEPENDENCIES:
        raise validation_error(
            f"Too many dependencies: {len(value)}. Maximum allowed: {MOST_DEPENDENCIES}",
            field="dependencies",
        )
    built = [item for item in value if isinstance(item, ModelDependency)]
    mappings = [item for item in value if isinstance(item, dict)]
    if invalid := len(value) - len(built) - len(mappings):
        raise validation_error(
            f"Batch validation failed: {invalid} invalid dependencies found",
            field="dependencies",
        )
    return built + _converted(mappings)


def check_patterns(dependencies: Iterable[ModelDependency], interfaces: Iterable[str]) -> None:
    """Raise unless protocols, as dependencies and as interfaces, are named as such."""
    for dependency in dependencies:
        if not dependency.matches_onex_patterns():
            raise validation_error(
                f"Dependency does not follow ONEX patterns: {dependency.name}",
                field="dependencies",
            )
    for interface in interfaces:
        if "protocol" not in interface.lower():
            raise validation_error(
                f"Protocol interface must contain 'protocol' in the name, got: {interface}",
                field="protocol_interfaces",
            )


def check_graph(contract: str, dependencies: Sequence[ModelDependency]) -> None:
    """Raise if a contract depends on itself, twice on the same thing, or on too much."""
    own, seen = contract.lower(), set[str]()
    for dependency in dependencies:
        name = dependency.name.lower()
        if name == own:
            problem = f"Direct circular dependency: {contract} depends on itself"
        elif name in seen:
            problem = f"Duplicate dependency detected: {dependency.name}"
        elif own in (dependency.module or "").lower():
            problem = (
                f"Potential circular dependency: module {dependency.module} contains {contract}"
            )
        else:
            seen.add(name)
            continue
        raise validation_error(problem, field="dependencies")
    if len(dependencies) > _MOST_IN_A_GRAPH:
        raise validation_error(
            f"Contract has too many dependencies: {len(dependencies)}. "
            f"Maximum recommended: {_MOST_IN_A_GRAPH}",
            field="dependencies",
        )


def _converted(mappings: Iterable[Mapping[str, Any]]) -> list[ModelDependency]:
    dependencies, problems = list[ModelDependency](), list[str]()
    for mapping in mappings:
        try:
            dependencies.append(_from_mapping(mapping))
        except (ValueError, ModelOnexError) as error:
            problems.append(str(error))
    if problems:
        raise validation_error(
            f"Batch YAML dependency conversion failed: {len(problems)} errors",
            field="dependencies",
            problems=problems,
        )
    return dependencies


def _from_mapping(mapping: Mapping[str, Any]) -> ModelDependency:
    """Return one dependency; a version that is still a mapping is dropped, which is relied on."""
    kind, version = mapping.get("dependency_type"), mapping.get("version")
    if isinstance(kind, str):
        kind = EnumDependencyType(kind)
    known = isinstance(kind, EnumDependencyType)
    return ModelDependency(
        name=_text(mapping.get("name")) or "",
        module=_text(mapping.get("module")),
        dependency_type=kind if known else EnumDependencyType.PROTOCOL,
        version=version if isinstance(version, ModelSemVer) else None,
        required=bool(mapping.get("required", True)),
        description=_text(mapping.get("description")),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
