"""The JSON Schema of a model, as editors and the lock of an interface need it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, NoDefault
from pydantic_core import core_schema

__all__ = ["REFERENCES", "schema_of"]

REFERENCES: Final[Mapping[str, Any]] = {r"^\$ref$": {"type": "string"}}
"""The key under which any mapping of a contract may name another file instead."""
_FATES: Final = {"ignore": "ignored", "forbid": "refused", "allow": "kept"}
_VERSION: Final = re.compile(r"\s*\bInterface \d+\.\d+\.\d+(, locked)?\.")
_UNKNOWN: Final = {
    "ignored": "A key that is not named here is ignored on loading: mind the spelling.",
    "refused": "A key that is not named here is refused.",
    "kept": "Other keys are kept.",
}


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a model, with all defaults; the models in it are in `$defs`."""
    return model.model_json_schema(schema_generator=_Generator)


class _Generator(GenerateJsonSchema):
    """Adds the defaults that are made, and what becomes of keys without a field."""

    def get_default_value(self, schema: core_schema.WithDefaultSchema) -> Any:
        factory: Any = schema.get("default_factory")
        if factory is None or schema.get("default_factory_takes_data"):
            return super().get_default_value(schema)
        made = factory()
        return made if made == factory() else NoDefault  # an id or a time is none to rely on

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic calls it
        return False  # it would repeat the name

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        fate = _FATES[str(schema["cls"].model_config.get("extra") or "ignore")]
        found.pop("title", None)
        found["x-unknown-keys"] = fate
        old = getattr(schema["cls"], "OLD_KEYS", {})
        for key, instead in old.items():
            found["properties"][key] = {"deprecated": True, "description": f"Now {instead}"}
        if fate != "kept" and (old or not _reads_other_keys(schema["cls"])):
            found["additionalProperties"] = False
            found["patternProperties"] = dict(REFERENCES)
        words = _VERSION.sub("", found.get("description", ""))
        found["description"] = f"{words}\n\n{_UNKNOWN[fate]}".strip()
        return found


def _reads_other_keys(model: type[BaseModel]) -> bool:
    """Tell whether a validator sees what was given before the fields do, old spellings say."""
    validators = model.__pydantic_decorators__.model_validators.values()
    return any(validator.info.mode != "after" for validator in validators)
