"""A plan: which members go from which class into which mixin, step by step.

`load_plan` reads one from a file; whoever builds one in code passes it to `check_plan`.
"""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PrivateAttr

from carve.errors import Place
from carve.plan.fields import Text, objection
from carve.plan.nearest import nearest
from carve.plan.part import Part
from carve.plan.places import Places
from carve.plan.spec_files import AddFilesSpec, DeleteModuleSpec
from carve.plan.spec_merge_members import (
    DefaultSpec,
    MergeMembersSpec,
    ParameterSpec,
    RenameSpec,
)
from carve.plan.spec_symbols import (
    CutReexportsSpec,
    MoveSymbolSpec,
    RenameSymbolSpec,
    ReplaceBaseSpec,
)
from carve.plan.specs import ExtractMixinSpec

__all__ = ["FORMAT", "PARTS", "STEP_KINDS", "Plan", "StepSpec", "Verify"]

FORMAT = 1


class Verify(Part):
    """What has to hold besides carve's own checks: after each step, and all when all are done."""

    pins: Text | None = None
    tests: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    all_tests: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None


# A new kind is a class, its place in the union and its name here.
StepSpec: TypeAlias = (
    ExtractMixinSpec
    | MergeMembersSpec
    | MoveSymbolSpec
    | RenameSymbolSpec
    | ReplaceBaseSpec
    | CutReexportsSpec
    | AddFilesSpec
    | DeleteModuleSpec
)
STEP_KINDS: dict[str, type[StepSpec]] = {
    "extract_mixin": ExtractMixinSpec,
    "merge_members": MergeMembersSpec,
    "move_symbol": MoveSymbolSpec,
    "rename_symbol": RenameSymbolSpec,
    "replace_base": ReplaceBaseSpec,
    "cut_reexports": CutReexportsSpec,
    "add_files": AddFilesSpec,
    "delete_module": DeleteModuleSpec,
}
# The keys of steps whose values are lists of mappings.
PARTS: dict[str, type[Part]] = {
    "parameters": ParameterSpec,
    "defaults": DefaultSpec,
    "renames": RenameSpec,
}


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


class Plan(Part):
    """The steps of a decomposition, in order, and the tree they are for."""

    format: Literal[1]
    roots: tuple[Text, ...] = Field(default=("src",), min_length=1)
    baseline: Text | None = None
    registry: Text | None = None
    exclude: tuple[Text, ...] = ()
    evidence: Text | None = None
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
