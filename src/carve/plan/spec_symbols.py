"""What a plan says of steps that rename or move a name, or change what classes inherit."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from carve.plan.fields import Dotted, Line, Name, Ref, Text, objection
from carve.plan.refs import ClassRef
from carve.plan.specs import Step

__all__ = ["CutReexportsSpec", "MoveSymbolSpec", "RenameSymbolSpec", "ReplaceBaseSpec"]


class RenameSymbolSpec(Step):
    """The top-level name `source` becomes `target`, with all that refers to it."""

    do: Literal["rename_symbol"] = "rename_symbol"
    source: Ref = Field(alias="from")
    target: Name = Field(alias="to")
    leaves: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _another(self) -> "RenameSymbolSpec":
        if self.source.name == self.target:
            raise objection("it is called so already", "give another name", at="to")
        return self

    @property
    def title(self) -> str:
        """One line for a commit or a table."""
        return f"Rename {self.source.name} to {self.target}"

    @property
    def moved(self) -> tuple[str, ...]:
        """The new name."""
        return (self.target,)


class MoveSymbolSpec(Step):
    """The top-level name `source` moves to the module `target`, with all that refers to it."""

    do: Literal["move_symbol"] = "move_symbol"
    source: Ref = Field(alias="from")
    target: Dotted = Field(alias="to")
    helpers: tuple[Name, ...] = ()
    drops: tuple[Name, ...] = ()
    cuts: tuple[Dotted, ...] = ()
    leaves: tuple[Text, ...] = ()
    summary: Line | None = None

    @property
    def title(self) -> str:
        """One line for a commit or a table."""
        return f"Move {self.source.name} to {self.target}"

    @property
    def made(self) -> ClassRef:
        """The name in its new module."""
        return ClassRef(self.target, self.source.name)

    @property
    def hosts(self) -> tuple[ClassRef, ...]:
        """The name where it was."""
        return (self.source,)

    @property
    def moved(self) -> tuple[str, ...]:
        """The name, then the helpers."""
        return (self.source.name, *self.helpers)


class CutReexportsSpec(Step):
    """The modules in `cuts` stop offering the names in `sources`, which others define."""

    do: Literal["cut_reexports"] = "cut_reexports"
    sources: Annotated[tuple[Ref, ...], Field(alias="from", min_length=1)]
    cuts: Annotated[tuple[Dotted, ...], Field(min_length=1)]
    leaves: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _elsewhere(self) -> "CutReexportsSpec":
        for ref in self.sources:
            if ref.module in self.cuts:
                problem = f"{ref.module} defines {ref.name}, so it cannot stop offering it"
                raise objection(problem, "name a module that only offers it as well", at="cuts")
        return self

    @property
    def title(self) -> str:
        """One line for a commit or a table."""
        names = ", ".join(ref.name for ref in self.sources)
        return f"Take {names} from where they are defined"

    @property
    def moved(self) -> tuple[str, ...]:
        """The names."""
        return tuple(ref.name for ref in self.sources)


class ReplaceBaseSpec(Step):
    """Subclasses of `source` inherit `target` in its place: all of them, or those in `of`."""

    do: Literal["replace_base"] = "replace_base"
    source: Ref = Field(alias="from")
    target: Ref = Field(alias="to")
    of: tuple[Ref, ...] = ()
    leaves: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _another(self) -> "ReplaceBaseSpec":
        if self.source == self.target:
            raise objection("a class cannot take its own place", "name another class", at="to")
        return self

    @property
    def title(self) -> str:
        """One line for a commit or a table."""
        return f"Let subclasses of {self.source.name} inherit {self.target.name}"

    @property
    def moved(self) -> tuple[str, ...]:
        """The subclasses, as far as the plan names them."""
        return tuple(ref.name for ref in self.of)
