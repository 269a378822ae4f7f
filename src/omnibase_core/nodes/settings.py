"""The settings of a mixin as the class attribute that the mixin reads.

The attribute is called after the subcontract: the settings of `ModelHealthCheckSubcontract` are
`health_check_settings`. What a node says by hand,

    health_check_settings = ModelHealthCheckSubcontract(failure_threshold=5)

a contract says with `settings: {failure_threshold: 5}`. A mixin without settings of its own in
the contract gets no attribute; what it then works with is for the mixin to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from omnibase_core.discovery.mixin_discovery import MixinDiscovery
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.nodes.contract_parts import ChosenMixin, note_unknown
from omnibase_core.nodes.objections import Objections
from omnibase_core.utils.contract_yaml.contract_types import contract_type_of
from omnibase_core.utils.contract_yaml.places import dotted
from omnibase_core.utils.contract_yaml.problems import hint
from omnibase_core.utils.contract_yaml.wording import rule_problems, type_problems

__all__ = ["settings_name", "settings_of"]


def settings_name(model: type[ModelSubcontractBase]) -> str:
    """Return `<capability>_settings` for `Model<Capability>Subcontract`."""
    return f"{contract_type_of(model).removesuffix('_subcontract')}_settings"


def settings_of(
    mixins: Iterable[ChosenMixin], discovery: MixinDiscovery, found: Objections
) -> dict[str, ModelSubcontractBase]:
    """Return a new object by attribute for each mixin that the contract configures."""
    settings: dict[str, ModelSubcontractBase] = {}
    owners: dict[str, str] = {}
    for mixin in mixins:
        if not mixin.choice.is_configured or mixin.name not in discovery.names():
            continue
        model = _model_of(mixin, discovery, found)
        if model is None:
            continue
        name = settings_name(model)
        if owner := owners.get(name):
            what = f"{dotted(mixin.steps)} sets {name}, which {owner} has set already"
            found.add(mixin.steps, what, "write all of them at one of the two")
            continue
        owners[name] = mixin.name
        if built := _built(mixin, model, discovery, found):
            settings[name] = built
    return settings


def _model_of(
    mixin: ChosenMixin, discovery: MixinDiscovery, found: Objections
) -> type[ModelSubcontractBase] | None:
    listed = {info.name: info for info in discovery.get_all_mixins()}
    if mixin.name not in listed or listed[mixin.name].subcontract_model is None:
        what = f"{dotted(mixin.steps)} has settings, and {mixin.name} has none to set"
        found.add(mixin.steps, what, "remove preset and settings")
        return None
    try:
        model = discovery.resolve_subcontract(mixin.name)
    except ModelOnexError as error:
        found.add(mixin.named_at, error.message, "correct the registry of mixins")
        return None
    if issubclass(model, ModelSubcontractBase):
        return model
    what = f"{mixin.name}: {model.__name__} is no subcontract"
    found.add(mixin.named_at, what, "correct the registry of mixins")
    return None


def _built(
    mixin: ChosenMixin,
    model: type[ModelSubcontractBase],
    discovery: MixinDiscovery,
    found: Objections,
) -> ModelSubcontractBase | None:
    """Return the settings: the defaults, then the preset, then what the contract says."""
    own = mixin.choice.settings or {}
    base = (*mixin.steps, "settings")
    note_unknown([model], own, base, found)
    values = _merged(_preset(mixin, discovery, found), own)
    # Rules look for their fields in the data, where those of the preset count as well.
    merged = {mixin.steps[0]: {mixin.steps[1]: {"settings": values}}}
    document = replace(found.document, data=merged)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        found.problems += type_problems(error, document, base)
    except ModelOnexError as error:
        found.problems += rule_problems(error, document, base)
    return None


def _preset(mixin: ChosenMixin, discovery: MixinDiscovery, found: Objections) -> Mapping[str, Any]:
    preset = mixin.choice.preset
    if preset is None:
        return {}
    known = discovery.get_mixin(mixin.name).presets
    if preset in known:
        return discovery.get_preset(mixin.name, preset)
    what = f"{dotted((*mixin.steps, 'preset'))} is {preset!r}, which {mixin.name} has not"
    found.add((*mixin.steps, "preset"), what, hint(preset, known, "remove it"))
    return {}


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return both; of a group of settings, only the keys that `over` names change."""
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        both_groups = isinstance(value, dict) and isinstance(below, dict)
        result[key] = _merged(below or {}, value) if both_groups else value
    return result
