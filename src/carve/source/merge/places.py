"""What a merge speaks of: its parameters, and the places at which the members differ."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from carve.plan.refs import ClassRef
from carve.source.members import HostClass

__all__ = ["BlockKey", "Kind", "Parameter", "Place", "Slot", "dumped", "shown"]

Kind = Literal["value", "text", "annotation", "default", "expression", "run"]
BlockKey = tuple[tuple[int, ...], str]
_WIDEST = 60


@dataclass(frozen=True)
class Parameter:
    """A class attribute that stands for a value of each host, in the order of the hosts."""

    name: str
    values: tuple[ast.expr, ...]
    annotation: ClassRef | None = None

    @classmethod
    def read(cls, name: str, values: Iterable[str], annotation: ClassRef | None) -> "Parameter":
        """Return the parameter whose values are given as text."""
        parsed = tuple(ast.parse(text, mode="eval").body for text in values)
        return cls(name, parsed, annotation)

    def stands_in(self, hosts: tuple[HostClass, ...]) -> bool:
        """Tell whether every host has the attribute already, with its value."""
        for host, value in zip(hosts, self.values, strict=True):
            member = host.members.get(self.name)
            known = [getattr(node, "value", None) for node in member.nodes] if member else []
            if [dumped(node) for node in known if node is not None] != [dumped(value)]:
                return False
        return True


@dataclass(frozen=True)
class Place:
    """One difference: what each host has there, and what can stand for it.

    Attributes:
        kind: A parameter's value, a text with such values in it, an annotation, a parameter of
            the function that gets a default, or what a hook has to do: compute an expression, or
            run statements.
        member: The member that the place is in.
        nodes: One tuple of nodes for each host; an expression is a tuple of one.
        cover: The parameters that cover it; empty for what needs a hook.
        parts: For a text: its characters, formatted values and parameters, in the first host.
            For a default: its value.
        block: The block of statements that a hook's place is in, and the place's slot there.
        at: For a run of which the first host has nothing: the statement that follows there.
    """

    kind: Kind
    member: str
    nodes: tuple[tuple[ast.AST, ...], ...]
    cover: tuple[str, ...] = ()
    parts: tuple[object, ...] = ()
    block: tuple[BlockKey, int] | None = None
    at: ast.stmt | None = None

    @property
    def first(self) -> ast.AST:
        """Return the node at which the place stands in the first host."""
        return self.at if self.at is not None else self.nodes[0][0]

    @property
    def line(self) -> int:
        """Return the line in the first host."""
        return getattr(self.first, "lineno", 1)

    @property
    def needs_hook(self) -> bool:
        """Tell whether no parameter can stand here."""
        return self.kind in ("expression", "run")


@dataclass(frozen=True, slots=True)
class Slot:
    """Statements of one block that are looked at together: a range of indexes for each host."""

    ranges: tuple[tuple[int, int], ...]
    is_run: bool = False

    def of(self, blocks: tuple[list[ast.stmt], ...]) -> tuple[tuple[ast.stmt, ...], ...]:
        """Return each host's statements in the slot."""
        return tuple(
            tuple(block[start:end])
            for block, (start, end) in zip(blocks, self.ranges, strict=True)
        )

    def joined(self, other: "Slot") -> "Slot":
        """Return the run from the beginning of this slot to the end of a later one."""
        pairs = zip(self.ranges, other.ranges, strict=True)
        return Slot(tuple((mine[0], its[1]) for mine, its in pairs), is_run=True)


def dumped(node: ast.AST) -> str:
    """Return a text that is the same for the same code; reading and writing count as one."""
    return ast.dump(node).replace("ctx=Store()", "ctx=Load()")


def shown(nodes: tuple[ast.AST, ...]) -> str:
    """Return code on one line, cut off where it is long."""
    text = "; ".join(" ".join(ast.unparse(node).split()) for node in nodes) or "nothing"
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."
