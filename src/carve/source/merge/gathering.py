"""What a comparison has found so far: places, and which locals of the hosts are the same."""

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from carve.source.members import Function
from carve.source.merge.places import BlockKey, Kind, Place
from carve.source.merge.scopes import (
    ambiguous,
    bound_in,
    seen_by_name,
    times_bound,
)

__all__ = ["Gathering", "Trial"]

_Nodes = tuple[ast.AST, ...]


@dataclass
class Trial:
    """An attempt at a comparison; what it noted is taken back unless it is kept."""

    kept: bool = False


@dataclass
class Gathering:
    """Places and names, which a trial can take back.

    Attributes:
        names: For each function, what the locals of the first one are called in it.
        slot: The block and the slot in it that are looked at.
    """

    functions: tuple[Function, ...]
    member: str
    places: list[Place] = field(default_factory=list)
    names: list[dict[str, str]] = field(default_factory=list)
    slot: tuple[BlockKey, int] | None = None

    def __post_init__(self) -> None:
        """Look up the names that each function binds."""
        self.names = [{} for _ in self.functions]
        self._bound = [bound_in(function) for function in self.functions]
        self._ambiguous = [ambiguous(f) | seen_by_name(f) for f in self.functions]

    @property
    def this(self) -> str | None:
        """Return what the function calls its instance or class, when nothing else is called so."""
        arguments = self.functions[0].args
        first = [*arguments.posonlyargs, *arguments.args][:1]
        static = any(ast.unparse(d) == "staticmethod" for d in self.functions[0].decorator_list)
        if static or not first or times_bound(self.functions[0], first[0].arg) != 1:
            return None
        return first[0].arg

    @contextmanager
    def trial(self) -> Iterator[Trial]:
        """Take back what is noted inside, unless the trial is kept."""
        made = Trial()
        places, names, slot = len(self.places), [dict(known) for known in self.names], self.slot
        yield made
        if not made.kept:
            del self.places[places:]
            self.names, self.slot = names, slot

    def add(
        self,
        kind: Kind,
        nodes: _Nodes,
        cover: tuple[str, ...] = (),
        parts: tuple[object, ...] = (),
    ) -> None:
        """Note a place at which each host has one node."""
        rows = tuple((node,) for node in nodes)
        self.places.append(Place(kind, self.member, rows, cover, parts, self.slot))

    def add_default(self, name: str, rows: tuple[_Nodes, ...], value: str) -> None:
        """Note a parameter that only some hosts have, each of them with one node."""
        self.places.append(Place("default", self.member, rows, (name,), (value,)))

    def add_run(self, rows: tuple[tuple[ast.stmt, ...], ...], at: Sequence[ast.stmt]) -> None:
        """Note a place, at a statement of the first host, where each has some of its own."""
        self.places.append(Place("run", self.member, rows, block=self.slot, at=at[0]))

    def are_global(self, nodes: _Nodes) -> bool:
        """Tell whether no name in the expressions is a local one."""
        return not any(
            isinstance(inner, ast.Name) and inner.id in bound
            for node, bound in zip(nodes, self._bound, strict=True)
            for inner in ast.walk(node)
        )

    def same_name(self, values: tuple[object, ...]) -> bool:
        """Compare names; locals may be called otherwise, but always the same."""
        first = values[0]
        if not isinstance(first, str):
            return all(value == first for value in values)
        return all(
            isinstance(value, str) and self.same_in(number, first, value)
            for number, value in enumerate(values)
        )

    def same_in(self, number: int, first: str, own: str) -> bool:
        """Tell whether `own` can be what the function of that number calls `first`."""
        local = own in self._bound[number]
        if not local or first not in self._bound[0]:
            return not local and first not in self._bound[0] and own == first
        if own != first and (own in self._ambiguous[number] or first in self._ambiguous[0]):
            return False
        known = self.names[number]
        return known.setdefault(first, own) == own and list(known.values()).count(own) == 1
