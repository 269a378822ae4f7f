"""What an entry of the registry names exists, and what it says of another mixin is mutual.

Modules are looked up in the running Python. A mixin without a module is planned: no fault of its
own, but one of any mixin with a module that requires it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from omnibase_core.discovery.registry_check import check
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.note import Note
from omnibase_core.gates.registry import INFRASTRUCTURE, Registry

__all__ = ["find", "notes"]

_RELATIONS: Final = ("compatible_with", "incompatible_with")


def find(root: Path) -> Iterator[Finding]:
    """Yield each name that leads nowhere, each one-sided pair, each requirement not yet met."""
    registry = Registry.at(root)
    yield from _leading_nowhere(registry)
    yield from _one_sided(registry)
    yield from _too_early(registry)


def notes(root: Path) -> Iterator[Note]:
    """Yield which mixins are planned."""
    if keys := _planned(Registry.at(root)):
        yield Note(f"planned mixins: {len(keys)}", keys)


def _planned(registry: Registry) -> tuple[str, ...]:
    every = (*registry.entries, *registry.infrastructure)
    return tuple(key for key in every if registry.tree.mixin(key) is None)


def _leading_nowhere(registry: Registry) -> Iterator[Finding]:
    """Yield what the check of the registry says, at the line it is about."""
    keys = {info.name: key for key, info in registry.entries.items()}
    missing = {f"{key}: the module {key}.py is missing" for key in _planned(registry)}
    for problem in check(registry.tree.mixins):
        if problem.partition(" (did you mean")[0] in missing:
            continue
        where, _, message = problem.partition(": ")
        key = keys.get(where, where)
        yield registry.finding(
            _steps(registry, key, message),
            f"{where}: {message}",
            "correct the entry, or add what it names",
        )


def _steps(registry: Registry, key: str, message: str) -> tuple[str, ...]:
    """Return the way to what a message is about: the key of the entry that it mentions."""
    if key in registry.infrastructure:
        return (INFRASTRUCTURE, key)
    words = message.split()
    return (key, *[each for each in registry.raw(key) if each in words][:1])


def _one_sided(registry: Registry) -> Iterator[Finding]:
    """Yield each mixin that another one names and that does not name that one in turn."""
    by_name = {info.name: info for info in registry.entries.values()}
    for key, info in registry.entries.items():
        for relation in _RELATIONS:
            for other in getattr(info, relation):
                if other == info.name:
                    steps = (key, relation)
                    yield registry.finding(steps, f"{relation} names itself", "take it out")
                elif other in by_name and info.name not in getattr(by_name[other], relation):
                    yield registry.finding(
                        (key, relation),
                        f"{info.name} is {relation} {other}, which does not say so in turn",
                        f"add {info.name} to {relation} of {other}, or take {other} out",
                    )


def _too_early(registry: Registry) -> Iterator[Finding]:
    """Yield each mixin with a module that requires one without."""
    keys = {info.name: key for key, info in registry.entries.items()}
    keys |= {exempt.name: key for key, exempt in registry.infrastructure.items()}
    for key, info, _ in registry.implemented():
        for name in info.requires:
            if name in keys and registry.tree.mixin(keys[name]) is None:
                yield registry.finding(
                    (key, "requires"),
                    f"{info.name} requires {name}, which has no module yet",
                    f"add {keys[name]}.py",
                )
