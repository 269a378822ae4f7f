"""What a plan says of one step: a class per kind, whose fields are the keys in the file.

Each kind also answers what the rest of the engine asks of any step: its title, the modules it
makes, and the names it takes from classes.
"""

import hashlib
import json
from typing import Literal

from pydantic import Field, PrivateAttr

from carve.errors import Place
from carve.plan.fields import Line, Name, Ref, StepId, Text
from carve.plan.part import Part
from carve.plan.refs import ClassRef

__all__ = ["ExtractMixinSpec", "Step"]

_NO_PLACE = Place("plan")


class Step(Part):
    """What steps of every kind have."""

    id: StepId
    why: Text
    _place: Place = PrivateAttr(default=_NO_PLACE)

    @property
    def place(self) -> Place:
        """Where the step begins."""
        return self._place

    def stand_at(self, place: Place) -> None:
        """Note where the step begins."""
        self._place = place

    def digest(self) -> str:
        """Return 16 characters that change when the step would do or write something else."""
        content = self.model_dump(mode="json", by_alias=True)
        # What is not said does not count, so that a later carve may know more optional keys.
        said = {key: value for key, value in content.items() if value not in (None, [], {})}
        canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]

    @property
    def title(self) -> str:
        """One line for a commit or a table; the id where a kind has nothing better."""
        return self.id

    @property
    def made(self) -> ClassRef | None:
        """The class that the step makes in a module of its own, if it makes one."""
        return None

    @property
    def added(self) -> tuple[str, ...]:
        """The paths of files that the step adds besides."""
        return ()

    @property
    def hosts(self) -> tuple[ClassRef, ...]:
        """The classes that the step takes `members` from."""
        return ()

    @property
    def moved(self) -> tuple[str, ...]:
        """The names that the step takes from where they are."""
        return ()


class ExtractMixinSpec(Step):
    """Members of `source` move to the mixin `target`, which `source` then inherits."""

    do: Literal["extract_mixin"] = "extract_mixin"
    source: Ref = Field(alias="from")
    target: Ref = Field(alias="to")
    members: tuple[Name, ...] = Field(min_length=1)
    calls: tuple[Name, ...] = ()
    helpers: tuple[Name, ...] = ()
    drops: tuple[Name, ...] = ()
    leaves: tuple[Name, ...] = ()
    # Nothing, rather than false, as long as nobody asks for it: see `digest`.
    retarget: bool | None = None
    subcontract: Ref | None = None
    summary: Line | None = None

    @property
    def title(self) -> str:
        """One line for a commit or a table."""
        return f"Extract {self.target.name} from {self.source.name}"

    @property
    def made(self) -> ClassRef:
        """The mixin."""
        return self.target

    @property
    def hosts(self) -> tuple[ClassRef, ...]:
        """The class that loses the members."""
        return (self.source,)

    @property
    def moved(self) -> tuple[str, ...]:
        """Members, then helpers, in the order of the plan."""
        return (*self.members, *self.helpers)
