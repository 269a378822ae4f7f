"""One step of a draft while it is being fitted: what is asked for, and what has been ruled out."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from carve.errors import Finding

__all__ = ["Wish"]

_Names = tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """An extraction to ask for.

    Attributes:
        members: What is to move, in the order of the text.
        helpers: _Names of the module that are to go along.
        leaves: Private methods that the class is to keep although only moved code uses them.
        drops: Imports that the old module need not offer any longer.
        kept: What was taken out again, with the objection to it.
        added: Members that were not in the cluster and have to come along.
        barred: _Names of the module that cannot go along, or have to be offered as before.
    """

    members: _Names
    helpers: _Names = ()
    leaves: _Names = ()
    drops: _Names = ()
    kept: dict[str, Finding] = field(default_factory=dict)
    added: _Names = ()
    barred: _Names = ()

    def keeping(self, names: Iterable[str], reason: Finding) -> "Wish":
        """Return the wish without these members; they stay for that reason."""
        gone = {name: reason for name in names if name in self.members}
        rest = tuple(name for name in self.members if name not in gone)
        added = tuple(name for name in self.added if name not in gone)
        return replace(self, members=rest, added=added, kept={**self.kept, **gone})

    def with_member(self, name: str) -> "Wish":
        """Return the wish with one more member."""
        return replace(self, members=(*self.members, name), added=(*self.added, name))

    def with_helper(self, name: str) -> "Wish":
        """Return the wish with one more helper."""
        return replace(self, helpers=(*self.helpers, name))

    def without_helper(self, name: str, *, ever: bool) -> "Wish":
        """Return the wish without the helper, `ever` if it is not to be asked for again."""
        rest = tuple(each for each in self.helpers if each != name)
        return replace(self, helpers=rest, barred=(*self.barred, name) if ever else self.barred)

    def leaving(self, name: str) -> "Wish":
        """Return the wish with a private method that is to stay."""
        return replace(self, leaves=(*self.leaves, name))

    def dropping(self, name: str) -> "Wish":
        """Return the wish with an import that need not be offered any longer."""
        return replace(self, drops=(*self.drops, name))

    def offering(self, name: str) -> "Wish":
        """Return the wish with the import offered after all."""
        drops = tuple(each for each in self.drops if each != name)
        return replace(self, drops=drops, barred=(*self.barred, name))
