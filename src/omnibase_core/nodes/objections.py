"""Everything that is wrong with a contract, collected so that it can be told at once."""

from dataclasses import dataclass, field

from omnibase_core.utils.contract_yaml.document import Document
from omnibase_core.utils.contract_yaml.places import Steps
from omnibase_core.utils.contract_yaml.problems import Problem

__all__ = ["Objections"]


@dataclass(slots=True)
class Objections:
    """What has been found so far.

    Attributes:
        document: The contract, which knows where its parts stand.
        problems: What keeps the class from being made.
        unknown: Keys that nobody reads, which is a problem where the caller is strict.
    """

    document: Document
    problems: list[Problem] = field(default_factory=list)
    unknown: list[Problem] = field(default_factory=list)

    def add(self, steps: Steps, what: str, instead: str) -> None:
        """Note that `what` is wrong with the value at `steps`."""
        self.problems.append(Problem(self.document.where(steps), what, instead))
