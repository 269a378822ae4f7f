"""The `config_schema` of an entry says what the model of its settings says, field by field."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from omnibase_core.gates.finding import Finding
from omnibase_core.gates.registry import NoModelError, Registry

__all__ = ["find", "flat_schema"]


def find(root: Path) -> Iterator[Finding]:
    """Yield each field that one of the two has and the other has not, or has otherwise."""
    registry = Registry.at(root)
    for key, info in registry.entries.items():
        try:
            fields = flat_schema(registry.model(info).model_json_schema())
        except NoModelError as error:
            yield registry.finding(
                (key, "subcontract_model"), f"{key} has no model: {error}", "name one that exists"
            )
        else:
            yield from _compared(registry, key, fields)


def _compared(registry: Registry, key: str, fields: Mapping[str, Any]) -> Iterator[Finding]:
    written = registry.entries[key].config_schema
    for name in [*fields, *(name for name in written if name not in fields)]:
        steps = (key, "config_schema", name)
        if name not in written:
            yield registry.finding(
                steps, f"config_schema lacks {name!r}, a field of the model", f"add {fields[name]}"
            )
        elif name not in fields:
            yield registry.finding(
                steps, f"config_schema has {name!r}, which is no field", "take it out"
            )
        elif written[name] != fields[name]:
            yield registry.finding(
                steps,
                f"config_schema says of {name!r} {_difference(written[name], fields[name])}",
                "bring it into line with the model",
            )
    if list(written) != list(fields) and set(written) == set(fields):
        yield registry.finding(
            (key, "config_schema"),
            "the fields are in another order than in the model",
            "sort them",
        )


def _difference(written: Any, wanted: Mapping[str, Any]) -> str:
    if not isinstance(written, dict):
        return f"{written!r}, and the model has more to say"
    facts = [fact for fact in {**wanted, **written} if written.get(fact) != wanted.get(fact)]
    told = [f"{fact} {written.get(fact)!r}, the model {wanted.get(fact)!r}" for fact in facts]
    return "; ".join(told)


def flat_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a JSON Schema's properties with models in place of references, without titles."""
    models = schema.get("$defs", {})
    return {name: _resolved(field, models) for name, field in schema["properties"].items()}


def _resolved(schema: dict[str, Any], models: dict[str, Any]) -> dict[str, Any]:
    if reference := schema.get("$ref"):
        model = models[reference.removeprefix("#/$defs/")]
        field = {fact: value for fact, value in schema.items() if fact != "$ref"}
        schema = {fact: value for fact, value in model.items() if fact != "description"} | field
    facts = {fact: value for fact, value in schema.items() if fact != "title"}
    if "properties" in facts:
        properties = facts["properties"].items()
        facts["properties"] = {name: _resolved(each, models) for name, each in properties}
    if "anyOf" in facts:
        facts["anyOf"] = [_resolved(each, models) for each in facts["anyOf"]]
    return facts
