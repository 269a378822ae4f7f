"""What a plan says of a step that merges nearly alike members of several classes."""

import ast
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from carve.plan.fields import Line, Name, Ref, Text, objection
from carve.plan.part import Part
from carve.plan.refs import ClassRef
from carve.plan.specs import Step

__all__ = ["DefaultSpec", "MergeMembersSpec", "ParameterSpec", "RenameSpec"]


def _expression(text: str) -> str:
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError):
        raise objection(
            f"{text!r} is not a Python expression", "write a class, or a text as \"'text'\""
        ) from None
    return text


def _literal(text: str) -> str:
    try:
        ast.literal_eval(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise objection(
            f"{text!r} is not a constant", "write a number, None, or a text as \"'text'\""
        ) from None
    return text


def _uneven(key: str, name: str, known: int, wanted: int) -> Exception:
    return objection(
        f"{name!r} has {known} entries for {wanted} classes",
        "give one for each class after from:, in the same order",
        at=key,
    )


class ParameterSpec(Part):
    """A class attribute that takes the place of a value in which the classes differ."""

    name: Name
    values: tuple[Annotated[Text, AfterValidator(_expression)], ...] = Field(min_length=1)
    annotation: Ref | None = None


class DefaultSpec(Part):
    """A parameter that some of the merged methods do not have, and what it is for those."""

    name: Name
    value: Annotated[Text, AfterValidator(_literal)]


class RenameSpec(Part):
    """What a merged member is called in each class before, in the order of the classes."""

    name: Name
    was: tuple[Name, ...] = Field(min_length=1)


class MergeMembersSpec(Step):
    """Members that `sources` have nearly alike become one text in the mixin `target`."""

    do: Literal["merge_members"] = "merge_members"
    sources: tuple[Ref, ...] = Field(alias="from", min_length=1)
    target: Ref = Field(alias="to")
    members: tuple[Name, ...] = Field(min_length=1)
    renames: tuple[RenameSpec, ...] = ()
    parameters: tuple[ParameterSpec, ...] = ()
    defaults: tuple[DefaultSpec, ...] = ()
    hooks: tuple[Name, ...] = ()
    helpers: tuple[Name, ...] = ()
    drops: tuple[Name, ...] = ()
    leaves: tuple[Name, ...] = ()
    subcontract: Ref | None = None
    summary: Line | None = None

    @model_validator(mode="after")
    def _one_for_each(self) -> "MergeMembersSpec":
        wanted = len(self.sources)
        if wanted == 1 or len(set(self.sources)) != wanted:
            problem = "a class is named twice" if wanted > 1 else "one class has nothing to merge"
            raise objection(problem, "name two classes or more, each once", at="from")
        for parameter in self.parameters:
            if len(parameter.values) != wanted:
                raise _uneven("parameters", parameter.name, len(parameter.values), wanted)
        for rename in self.renames:
            if len(rename.was) != wanted:
                raise _uneven("renames", rename.name, len(rename.was), wanted)
            if rename.name not in self.members:
                raise objection(
                    f"{rename.name!r} is not one of the members",
                    "list the new name under members: as well",
                    at="renames",
                )
        return self

    @model_validator(mode="after")
    def _names_once(self) -> "MergeMembersSpec":
        taken = set(self.members)
        named = [("parameters", each.name) for each in self.parameters]
        named += [("defaults", each.name) for each in self.defaults]
        for key, name in [*named, *(("hooks", hook) for hook in self.hooks)]:
            if name in taken:
                raise objection(f"{name!r} is given to two things", "choose another name", at=key)
            taken.add(name)
        return self

    def name_in(self, host: int, member: str) -> str:
        """Return what the member is called in the class number `host` before the step."""
        known = {rename.name: rename.was[host] for rename in self.renames}
        return known.get(member, member)

    @property
    def fills(self) -> dict[str, str]:
        """What parameters are for the methods that do not have them, by name."""
        return {each.name: each.value for each in self.defaults}

    @property
    def title(self) -> str:
        """One line for a commit or a table."""
        names = [source.name for source in self.sources]
        return f"Merge {self.target.name} from {', '.join(names[:-1])} and {names[-1]}"

    @property
    def made(self) -> ClassRef:
        """The mixin."""
        return self.target

    @property
    def hosts(self) -> tuple[ClassRef, ...]:
        """The classes that lose the members."""
        return self.sources

    @property
    def moved(self) -> tuple[str, ...]:
        """Members, then helpers, in the order of the plan."""
        return (*self.members, *self.helpers)
