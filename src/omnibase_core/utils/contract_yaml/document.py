"""What reading a document gives: its data, and where each part of it stands."""

from dataclasses import dataclass, field

from omnibase_core.utils.contract_yaml.nodes import Node
from omnibase_core.utils.contract_yaml.places import Place, Steps

__all__ = ["Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document with its references replaced by what they lead to."""

    path: str
    """The file, as it was named."""
    data: object
    """Plain lists, dicts and scalars; the caller may change them."""
    _tree: Node = field(repr=False, compare=False)

    def place(self, steps: Steps) -> tuple[int, int]:
        """Return line and column of the value at `steps`, or of the nearest thing around it."""
        where = self.where(steps)
        return where.line, where.column

    def where(self, steps: Steps) -> Place:
        """Return the same with the file, which is another one behind a reference."""
        return self._tree.find(steps).node.place

    def where_key(self, steps: Steps) -> Place:
        """Return where the key of the value at `steps` stands, or of the nearest around it."""
        return self._tree.find(steps).key
