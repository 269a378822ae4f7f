"""A hook: what several classes do differently at one place of merged code."""

import ast
import copy
from dataclasses import dataclass
from functools import cached_property

from carve.source.members import Function
from carve.source.merge.places import Place, dumped
from carve.source.merge.scopes import bound_in, named_for_others, reads_and_writes, rename
from carve.source.merge.syntax import NAMED_BY
from carve.source.names import BUILTINS

__all__ = ["Hook", "HookSide"]


@dataclass(frozen=True)
class HookSide:
    """A hook in one host: its code, and what its inputs and outputs are called there."""

    nodes: tuple[ast.AST, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    function: Function

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """Return the variables of the code that may as well be called otherwise, in order."""
        walked = (inner for node in self.nodes for inner in ast.walk(node))
        names = (getattr(inner, NAMED_BY.get(type(inner), ""), None) for inner in walked)
        local = bound_in(self.function)
        found = (*self.inputs, *self.outputs, *(name for name in names if name in local))
        fixed = named_for_others(self.function)
        return tuple(dict.fromkeys(name for name in found if name not in fixed))

    @cached_property
    def nameless(self) -> object:
        """Return something that is the same for code that differs in such names alone."""
        numbers = {name: f"{number}." for number, name in enumerate(self.variables)}
        nodes = copy.deepcopy(self.nodes)
        for node in nodes:
            rename(node, numbers)
        given = [numbers.get(name, name) for name in (*self.inputs, "->", *self.outputs)]
        return [dumped(node) for node in nodes], given

    @property
    def does_nothing(self) -> bool:
        """Tell whether there is no code, and nothing to hand back either."""
        return not self.nodes and not self.outputs


@dataclass(frozen=True)
class Hook:
    """What the hosts do differently at one place.

    Attributes:
        kind: What the call is in the merged code: an expression, a statement, or what the
            function returns.
        sides: The hook in each host; the names of the first host are those of the merged code.
    """

    name: str
    place: Place
    kind: str
    sides: tuple[HookSide, ...]

    @cached_property
    def shared(self) -> int | None:
        """Return the host whose code goes to the mixin, for another one has the same.

        Code that a host has for itself stays there, so that the mixin knows no host. The mixin
        is written in the module of the first host: from others it can take only code that
        means the same in any module.
        """
        for number, side in enumerate(self.sides):
            others = range(number + 1, len(self.sides))
            repeated = any(self.same(number, other) for other in others)
            if repeated and (number == 0 or _stands_alone(side)):
                return number
        return None

    def moves_from(self, number: int) -> bool:
        """Tell whether the host's code is that of the mixin."""
        return self.shared is not None and self.same(self.shared, number)

    def source_for(self, number: int) -> int:
        """Return the first host with the very code of this one."""
        return next(each for each in range(number + 1) if self.same(each, number))

    def same(self, one: int, other: int) -> bool:
        """Tell whether two hosts have the same code, whatever they call their variables."""
        return self.sides[one].nameless == self.sides[other].nameless


def _stands_alone(side: HookSide) -> bool:
    """Tell whether all that the code uses comes in, is a member, or is built into Python."""
    reads, _ = reads_and_writes(side.nodes)
    return reads <= bound_in(side.function) | BUILTINS
