"""The fields of a model: where they stand, their defaults, and what the model says of data."""

import inspect
import types
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined, to_jsonable_python

from omnibase_core.errors.model_onex_error import ModelOnexError

__all__ = ["Refusal", "defaults_of", "line_of", "models_in", "plain", "refusals"]


class Refusal(NamedTuple):
    """A complaint of a model: the field, empty for a rule between fields, and why."""

    field: str
    why: str
    missing: bool = False


def defaults_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the default of each field that has one, unchecked, as pydantic takes it."""
    values = {
        name: field.get_default(call_default_factory=True, validated_data={})
        for name, field in model.model_fields.items()
    }
    return {name: value for name, value in values.items() if value is not PydanticUndefined}


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as they stand in a file, so that a model has to check all of them."""
    made = to_jsonable_python(values, serialize_unknown=True)
    return made if isinstance(made, dict) else {}


def refusals(model: type[BaseModel], given: dict[str, Any]) -> Iterator[Refusal]:
    """Yield each complaint of `model` about `given`."""
    try:
        model.model_validate(given)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            field, *inner = [str(step) for step in each["loc"]] or [""]
            where = f"{'.'.join(inner)}: " if inner else ""
            missing = each["type"] == "missing" and not inner
            yield Refusal(field, f"{where}{each['msg']}", missing)
    except ModelOnexError as error:
        yield Refusal("", error.message)


def line_of(model: type[BaseModel], field: str) -> int:
    """Return the line of a field in its file, or of the class where it has no such field."""
    lines, first = inspect.getsourcelines(model)
    starts = (number for number, text in enumerate(lines) if text.strip().startswith(f"{field}:"))
    return first + (next(starts, 0) if field else 0)


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the model and each one that its fields can hold, however deep, once."""
    seen: dict[type[BaseModel], None] = {model: None}
    for each in (found := [model]):
        yield each
        for field in each.model_fields.values():
            new = [inner for inner in _named(field.annotation) if inner not in seen]
            seen |= dict.fromkeys(new)
            found += new


def _named(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation names, inside lists and unions as well."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for argument in get_args(annotation):
        yield from _named(argument)
