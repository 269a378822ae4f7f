"""Compare the members that are to become one, and settle what covers each difference."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from carve.source.members import Function, HostClass
from carve.source.merge.alignment import Alignment
from carve.source.merge.blocks import BlockPlan
from carve.source.merge.edits import Letters
from carve.source.merge.gathering import Gathering
from carve.source.merge.headers import alike_headers, is_private, positional
from carve.source.merge.hook import Hook
from carve.source.merge.hooks import hook_for
from carve.source.merge.places import Parameter, Place, dumped

__all__ = ["Comparison", "Pairing", "compare"]

_PATIENCE = 200


@dataclass(frozen=True)
class Pairing:
    """One function of a member as each host has it, with what differs in it."""

    member: str
    functions: tuple[Function, ...]
    places: tuple[Place, ...]
    names: tuple[dict[str, str], ...]
    hooks: tuple[tuple[Place, Hook], ...] = ()
    this: str = "self"

    def hook_at(self, place: Place) -> Hook | None:
        """Return the hook that stands for the place."""
        return next((hook for known, hook in self.hooks if known is place), None)


@dataclass
class Comparison:
    """Members of several hosts, laid side by side.

    Attributes:
        defaults: Parameters that some functions do not have, with what they are for those.
        problems: Lines of the first host's module with what stands in the way there.
    """

    hosts: tuple[HostClass, ...]
    parameters: tuple[Parameter, ...]
    defaults: Mapping[str, str] = field(default_factory=dict)
    pairings: list[Pairing] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        """Return every difference, in the order of the plan's members."""
        return [place for pairing in self.pairings for place in pairing.places]

    @property
    def hooks(self) -> list[Hook]:
        """Return each hook once."""
        found: dict[str, Hook] = {}
        for pairing in self.pairings:
            for _, hook in pairing.hooks:
                found.setdefault(hook.name, hook)
        return list(found.values())

    @cached_property
    def letters(self) -> tuple[Letters, ...]:
        """Return the source of each host by characters."""
        return tuple(Letters(host.module.source) for host in self.hosts)


def compare(
    hosts: tuple[HostClass, ...],
    members: tuple[str, ...],
    parameters: tuple[Parameter, ...],
    hook_names: tuple[str, ...],
    defaults: Mapping[str, str],
) -> Comparison:
    """Return the members side by side; `problems` says what is not covered."""
    found = Comparison(hosts, parameters, defaults)
    for member in members:
        _compare(found, member)
    _name_hooks(found, hook_names)
    _nothing_idle(found, hook_names)
    return found


def _compare(found: Comparison, member: str) -> None:
    groups = [host.members[member].nodes for host in found.hosts]
    first = groups[0][0]
    if any(len(group) != len(groups[0]) for group in groups):
        message = f"{member!r} is defined by a different number of statements"
        found.problems.append((first.lineno, message, "leave it where it is"))
        return
    for nodes in zip(*groups, strict=True):
        if all(isinstance(node, Function) for node in nodes):
            functions = tuple(node for node in nodes if isinstance(node, Function))
            found.pairings += _paired(found, member, functions)
        elif any(ast.dump(node) != ast.dump(nodes[0]) for node in nodes):
            message = f"{member!r} is not the same in {' and '.join(_named(found, nodes))}"
            found.problems.append((nodes[0].lineno, message, "leave it where it is"))


def _named(found: Comparison, nodes: tuple[ast.stmt, ...]) -> list[str]:
    first = ast.dump(nodes[0])
    others = [
        host.name for host, node in zip(found.hosts, nodes, strict=True) if ast.dump(node) != first
    ]
    return [found.hosts[0].name, *others]


def _paired(found: Comparison, member: str, functions: tuple[Function, ...]) -> Iterator[Pairing]:
    """Yield the pairing; nothing where the functions differ by more than can be covered."""
    plan, reasons = BlockPlan(), list[tuple[int, str]]()
    for _ in range(_PATIENCE):
        alignment = Alignment(functions, found.parameters, plan, member, found.defaults)
        if not alignment.align():
            break
        this = alignment.found.this or "self"
        hooks, bad = _hooks(found, alignment, this)
        if bad is None:
            yield Pairing(
                member,
                functions,
                tuple(alignment.found.places),
                tuple(alignment.found.names),
                hooks,
                this,
            )
            return
        place, reason = bad
        reasons.append((place.line, reason))
        if place.block is None:
            break
        plan.coarsen(*place.block, is_run=place.kind == "run")
    known = reasons or [(functions[0].lineno, _vague(found, functions, member))]
    line, reason = known[0]
    message = f"{member!r} differs by more than parameters and hooks can cover: {reason}"
    instead = "make the code more alike there first, or leave this member where it is"
    found.problems.append((line, message, instead))


def _vague(found: Comparison, functions: tuple[Function, ...], member: str) -> str:
    alike = len(set(map(type, functions))) == 1
    if not alike or not alike_headers(functions, Gathering(functions, member), found.defaults):
        return f"its header differs{_too_short(found, functions, member)}"
    return "it does so in an annotation, a nested function, or where there is no instance"


def _too_short(found: Comparison, functions: tuple[Function, ...], member: str) -> str:
    """Return what would help where some functions have fewer parameters than another."""
    counts = [len(positional(function)) for function in functions]
    longest = counts.index(max(counts))
    wanted = positional(functions[longest])[min(counts) :]
    if not wanted or not is_private(member):
        return ""
    name = found.hosts[longest].name
    first = f", and {name} has to stand first under from:" if longest else ""
    return f"; {', '.join(wanted)} would need a value under defaults:{first}"


def _hooks(
    found: Comparison, alignment: Alignment, this: str
) -> tuple[tuple[tuple[Place, Hook], ...], tuple[Place, str] | None]:
    """Return the hooks, not yet named, or the first place that cannot have one and why."""
    made: list[tuple[Place, Hook]] = []
    for place in alignment.found.places:
        if not place.needs_hook:
            continue
        hook = hook_for("", place, alignment.functions, alignment.found.names, this)
        if isinstance(hook, Hook) and place.kind == "run":
            known = [place.nodes[0] or (place.first,), *place.nodes[1:]]
            rows = [
                letters.rows(nodes) if nodes else True
                for letters, nodes in zip(found.letters, known, strict=True)
            ]
            hook = hook if all(rows) else "its statements share lines with others"
        if isinstance(hook, str):
            return (), (place, hook)
        made.append((place, hook))
    return tuple(made), None


def _name_hooks(found: Comparison, names: tuple[str, ...]) -> None:
    """Give the hooks their names in the order of the text; equal ones share a name."""
    known: dict[object, str] = {}
    left = list(names)
    for number, pairing in enumerate(found.pairings):
        named: list[tuple[Place, Hook]] = []
        for place, hook in pairing.hooks:
            key = _content(hook)
            if key not in known and left:
                known[key] = left.pop(0)
            if key in known:
                named.append((place, replace(hook, name=known[key])))
            else:
                message = f"no parameter covers this difference in {pairing.member!r}"
                instead = "list a name for it under hooks:, or its values under parameters:"
                found.problems.append((place.line, message, instead))
        found.pairings[number] = replace(pairing, hooks=tuple(named))


def _content(hook: Hook) -> object:
    return (
        hook.kind,
        tuple((tuple(map(dumped, side.nodes)), side.inputs, side.outputs) for side in hook.sides),
    )


def _nothing_idle(found: Comparison, names: tuple[str, ...]) -> None:
    """Note parameters and hooks that stand for nothing, once all differences are known."""
    if found.problems:
        return
    line = found.hosts[0].node.lineno
    used = {name for place in found.places for name in place.cover}
    for parameter in found.parameters:
        if parameter.name not in used:
            message = f"no difference is covered by the parameter {parameter.name!r}"
            found.problems.append((line, message, "take it out of parameters:"))
    for name in found.defaults:
        if name not in used:
            message = f"every class has {name!r}, or none"
            found.problems.append((line, message, "take it out of defaults:"))
    for name in names[len(found.hooks) :]:
        message = f"no difference is left for the hook {name!r}"
        found.problems.append((line, message, "take it out of hooks:"))
