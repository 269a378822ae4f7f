"""A rule between fields that does not hold."""

from typing import NamedTuple


class BrokenRule(NamedTuple):
    """The field to change, and what is wrong with it."""

    field: str
    problem: str

    def __str__(self) -> str:
        """Return the rule as a phrase of an error message."""
        return f"{self.field} {self.problem}"
