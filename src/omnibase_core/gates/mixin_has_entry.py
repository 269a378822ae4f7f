"""Every mixin module has an entry in the registry with a subcontract, or a reason to have none.

The registry in turn holds every mixin of `known_mixins.yaml` exactly once and no other.
"""

from collections.abc import Iterator
from pathlib import Path

from omnibase_core.discovery.registry_check import CATEGORIES
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.known_mixins import FILE, read_known_mixins
from omnibase_core.gates.registry import INFRASTRUCTURE, Registry

__all__ = ["find"]


def find(root: Path) -> Iterator[Finding]:
    """Yield what modules and known mixins lack in the registry, and what it has too much."""
    registry = Registry.at(root)
    for module in sorted(registry.tree.mixins.glob("mixin_*.py")):
        key = module.stem
        if key in registry.entries:
            yield from _incomplete(registry, key)
        elif key not in registry.infrastructure:
            yield Finding(
                registry.tree.shown(module),
                1,
                "mixin without an entry in the registry",
                f"describe {key} in mixin_metadata.yaml, or give it a reason in its section "
                f"{INFRASTRUCTURE!r}",
            )
    for key, exempt in registry.infrastructure.items():
        if not exempt.reason.strip():
            steps = (INFRASTRUCTURE, key, "reason")
            yield registry.finding(steps, f"{key} is exempt without a reason", "say why")
    yield from _unknown(registry)
    yield from _not_there(registry)
    yield from _twice(registry)


def _incomplete(registry: Registry, key: str) -> Iterator[Finding]:
    """Yield what the entry of a module lacks."""
    info = registry.entries[key]
    if info.category not in CATEGORIES:
        yield registry.finding(
            (key, "category"),
            f"{key} has the unknown category {info.category!r}",
            f"one of {', '.join(CATEGORIES)}",
        )
    if not info.subcontract_model:
        yield registry.finding(
            (key,), f"{key} has an entry without a subcontract", "name its subcontract_model"
        )
        return
    steps = (key, "subcontract_model")
    module = registry.model_file(info)
    if module is None:
        yield registry.finding(
            steps, f"{key} is configured by {info.subcontract_model}, which has no file", "add it"
        )
    elif not module.with_suffix(".yaml").is_file():
        wanted = module.with_suffix(".yaml").name
        yield Finding(
            registry.tree.shown(module),
            1,
            f"subcontract of {info.name} without a YAML file",
            f"add {wanted} beside it",
        )


def _unknown(registry: Registry) -> Iterator[Finding]:
    """Yield each mixin of the registry that is none of the known ones."""
    known = read_known_mixins(registry.tree)[0]
    for key in registry.entries:
        if key not in known.features:
            yield registry.finding((key,), f"{key} is no known mixin", f"list it in {FILE}")
    for key in registry.infrastructure:
        if key not in known.infrastructure:
            steps = (INFRASTRUCTURE, key)
            yield registry.finding(steps, f"{key} is no known mixin", f"list it in {FILE}")


def _not_there(registry: Registry) -> Iterator[Finding]:
    """Yield each known mixin that the registry has not, or calls otherwise."""
    known, document = read_known_mixins(registry.tree)
    entries = {key: info.name for key, info in registry.entries.items()}
    exempt = {key: each.name for key, each in registry.infrastructure.items()}
    for section, names in known.sections().items():
        listed = exempt if section == "infrastructure" else entries
        for key, name in names.items():
            if listed.get(key) == name:
                continue
            calls = f"the registry calls it {listed[key]}" if key in listed else "is not there"
            yield Finding(
                registry.tree.shown(registry.tree.mixins / FILE),
                document.where_key((section, key)).line,
                f"{key} is to be {name} among the {section} of the registry, and {calls}",
                "bring mixin_metadata.yaml and this list into line",
            )


def _twice(registry: Registry) -> Iterator[Finding]:
    """Yield each mixin in both sections; each of them has a name but once already."""
    names = [info.name for info in registry.entries.values()]
    for key, exempt in registry.infrastructure.items():
        if exempt.name in names or key in registry.entries:
            yield registry.finding(
                (INFRASTRUCTURE, key),
                f"{exempt.name} has an entry and is exempt as well",
                "take one of the two away",
            )
