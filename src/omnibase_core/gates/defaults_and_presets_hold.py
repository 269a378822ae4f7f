"""Every default, every preset and the YAML file of a subcontract obey the rules of its model."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.gates.defaults import defaults_of, line_of, models_in, plain, refusals
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.registry import Model, Registry
from omnibase_core.utils.contract_yaml import Document, load_subcontract, read_document
from omnibase_core.utils.contract_yaml.known_keys import unknown_keys
from omnibase_core.utils.contract_yaml.places import dotted

__all__ = ["find"]

# How the loader tells what is wrong, one problem a line.
_PROBLEM: Final = re.compile(r"(.+?):(\d+):\d+: (.*); (.*)")


def find(root: Path) -> Iterator[Finding]:
    """Yield each value that its own model would refuse, ignore or change."""
    registry = Registry.at(root)
    for model, keys in registry.models():
        module = registry.model_file(registry.entries[keys[0]])
        if module is not None:
            yield from _around(registry, model, module)
        for key in keys:
            yield from _presets(registry, key, model)


def _around(registry: Registry, model: Model, module: Path) -> Iterator[Finding]:
    """Yield what is wrong with the defaults of a model and with the file beside it.

    Whether the file is there is the question of another gate.
    """
    path = module.with_suffix(".yaml")
    config: dict[str, Any] = {}
    if path.is_file():
        try:
            document = read_document(path)
            loaded = load_subcontract(path, model, strict=True)
        except ModelOnexError as error:
            yield from (_told(registry, path, each) for each in error.message.splitlines())
        else:
            config = loaded.model_dump(mode="json")
            yield from _differing(registry, document, loaded)
    for each in models_in(model):
        yield from _defaults(registry, each, config if each is model else {})


def _told(registry: Registry, path: Path, problem: str) -> Finding:
    """Return a problem that the loader met as a finding."""
    if found := _PROBLEM.fullmatch(problem):
        file, line, what, instead = found.groups()
        return Finding(registry.tree.shown(Path(file)), int(line), what, instead)
    return Finding(registry.tree.shown(path), 1, problem, "correct the file")


def _differing(registry: Registry, document: Document, loaded: BaseModel) -> Iterator[Finding]:
    for name, value in defaults_of(type(loaded)).items():
        if (found := getattr(loaded, name)) != value:
            place = document.where_key(("config", name))
            yield Finding(
                registry.tree.shown(Path(place.path)),
                place.line,
                f"{name} is {found!r}, and the default is {value!r}",
                "write the default",
            )


def _defaults(
    registry: Registry, model: type[BaseModel], config: dict[str, Any]
) -> Iterator[Finding]:
    """Yield each default that pydantic takes unseen and would refuse; `config` adds the rest."""
    path = Path(inspect.getfile(model))
    for refusal in refusals(model, {**config, **plain(defaults_of(model))}):
        if not refusal.missing:
            name = f"{model.__name__}.{refusal.field}" if refusal.field else model.__name__
            yield Finding(
                registry.tree.shown(path),
                line_of(model, refusal.field),
                f"the default of {name} does not hold: {refusal.why}",
                "choose a default that the model accepts",
            )


def _presets(registry: Registry, key: str, model: Model) -> Iterator[Finding]:
    """Yield each preset that sets what is no field, or a value that is refused or changed."""
    for name, preset in registry.entries[key].presets.items():
        steps = (key, "presets", name, "config")
        unknown = [each.steps for each in unknown_keys([model], preset.config, ())]
        refused = list(refusals(model, preset.config))
        for way in unknown:
            yield registry.finding(
                (*steps, *way),
                f"preset {name!r} of {key} sets {dotted(way)!r}, which is no field",
                "take it out, or correct its name",
            )
        for field, why, _ in refused:
            yield registry.finding(
                (*steps, field) if field else steps,
                f"preset {name!r} of {key} does not hold: {f'{field}: ' if field else ''}{why}",
                "write what the model accepts",
            )
        if not (unknown or refused):
            made = model.model_validate(preset.config).model_dump(mode="json")
            for field, value in preset.config.items():
                if _laid_over(made.get(field), value) != made.get(field):
                    yield registry.finding(
                        (*steps, field),
                        f"preset {name!r} of {key} sets {field} to {value!r}, "
                        f"which the model takes as {made.get(field)!r}",
                        "write what the model makes of it",
                    )


def _laid_over(made: Any, given: Any) -> Any:
    """Return `made` with what `given` says in its place, mappings key by key."""
    if not (isinstance(made, dict) and isinstance(given, dict)):
        return given
    return made | {name: _laid_over(made.get(name), value) for name, value in given.items()}
