"""Checks whether mixins and a node base can, and may, stand in one class."""

import sys
from collections.abc import Iterable, Mapping, Sequence

from omnibase_core.discovery.class_check import check_names
from omnibase_core.discovery.class_composition import Composition
from omnibase_core.discovery.finding import Finding
from omnibase_core.discovery.linearisation import ImpossibleOrder
from omnibase_core.discovery.mixin_discovery import MixinDiscovery
from omnibase_core.nodes.contract_parts import ChosenMixin
from omnibase_core.nodes.objections import Objections
from omnibase_core.utils.contract_yaml.places import Steps, dotted

__all__ = ["check_duplicates", "check_fit"]


def check_duplicates(mixins: Sequence[ChosenMixin], found: Objections) -> list[ChosenMixin]:
    """Return each mixin once, and note those that are listed again."""
    first: dict[str, ChosenMixin] = {}
    for mixin in mixins:
        if earlier := first.get(mixin.name):
            line = found.document.where(earlier.named_at).line
            what = f"{dotted(mixin.named_at)} is {mixin.name!r} again, which line {line} lists"
            found.add(mixin.named_at, what, "list it once")
        else:
            first[mixin.name] = mixin
    return list(first.values())


def check_fit(
    mixins: Sequence[ChosenMixin],
    bases: Mapping[type, Steps],
    discovery: MixinDiscovery,
    found: Objections,
) -> None:
    """Note what Python or the registry have against the bases, as far as these were found.

    What a base brings along counts as well, both as a conflict and as what others require. That
    one base combines what the registry keeps apart is between that base and the registry.
    """
    places = {mixin.name: mixin.named_at for mixin in mixins}
    brought: Sequence[str] = ()
    try:
        brought = Composition.of_bases(list(bases), discovery).listed
    except ImpossibleOrder as error:
        what, _, instead = str(error).partition("; ")
        found.add(("mixins",), f"mixins: {what}", instead or "leave one of the bases out")
    for base, steps in bases.items():
        for each in base.__mro__:
            places.setdefault(each.__name__, steps)
    names = [mixin.name for mixin in mixins if mixin.name in discovery.names()]
    for finding in check_names(list(dict.fromkeys([*names, *brought])), discovery, _used(bases)):
        if finding.severity == "conflict" and not _within_one(finding, bases):
            steps = _place(finding, places)
            what = f"{dotted(steps)}: {finding.message}"
            found.add(steps, what, finding.instead or "leave it out")


def _within_one(finding: Finding, bases: Iterable[type]) -> bool:
    """Return whether all classes that a finding is about come with one base."""
    return any(set(finding.classes) <= {each.__name__ for each in base.__mro__} for base in bases)


def _place(finding: Finding, places: Mapping[str, Steps]) -> Steps:
    """Return where the last mixin stands that a finding is about, or that brings it along."""
    # Nobody lists what is missing, so that leaves the one that requires it.
    known = [places[name] for name in finding.classes if name in places]
    in_order = sorted((steps for steps in known if steps[0] == "mixins"), key=lambda way: way[1])
    return [("mixins",), *known, *in_order][-1]


def _used(bases: Iterable[type]) -> frozenset[tuple[str, str]]:
    """Return each class with the names that its module has: what it uses itself is not missing."""
    return frozenset(
        (each.__name__, name)
        for base in bases
        for each in base.__mro__
        for name in vars(sys.modules.get(each.__module__, sys))
    )
