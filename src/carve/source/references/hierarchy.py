"""What a class inherits, in Python's own order, and whether two classes come to the same."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from carve.plan.refs import ClassRef
from carve.source.members import HostClass, Member
from carve.source.names import used_by_members
from carve.source.references.origins import Origins, Thing, Things

__all__ = ["Hierarchy", "Lineage", "differences", "plain"]

# Two classes may document themselves differently, and each knows its own module.
_OF_ITS_OWN = frozenset({"__doc__", "__module__"})


@dataclass(frozen=True, slots=True)
class Lineage:
    """A class with all it inherits; a foreign base is its dotted name."""

    order: tuple[HostClass | str, ...]

    @property
    def classes(self) -> tuple[HostClass, ...]:
        """Return the classes of the tree."""
        return tuple(one for one in self.order if isinstance(one, HostClass))

    @property
    def foreign(self) -> tuple[str, ...]:
        """Return the other ones."""
        return tuple(one for one in self.order if isinstance(one, str) and one != "object")

    def definitions(self) -> dict[str, list[tuple[HostClass, Member]]]:
        """Return each member with those who define it, the one that counts first."""
        found: dict[str, list[tuple[HostClass, Member]]] = {}
        for owner in self.classes:
            for name, member in owner.members.items():
                if name not in _OF_ITS_OWN:
                    found.setdefault(name, []).append((owner, member))
        return found


@dataclass(slots=True)
class Hierarchy:
    """Classes and their bases, as far as the tree defines them."""

    origins: Origins
    _classes: dict[str, HostClass] = field(default_factory=dict)

    def host(self, ref: ClassRef) -> HostClass | None:
        """Return the class that a reference names."""
        module = self.origins.module(ref.module)
        node = module.class_named(ref.name) if module is not None else None
        return HostClass(module, node) if module is not None and node is not None else None

    def bases(self, host: HostClass) -> list[Things]:
        """Return what each base of a class may be."""
        scope = self.origins.scopes(host.module).at(host.node)
        return [self.origins.meant(plain(base), host.module, scope) for base in host.node.bases]

    def lineage(self, host: HostClass, swap: tuple[Thing, Thing] | None = None) -> Lineage | None:
        """Return the resolution order, with one direct base swapped; None when there is none."""
        order = self._order(host, swap)
        if order is None:
            return None
        return Lineage(tuple(self._class(key) or key for key in order))

    def _order(self, host: HostClass, swap: tuple[Thing, Thing] | None) -> list[str] | None:
        heads: list[str] = []
        for base, things in zip(host.node.bases, self.bases(host), strict=True):
            chosen = swap[1] if swap is not None and swap[0] in things else None
            keys = [_key(thing) for thing in sorted([chosen] if chosen else things, key=str)]
            classes = [key for key in keys if self._class(key) is not None]
            heads.append([*classes, *keys, ast.unparse(base)][0])
        rows: list[list[str]] = []
        for head in heads:
            known = self._class(head)
            order = self._order(known, None) if known is not None else [head]
            if order is None:
                return None
            rows.append(order)
        merged = _merged([*rows, heads])
        own = f"{host.module.name}:{host.name}"
        self._classes[own] = host
        return None if merged is None else [own, *merged]

    def _class(self, key: str) -> HostClass | None:
        if key not in self._classes and ":" in key:
            module, _, name = key.partition(":")
            known = self.host(ClassRef(module, name))
            if known is not None:
                self._classes[key] = known
        return self._classes.get(key)


def differences(one: Lineage, other: Lineage, origins: Origins) -> Iterator[tuple[str, str]]:
    """Yield each member, or kind of thing, in which two classes differ, and how."""
    if one.foreign != other.foreign:
        yield "bases", f"{', '.join(one.foreign)} became {', '.join(other.foreign)}"
    if _rest(one, other) != _rest(other, one):
        yield "class statement", "decorators or keywords are not the same"
    before, after = one.definitions(), other.definitions()
    for name in sorted(set(before) | set(after)):
        if name not in before or name not in after:
            yield name, "only one of them has it"
            continue
        told = _compared(before[name], after[name], origins)
        if told:
            yield name, told


def plain(base: ast.expr) -> ast.expr:
    """Return a base without its type arguments."""
    return base.value if isinstance(base, ast.Subscript) else base


def _compared(
    before: list[tuple[HostClass, Member]], after: list[tuple[HostClass, Member]], origins: Origins
) -> str:
    whole = any(_calls_super(member) for _, member in (before[0], after[0]))
    many = max(len(before), len(after)) if whole else 1
    if whole and len(before) != len(after):
        return "it calls super(), and not the same number of classes define it"
    for (owner, member), (other, same) in zip(before[:many], after[:many], strict=False):
        if _identity(owner) == _identity(other):
            continue
        if _dumped(member) != _dumped(same):
            return f"{_place(owner, member)} and {_place(other, same)} are not the same code"
        if name := _other_global(owner, member, other, origins):
            return f"{name!r} is not the same in {owner.module.name} and {other.module.name}"
    return ""


def _other_global(
    owner: HostClass, member: Member, other: HostClass, origins: Origins
) -> str | None:
    """Return a global that means something else in the module of the other class."""
    if owner.module.path == other.module.path:
        return None
    source = owner.module.source
    text = "".join(source.slice(region.start, region.end) for region in member.regions)
    used = used_by_members(text, postponed=owner.module.postponed)
    for name in sorted(used.runtime):
        if name in owner.module.bindings or name in other.module.bindings:
            first = origins.of(owner.module.name, name)
            if first != origins.of(other.module.name, name):
                return name
    return None


def _calls_super(member: Member) -> bool:
    return any(
        isinstance(inner, ast.Name) and inner.id in ("super", "__class__")
        for node in member.nodes
        for inner in ast.walk(node)
    )


def _rest(one: Lineage, other: Lineage) -> list[str]:
    """Return decorators and keywords of the classes that the other lineage does not have."""
    shared = set(map(_identity, other.classes))
    found = [host.node for host in one.classes if _identity(host) not in shared]
    return [ast.dump(part) for node in found for part in (*node.decorator_list, *node.keywords)]


def _identity(host: HostClass) -> tuple[str, int]:
    return host.module.path, host.node.lineno


def _dumped(member: Member) -> list[str]:
    return [ast.dump(node) for node in member.nodes]


def _place(owner: HostClass, member: Member) -> str:
    return f"{owner.module.path}:{member.line}"


def _key(thing: Thing) -> str:
    return f"{thing.module}:{thing.name}" if thing.name else thing.module


def _merged(rows: Iterable[list[str]]) -> list[str] | None:
    """Return the C3 linearisation; None when there is none."""
    todo = [list(row) for row in rows if row]
    found: list[str] = []
    while todo:
        tails = {key for row in todo for key in row[1:]}
        head = next((row[0] for row in todo if row[0] not in tails), None)
        if head is None:
            return None
        found.append(head)
        todo = [rest for row in todo if (rest := [key for key in row if key != head])]
    return found
