"""Write each host with the common members in place of its own, values and hooks beside them."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from carve.source.imports import Import, add_imports
from carve.source.layout import Layout
from carve.source.members import HostClass, Region
from carve.source.merge.comparison import Comparison
from carve.source.merge.edits import Change, change_at
from carve.source.merge.hooktext import hook_text
from carve.source.merge.places import Parameter
from carve.source.module import Module
from carve.source.text import Splice

__all__ = ["Staged", "Stages", "Unwritable", "Wording", "stage"]

_ANY = Import("typing", "Any")


class Unwritable(Exception):  # noqa: N818 - it is no error of the reader's
    """A difference stands where nothing can be written for it; `line` is in the first host."""

    def __init__(self, line: int) -> None:
        """Keep the line."""
        super().__init__(line)
        self.line = line


@dataclass(frozen=True)
class Wording:
    """What the new lines of the hosts need: the mixin's name, each host's aliases, the layout."""

    mixin: str
    aliases: tuple[dict[str, str], ...]
    layout: Layout


@dataclass(frozen=True)
class Staged:
    """One host with the common members, before they leave it.

    Attributes:
        added: Names of class attributes that are new: parameters, and aliases of old names.
        moving: The members that leave: the common ones, and hooks as the mixin has them.
        keeps: Hooks that the host does in its own way.
    """

    host: HostClass
    moving: tuple[str, ...]
    keeps: frozenset[str]
    added: frozenset[str]


# Each host, and the model of the mixin.
Stages = tuple[tuple[Staged, ...], Staged]


def stage(found: Comparison, members: tuple[str, ...], wording: Wording) -> Stages:
    """Return the hosts as they are once their members are the same text, and the mixin's model.

    That is the first host, with the hooks of the mixin where its own are others.
    """
    common = {member: _common(found, member) for member in members}
    staged = []
    for number in range(len(found.hosts)):
        own = {hook.name: hook.source_for(number) for hook in found.hooks}
        staged.append(_staged(found, number, common, wording, own))
    shared = {hook.name: hook.shared or 0 for hook in found.hooks}
    model = _staged(found, 0, common, wording, shared)
    return tuple(staged), model


def _common(found: Comparison, member: str) -> list[str]:
    """Return the text of each region of the member, as it will be for all hosts."""
    letters = found.letters[0]
    parameters = {parameter.name: parameter for parameter in found.parameters}
    changes: list[Change] = []
    for pairing in found.pairings:
        if pairing.member != member:
            continue
        for place in pairing.places:
            hook = pairing.hook_at(place)
            change = change_at(place, letters, parameters, hook, pairing.this)
            if change is None:
                raise Unwritable(place.line)
            changes.append(change)
    return [letters.changed(region, changes) for region in found.hosts[0].members[member].regions]


def _staged(
    found: Comparison,
    number: int,
    common: dict[str, list[str]],
    wording: Wording,
    sides: dict[str, int],
) -> Staged:
    """Return one host; `sides` says for each hook which host's code it gets."""
    host, step = found.hosts[number], _step(found.hosts[0])
    hooks = _hooks_of(found, sides, step)
    source, end = host.module.source, host.module.source.newline
    texts: dict[Region, str] = {}
    for member, parts in common.items():
        regions = host.members[member].regions
        texts |= dict(zip(regions, parts, strict=True))
        for hook in found.hooks:
            if hook.place.member == member:
                above = texts[regions[-1]].rstrip("\r\n")
                texts[regions[-1]] = f"{above}{end * 2}{hooks[hook.name]}"
    splices = [Splice(r.start, r.end, _ended(text, end)) for r, text in texts.items()]
    added = _added(found, number, wording)
    splices.append(_attributes(host, [f"{step}{line}{end}" for line in added.values()]))
    module = Module(host.module.name, source.splice(splices))
    for item in _wanted(found, hooks.values()):
        module = _importing(module, item, host.name, wording.layout)
    node = module.class_named(host.name)
    assert node is not None, "the class was there before"  # noqa: S101 - a type fact
    same = tuple(hook.name for hook in found.hooks if hook.moves_from(sides[hook.name]))
    keeps = frozenset(hook.name for hook in found.hooks) - set(same)
    return Staged(HostClass(module, node), (*common, *same), keeps, frozenset(added))


def _ended(text: str, end: str) -> str:
    return text if text.endswith(("\n", "\r")) else f"{text}{end}"


def _hooks_of(found: Comparison, sides: dict[str, int], step: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for hook in found.hooks:
        side = sides[hook.name]
        this = next(p.this for p in found.pairings if p.member == hook.place.member)
        text = hook_text(hook, side, found.letters[side], step, this)
        if text is None:
            raise Unwritable(hook.place.line)
        texts[hook.name] = text
    return texts


def _added(found: Comparison, number: int, wording: Wording) -> dict[str, str]:
    """Return the lines of new class attributes by their names."""
    values = {
        p.name: f"{p.name}{_annotation(p)} = {_written(p.values[number])}"
        for p in found.parameters
        if not p.stands_in(found.hosts)
    }
    aliases = wording.aliases[number].items()
    return values | {old: f"{old} = {wording.mixin}.{new}" for old, new in aliases}


def _attributes(host: HostClass, lines: list[str]) -> Splice:
    """Put lines at the top of the class body, below its docstring."""
    source, first = host.module.source, host.node.body[0]
    documented = ast.get_docstring(host.node, clean=False) is not None
    line = (first.end_lineno or first.lineno) + 1 if documented else host.region(first).start
    if not lines:
        return Splice(line, line - 1)
    follows = line <= len(source.lines) and bool(source.lines[line - 1].strip())
    above, below = source.newline if documented else "", source.newline if follows else ""
    return Splice(line, line - 1, f"{above}{''.join(lines)}{below}")


def _written(value: ast.expr) -> str:
    """Return the value with the quotes that formatters prefer, where that changes nothing else."""
    text = ast.unparse(value)
    plain = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return f'"{text[1:-1]}"' if plain and '"' not in text and "\\" not in text else text


def _annotation(parameter: Parameter) -> str:
    if parameter.annotation is not None:
        return f": type[{parameter.annotation.name}]"
    values = [v.value for v in parameter.values if isinstance(v, ast.Constant)]
    kinds = {type(value) for value in values}
    plain = len(values) == len(parameter.values) and kinds <= {str, int, float, bool, bytes}
    return f": {kinds.pop().__name__}" if plain and len(kinds) == 1 else ""


def _wanted(found: Comparison, hooks: Iterable[str]) -> list[Import]:
    """Return what the new lines use and the module may not have."""
    types = [p.annotation for p in found.parameters if p.annotation is not None]
    wanted = [Import(ref.module, ref.name) for ref in types]
    return [*dict.fromkeys(wanted), *([_ANY] if any("Any" in text for text in hooks) else [])]


def _importing(module: Module, item: Import, name: str, layout: Layout) -> Module:
    if item.bound in module.bindings:
        return module
    node = module.class_named(name)
    line = node.lineno if node is not None else 1
    return Module(module.name, module.source.splice([add_imports(module, {item}, layout, line)]))


def _step(host: HostClass) -> str:
    line = host.module.source.lines[host.node.body[0].lineno - 1]
    return line[: len(line) - len(line.lstrip())] or "    "
