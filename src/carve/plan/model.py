"""A plan: which members go from which class into which mixin, step by step.

`load_plan` reads one from a file; whoever builds one in code passes it to `check_plan`.
"""

import hashlib
import json
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from carve.errors import Place
from carve.plan.fields import Line, Name, Ref, StepId, Text, objection
from carve.plan.nearest import nearest
from carve.plan.places import Places

__all__ = ["FORMAT", "STEP_KINDS", "ExtractMixinSpec", "Plan", "StepSpec", "Verify"]

FORMAT = 1
_NO_PLACE = Place("plan")


class _Part(BaseModel):
    """Frozen, without unknown keys, and equal when the fields are: positions do not count."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=True
    )

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same fields."""
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash((type(self), *self.__dict__.values()))

    @classmethod
    def key_of(cls, field: str) -> str:
        """Return the key under which `field` stands in a file."""
        known = cls.model_fields.get(field)
        return known.alias if known is not None and known.alias else field

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Return the keys that may stand in a file."""
        return tuple(cls.key_of(field) for field in cls.model_fields)


class Verify(_Part):
    """What has to hold after each step, besides carve's own checks."""

    pins: Text | None = None
    tests: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None


class _Step(_Part):
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
        said = {key: value for key, value in content.items() if value not in (None, [])}
        canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]


class ExtractMixinSpec(_Step):
    """Members of `source` move to the mixin `target`, which `source` then inherits."""

    do: Literal["extract_mixin"] = "extract_mixin"
    source: Ref = Field(alias="from")
    target: Ref = Field(alias="to")
    members: tuple[Name, ...] = Field(min_length=1)
    helpers: tuple[Name, ...] = ()
    drops: tuple[Name, ...] = ()
    leaves: tuple[Name, ...] = ()
    subcontract: Ref | None = None
    summary: Line | None = None


# A new kind is a class, its name here and, once there are two, a union in `StepSpec`.
StepSpec: TypeAlias = ExtractMixinSpec
STEP_KINDS: dict[str, type[StepSpec]] = {"extract_mixin": ExtractMixinSpec}


def _read_step(value: object) -> StepSpec:
    if isinstance(value, StepSpec):
        return value
    if not isinstance(value, dict):
        raise objection("it has to be a mapping", "begin it with id: and do:")
    known = f"known kinds: {', '.join(STEP_KINDS)}"
    if "do" not in value:
        raise objection("the key 'do' is missing", f"add do: with a kind of step; {known}")
    kind = value["do"]
    if not isinstance(kind, str) or kind not in STEP_KINDS:
        hint = nearest(kind, STEP_KINDS)
        raise objection(f"unknown step kind {kind!r}", f"{hint} {known}".strip(), at="do")
    return STEP_KINDS[kind].model_validate(value, by_alias=True, by_name=False)


class Plan(_Part):
    """The steps of a decomposition, in order, and the tree they are for."""

    format: Literal[1]
    roots: tuple[Text, ...] = Field(default=("src",), min_length=1)
    baseline: Text | None = None
    registry: Text | None = None
    exclude: tuple[Text, ...] = ()
    verify: Verify = Verify()
    steps: tuple[Annotated[StepSpec, BeforeValidator(_read_step)], ...] = Field(min_length=1)
    _places: Places = PrivateAttr(default_factory=Places)

    def model_post_init(self, context: Any, /) -> None:
        """Keep the places that the loader hands over."""
        if isinstance(context, Places):
            self._places = context
            for index, step in enumerate(self.steps):
                step.stand_at(context.of("steps", index))

    @property
    def places(self) -> Places:
        """Where everything stands in the plan's file."""
        return self._places

    def place_of(self, step_id: str, key: str, index: int | None = None) -> Place:
        """Return where a value of a step begins, or its item `index`; else where the step does."""
        number = [step.id for step in self.steps].index(step_id)
        name = self.steps[number].key_of(key)
        below = () if index is None else (index,)
        return self._places.of("steps", number, name, *below)
