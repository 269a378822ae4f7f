"""Puts a class, or mixins by their names, before the checks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from omnibase_core.cli.mixins.failed_class import failed_class
from omnibase_core.cli.mixins.subject import class_named, mixin_class, node_base
from omnibase_core.cli.request_error import RequestError
from omnibase_core.discovery import MixinDiscovery
from omnibase_core.discovery.class_check import check_composition, check_names
from omnibase_core.discovery.class_composition import Composition
from omnibase_core.discovery.finding import Finding
from omnibase_core.discovery.linearisation import ImpossibleOrder

__all__ = ["Judged", "judge_class", "judge_mixins"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks found, and the order of the classes, which an impossible class has not."""

    findings: tuple[Finding, ...]
    order: tuple[type, ...] = ()
    mixins: tuple[type, ...] = ()


def judge_class(discovery: MixinDiscovery, text: str) -> Judged:
    """Import a class and return what the checks say about it."""
    try:
        cls = class_named(text)
    except TypeError as error:
        finding = failed_class(error)
        if finding is None:
            raise RequestError(f"{text} cannot be imported: TypeError: {error}") from error
        return Judged((finding,))
    composition = Composition.of_class(cls, discovery)
    findings = check_composition(composition, discovery)
    return Judged(tuple(findings), composition.order, composition.mixins)


def judge_mixins(discovery: MixinDiscovery, given: Sequence[str]) -> Judged:
    """Return what the checks say about mixins in this order above the base of all nodes."""
    names = list(dict.fromkeys(given))
    written = [name for name in names if discovery.is_implemented(name)]
    findings = [*_repeated(given), *_planned([name for name in names if name not in written])]
    try:
        classes = [cls for name in written if (cls := mixin_class(discovery, name))]
        composition = Composition.of_bases([*classes, node_base()], discovery)
    except ImpossibleOrder as error:
        return Judged((*findings, _impossible(error), *check_names(names, discovery)))
    except TypeError as error:
        raise RequestError(f"a mixin cannot be imported: TypeError: {error}") from error
    findings += check_composition(composition, discovery, names)
    return Judged(
        tuple(sorted(findings, key=lambda finding: finding.severity)),
        composition.order,
        composition.mixins,
    )


def _repeated(names: Sequence[str]) -> list[Finding]:
    return [
        Finding(
            "duplicate",
            "conflict",
            f"{name} is named {times} times",
            (name,),
            instead="name it once",
        )
        for name, times in Counter(names).items()
        if times > 1
    ]


def _planned(names: Sequence[str]) -> list[Finding]:
    return [
        Finding(
            "planned",
            "note",
            f"{name} has no module yet: only what the registry says about it was checked",
            (name,),
        )
        for name in names
    ]


def _impossible(error: ImpossibleOrder) -> Finding:
    return Finding("impossible-order", "conflict", str(error))
