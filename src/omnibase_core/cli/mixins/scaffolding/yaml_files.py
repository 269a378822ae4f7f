"""The YAML of a new mixin: its subcontract, and its entry in the registry."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from omnibase_core.cli.mixins.scaffolding.mixin_name import MixinName
from omnibase_core.cli.mixins.scaffolding.new_field import NewField, Value
from omnibase_core.cli.mixins.scaffolding.yaml_layout import flow, folded

__all__ = ["entry_text", "presets_of", "subcontract_text"]

_FIRST: Final = "{major: 1, minor: 0, patch: 0}"

_SUBCONTRACT = """\
# yaml-language-server: $schema=../../../schemas/{name.contract}.schema.json
contract_type: {name.contract}
contract_version: {first}
metadata:
  name: {name.contract}
  description: {description}
  purpose: Configures {name.mixin}
  applicable_node_types: [EFFECT, COMPUTE, REDUCER, ORCHESTRATOR]
config:
{config}
"""

_ENTRY = """\
{name.key}:
  name: {name.mixin}
  description: {description}
  version: {first}
  category: {category}
  requires:
    - {name.model_module}
    - functools
    - pydantic
  compatible_with: []
  incompatible_with: []
  subcontract_model: {name.model_module}:{name.model}
  subcontract_description: Holds the settings of {name.mixin}
  config_schema:
{schema}
  usage_examples:
    - A node that takes the settings as they come
    - A node whose contract differs from a preset in one value
    - A test that gives a host settings of its own
  version_history:
    - version: {first}
      date: "{today}"
      changes: [{changes}]
  presets:
{presets}
  code_patterns:
    inheritance: "class {{Name}}({name.mixin}, NodeCoreBase):"
    initialization: self.{name.settings} = {name.model}.model_validate(settings)
    methods:
      - name: {name.method}
        signature: "def {name.method}(self) -> dict[str, object]"
        description: Return what the node goes by, by the name of each setting
    properties:
{properties}
"""


def subcontract_text(name: MixinName, description: str, fields: Sequence[NewField]) -> str:
    """Return the file beside the model, which holds its defaults."""
    config = "\n".join(f"  {flow(each.name)}: {flow(each.default)}" for each in fields)
    return _SUBCONTRACT.format(
        name=name, first=_FIRST, description=flow(description), config=config
    )


def presets_of(fields: Sequence[NewField]) -> dict[str, dict[str, Value]]:
    """Return the defaults, and next to them something else that is allowed."""
    default = {each.name: each.default for each in fields}
    for each in fields:
        if isinstance(each.default, bool):
            return {
                "default": default,
                "disabled" if each.default else "enabled": {each.name: not each.default},
            }
    others = {each.name: other for each in fields if (other := each.other) is not None}
    return {"default": default, "changed": others}


def entry_text(
    name: MixinName,
    words: Mapping[str, str],
    schema: Mapping[str, Mapping[str, Any]],
    presets: Mapping[str, Mapping[str, Value]],
) -> str:
    """Return the entry; `words` are its description and its category."""
    facts = {"name": name.settings, "type": name.model, "description": "The settings"}
    return _ENTRY.format(
        name=name,
        first=_FIRST,
        description=flow(words["description"]),
        category=words["category"],
        schema="\n".join(folded(f"    {flow(field)}: ", each) for field, each in schema.items()),
        today=datetime.now(tz=UTC).date().isoformat(),
        changes=flow(f"{name.spoken.capitalize()} as a capability of its own"),
        presets="\n".join(_preset(preset, values) for preset, values in presets.items()),
        properties=folded("      - ", facts),
    )


def _preset(preset: str, values: Mapping[str, Value]) -> str:
    about = "All settings as they come"
    if preset != "default":
        about = f"Not by default: {', '.join(values)}" if values else "Whatever the defaults are"
    config = "".join(f"\n        {flow(field)}: {flow(value)}" for field, value in values.items())
    return f"    {preset}:\n      description: {flow(about)}\n      config:{config or ' {}'}"
