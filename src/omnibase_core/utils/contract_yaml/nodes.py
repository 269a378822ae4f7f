"""A document as a tree whose values know where they stand."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from omnibase_core.utils.contract_yaml.places import Place, Step, Steps
from omnibase_core.utils.contract_yaml.scalars import Scalar

__all__ = ["Content", "Entry", "Node", "make_node"]

Content = Scalar | tuple["Node", ...] | dict[str, "Entry"]
"""What a node holds: a scalar, items or entries."""


class Entry(NamedTuple):
    """A value of a mapping, and where its key stands."""

    key: Place
    node: "Node"


@dataclass(frozen=True, slots=True)
class Node:
    """A value; an alias shares its content, so `size` counts it as often as it is used."""

    place: Place
    content: Content
    size: int = 1
    height: int = 1

    def at(self, place: Place) -> "Node":
        """Return the same value at another place."""
        return replace(self, place=place)

    def plain(self) -> object:
        """Return the value alone, in fresh lists and dicts."""
        if isinstance(self.content, tuple):
            return [item.plain() for item in self.content]
        if isinstance(self.content, dict):
            return {key: entry.node.plain() for key, entry in self.content.items()}
        return self.content

    def step(self, step: Step) -> Entry | None:
        """Return what is one step further down, if there is anything."""
        content = self.content
        if isinstance(content, dict) and isinstance(step, str):
            return content.get(step)
        if isinstance(content, tuple) and isinstance(step, int) and 0 <= step < len(content):
            return Entry(content[step].place, content[step])
        return None

    def find(self, steps: Steps) -> Entry:
        """Return what `steps` lead to, or the nearest thing around it."""
        entry = Entry(self.place, self)
        for step in steps:
            entry = entry.node.step(step) or entry
        return entry


def make_node(place: Place, content: Content) -> Node:
    """Return a node that knows how much is in it."""
    below: list[Node] = []
    if isinstance(content, tuple):
        below = list(content)
    elif isinstance(content, dict):
        below = [entry.node for entry in content.values()]
    size = 1 + sum(node.size for node in below)
    return Node(place, content, size, 1 + max((node.height for node in below), default=0))
