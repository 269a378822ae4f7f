"""Checks a composition for what goes wrong between classes that are each right."""

import sys
from collections.abc import Iterator, Sequence

from omnibase_core.discovery.class_composition import Composition
from omnibase_core.discovery.class_constructors import constructor_findings
from omnibase_core.discovery.class_members import member_findings, property_findings
from omnibase_core.discovery.composition import incompatible_pairs
from omnibase_core.discovery.dependencies import missing_requirements
from omnibase_core.discovery.finding import Finding
from omnibase_core.discovery.mixin_discovery import MixinDiscovery
from omnibase_core.discovery.model_mixin_info import ModelMixinInfo

__all__ = ["check_composition", "check_names"]


def check_composition(
    composition: Composition, discovery: MixinDiscovery, asked: Sequence[str] = ()
) -> list[Finding]:
    """Return everything that there is to say about a composition, conflicts first.

    `asked` names mixins that belong to it although nobody has written them yet.
    """
    names = dict.fromkeys([*asked, *composition.listed])
    found = [
        *check_names(list(names), discovery, _used_by(composition)),
        *member_findings(composition, _written_for(composition, discovery)),
        *property_findings(composition),
        *constructor_findings(composition),
        *_misplaced(composition),
    ]
    return sorted(found, key=lambda finding: finding.severity)


def check_names(
    names: Sequence[str],
    discovery: MixinDiscovery,
    used: frozenset[tuple[str, str]] = frozenset(),
) -> Iterator[Finding]:
    """Yield what the registry says about mixins in one class.

    `used` holds each mixin and required mixin where the first makes use of the second itself.
    """
    entries = {info.name: info for info in discovery.get_all_mixins()}
    exempt = {each.name: each for each in discovery.get_infrastructure_mixins()}
    yield from _incompatible(names, entries)
    requires: dict[str, Sequence[str]] = {name: info.requires for name, info in entries.items()}
    for missing, name in missing_requirements(names, requires | dict.fromkeys(exempt, ())):
        if (name, missing) not in used:
            yield Finding(
                "missing-requirement",
                "conflict",
                f"{name} requires {missing}",
                (name, missing),
                instead=f"add {missing} after {name}",
            )
    for name in names:
        if name in exempt:
            yield Finding(
                "infrastructure",
                "note",
                f"{name} is infrastructure ({exempt[name].kind}): {exempt[name].reason}",
                (name,),
            )


def _incompatible(names: Sequence[str], entries: dict[str, ModelMixinInfo]) -> Iterator[Finding]:
    declared: dict[tuple[str, str], list[str]] = {}
    for one, other, declaring in incompatible_pairs(names, entries):
        declared.setdefault((one, other), []).append(declaring)
    for (one, other), sides in declared.items():
        yield Finding(
            "incompatible",
            "conflict",
            f"{one} and {other} do not go together (declared by {' and '.join(sides)})",
            (one, other),
            instead="leave one of them out",
        )


def _used_by(composition: Composition) -> frozenset[tuple[str, str]]:
    """Return which mixins bring what they require along: by using it, not by inheriting it."""
    return frozenset(
        (each.__name__, name)
        for each in composition.mixins
        for name in vars(sys.modules.get(each.__module__, sys))
    )


def _written_for(
    composition: Composition, discovery: MixinDiscovery
) -> frozenset[tuple[type, type]]:
    """Return each mixin with each other one that it requires, or that its module imports."""
    requires = {info.name: info.requires for info in discovery.get_all_mixins()}
    return frozenset(
        (one, other)
        for one in composition.mixins
        for other in composition.mixins
        if other.__name__ in requires.get(one.__name__, ())
        or (
            one.__module__ != other.__module__
            and vars(sys.modules.get(one.__module__, sys)).get(other.__name__) is other
        )
    )


def _misplaced(composition: Composition) -> Iterator[Finding]:
    """Yield each mixin that stands behind the node base, which then answers in its place."""
    if composition.base is None:
        return
    base = composition.base
    for mixin in composition.mixins:
        if mixin in composition.after(base):
            yield Finding(
                "after-node-base",
                "conflict",
                f"{mixin.__name__} comes after {base.__name__}, which hides its members",
                (mixin.__name__, base.__name__),
                instead=f"list {mixin.__name__} before {base.__name__}",
            )
