"""The parts of a node contract, each with the way to where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from omnibase_core.nodes.model_contract_mixin import ModelContractMixin
from omnibase_core.nodes.model_contract_node import ModelContractNode
from omnibase_core.nodes.model_node_contract import ModelNodeContract
from omnibase_core.nodes.objections import Objections
from omnibase_core.utils.contract_yaml.known_keys import unknown_keys
from omnibase_core.utils.contract_yaml.places import Steps, dotted
from omnibase_core.utils.contract_yaml.problems import Problem, hint, refusal
from omnibase_core.utils.contract_yaml.wording import type_problems

__all__ = ["ChosenMixin", "Parts", "note_unknown", "read_parts"]

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ChosenMixin:
    """A mixin in the list of the contract."""

    steps: Steps
    """The way to its entry."""
    named_at: Steps
    """The way to its name, which is the entry itself where nothing else is said."""
    choice: ModelContractMixin

    @property
    def name(self) -> str:
        """The name of its class."""
        return self.choice.name


@dataclass(frozen=True, slots=True)
class Parts:
    """What could be read; what could not be is among the objections."""

    node: ModelContractNode | None
    mixins: tuple[ChosenMixin, ...]


def read_parts(found: Objections) -> Parts:
    """Return the parts of the document; one that is no mapping at all is refused."""
    document = found.document
    if not isinstance(document.data, dict):
        what = "a node contract is a mapping, and this is something else"
        raise refusal([Problem(document.where(()), what, "begin it with node: ...")])
    data = dict(document.data)
    if isinstance(listed := data.get("mixins"), list):
        data["mixins"] = [{"name": one} if isinstance(one, str) else one for one in listed]
    try:
        ModelNodeContract.model_validate(data)
    except ValidationError as error:
        found.problems += type_problems(error, document, ())
    note_unknown([ModelNodeContract], data, (), found)
    return Parts(_built(ModelContractNode, data.get("node")), _chosen(data, document.data))


def note_unknown(kinds: list[type], data: object, steps: Steps, found: Objections) -> None:
    """Note each key of `data`, which stands at `steps`, that none of the models has."""
    for each in unknown_keys(kinds, data, steps):
        *around, key = each.steps
        inside = f" in {dotted(tuple(around))}" if around else ""
        found.unknown.append(
            Problem(
                found.document.where_key(each.steps),
                f"unknown key {str(key)!r}{inside}",
                hint(str(key), each.known, "remove it"),
            )
        )


def _chosen(data: Mapping[str, Any], written: Mapping[str, Any]) -> tuple[ChosenMixin, ...]:
    entries = data.get("mixins")
    chosen: list[ChosenMixin] = []
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        steps: Steps = ("mixins", index)
        if choice := _built(ModelContractMixin, entry):
            alone = isinstance(written["mixins"][index], str)
            chosen.append(ChosenMixin(steps, steps if alone else (*steps, "name"), choice))
    return tuple(chosen)


def _built(model: type[_Model], data: object) -> _Model | None:
    """Return the part as its model, or nothing: what is wrong with it has been noted."""
    try:
        return model.model_validate(data)
    except ValidationError:
        return None
