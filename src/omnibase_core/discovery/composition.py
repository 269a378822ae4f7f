"""Tells what speaks against mixins in one class, going by the registry alone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from omnibase_core.discovery.dependencies import missing_requirements
from omnibase_core.discovery.model_mixin_info import ModelMixinInfo
from omnibase_core.discovery.registry_error import did_you_mean

__all__ = ["composition_problems", "incompatible_pairs", "unknown_names"]


def unknown_names(names: Sequence[str], known: Mapping[str, object]) -> list[str]:
    """Return one message for each name that stands for no mixin."""
    unknown = dict.fromkeys(str(name) for name in names if str(name) not in known)
    return [f"Unknown mixin: {name}{did_you_mean(name, known)}" for name in unknown]


def composition_problems(
    names: Sequence[str], entries: Mapping[str, ModelMixinInfo], infrastructure: Sequence[str]
) -> list[str]:
    """Return one message for each duplicate, declared conflict and missing requirement."""
    counted = Counter(names)
    requires: dict[str, Sequence[str]] = dict.fromkeys(infrastructure, ())
    requires |= {name: info.requires for name, info in entries.items()}
    return [
        *(
            f"Duplicate mixin: {name} (named {times} times)"
            for name, times in counted.items()
            if times > 1
        ),
        *(
            f"Incompatible mixins: {one} and {other} (declared by {declaring})"
            for one, other, declaring in incompatible_pairs(list(counted), entries)
        ),
        *(
            f"Missing requirement: {missing} (required by {name})"
            for missing, name in missing_requirements(list(counted), requires)
        ),
    ]


def incompatible_pairs(
    names: Sequence[str], entries: Mapping[str, ModelMixinInfo]
) -> Iterator[tuple[str, str, str]]:
    """Yield each pair that does not go together, and which of the two says so."""
    for one, other in combinations(names, 2):
        for declaring, declared in ((one, other), (other, one)):
            if declaring in entries and declared in entries[declaring].incompatible_with:
                yield one, other, declaring
