"""Find the keys of a document that its model, and the models in it, would ignore."""

import types
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import AliasChoices, AliasPath, BaseModel, RootModel
from pydantic.fields import FieldInfo

from omnibase_core.utils.contract_yaml.places import Step, Steps

__all__ = ["UnknownKey", "keys_of", "unknown_keys"]


class UnknownKey(NamedTuple):
    """A key without a field, and the keys that have one."""

    steps: Steps
    known: tuple[str, ...]


def unknown_keys(kinds: Iterable[object], data: object, steps: Steps) -> Iterator[UnknownKey]:
    """Yield each key in `data`, found at `steps`, that no model among `kinds` has a field for."""
    found = [one for kind in kinds for one in _alternatives(kind)]
    models = [one for one in found if isinstance(one, type) and issubclass(one, BaseModel)]
    if isinstance(data, dict) and models:
        yield from _in_models(models, data, steps)
        return
    children: Iterable[tuple[Step, object]] = ()
    if isinstance(data, dict | list):
        children = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in children:
        yield from unknown_keys(_kinds_at(found, step), value, (*steps, step))


def _in_models(
    models: list[type[BaseModel]], data: dict[str, Any], steps: Steps
) -> Iterator[UnknownKey]:
    known: dict[str, list[object]] = {}
    for model in models:
        for name, field in model.model_fields.items():
            for key in keys_of(model, name, field):
                known.setdefault(key, []).append(field.annotation)
        for key in getattr(model, "OLD_KEYS", ()):
            known.setdefault(key, [])
    # A model that keeps or refuses what it does not know needs nobody to tell.
    silent = all(model.model_config.get("extra", "ignore") == "ignore" for model in models)
    for key, value in data.items():
        if key in known:
            yield from unknown_keys(known[key], value, (*steps, key))
        elif silent:
            yield UnknownKey((*steps, key), tuple(known))


def keys_of(model: type[BaseModel], name: str, field: FieldInfo) -> tuple[str, ...]:
    """Return the keys under which a model looks for a field."""
    alias = field.validation_alias
    if alias is None:
        return (name,)
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    found = [str(one.path[0]) if isinstance(one, AliasPath) else one for one in choices]
    config = model.model_config
    by_name = config.get("populate_by_name") or config.get("validate_by_name")
    return (*found, name) if by_name else tuple(found)


def _alternatives(kind: object) -> Iterator[object]:
    """Yield what a value may be; `Annotated`, unions and root models are looked into."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _alternatives(get_args(kind)[0])
    elif origin in (Union, types.UnionType):
        for one in get_args(kind):
            yield from _alternatives(one)
    elif isinstance(kind, type) and issubclass(kind, RootModel):
        yield from _alternatives(kind.model_fields["root"].annotation)
    else:
        yield kind


def _kinds_at(kinds: list[object], step: Step) -> Iterator[object]:
    """Yield what may stand one step below values of these kinds."""
    for kind in kinds:
        origin, arguments = get_origin(kind), get_args(kind)
        if not isinstance(origin, type) or not issubclass(origin, Collection):
            continue
        if issubclass(origin, Mapping) is isinstance(step, str):
            fixed = origin is tuple and Ellipsis not in arguments
            number = (
                step if fixed and isinstance(step, int) else -1 if isinstance(step, str) else 0
            )
            yield from arguments[number:][:1]
