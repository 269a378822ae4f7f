"""One difference between two states of an interface."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What is different at a field, and for whom that matters.

    Attributes:
        field: The field, with dots before those of nested models.
        message: What changed and what that does to contracts and code.
        grows: It is a new optional field; everything else breaks something.
    """

    field: str
    message: str
    grows: bool = False
