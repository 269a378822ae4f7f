"""The page about one mixin."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mixin_pages.example import class_example, object_example
from mixin_pages.facts import MixinFacts, title_of
from mixin_pages.fields import field_tables
from mixin_pages.markup import bullets, code, fenced, joined, linked, table, text, value
from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.contract_yaml import dump_subcontract

__all__ = ["entry_page"]

_PLANNED = (
    '!!! note "Planned"\n\n'
    "    The settings can be written and checked today. The module of the mixin does not exist\n"
    "    yet, so the code below shows the interface that it will have."
)


def entry_page(mixin: MixinFacts, links: Mapping[str, str]) -> str:
    """Return the page; `links` has the page or place of every mixin by name."""
    info = mixin.info
    return joined(
        f"# {info.name}",
        f"{text(info.description)}.",
        _facts(mixin),
        "" if mixin.implemented else _PLANNED,
        "## What it is for",
        bullets(map(text, info.usage_examples)),
        "## In a class",
        # Only what a fence calls `python` is run when the pages are tested.
        fenced("python" if mixin.implemented else "py", class_example(mixin)),
        *_object(mixin),
        "## Subcontract to paste",
        f"{text(mixin.raw['subcontract_description'])}. These are the defaults:",
        fenced("yaml", dump_subcontract(mixin.model())),
        "## Fields",
        _unread(mixin.unread),
        field_tables(mixin),
        "## Presets",
        _presets(mixin),
        *_members(mixin.raw["code_patterns"]),
        *_company(mixin, links),
        "## History",
        _history(mixin.raw["version_history"]),
    )


def _facts(mixin: MixinFacts) -> str:
    category = mixin.info.category
    module, _, model = (mixin.info.subcontract_model or "").partition(":")
    rows = [
        ("Category", f"[{title_of(category)}](index.md#{category.replace('_', '-')})"),
        ("Version", mixin.info.version.to_string()),
        ("State", mixin.state),
        ("Module", code(f"omnibase_core.mixins.{mixin.key}")),
        ("Subcontract", f"{code(model)} in {code(module)}"),
    ]
    return bullets(f"**{title}:** {fact}" for title, fact in rows)


def _object(mixin: MixinFacts) -> Iterator[str]:
    if example := object_example(mixin):
        yield "An object is made of what the caller has at hand:"
        yield fenced("py", example)


def _unread(fields: tuple[str, ...]) -> str:
    if not fields:
        return ""
    return f"Checked, but not acted upon yet: {', '.join(map(code, fields))}."


def _presets(mixin: MixinFacts) -> str:
    rows = [
        (code(name), text(preset.description), _changes(mixin, preset.config))
        for name, preset in mixin.info.presets.items()
    ]
    first = next(iter(mixin.info.presets))
    command = f"python -m omnibase_core mixins show {mixin.stem} --preset {first} --yaml"
    return joined(
        table(("Preset", "Good for", "Changes"), rows),
        "The subcontract of a preset, ready to paste:",
        fenced("sh", command),
    ).rstrip()


def _changes(mixin: MixinFacts, config: Mapping[str, Any]) -> str:
    """Return what a preset makes different from the defaults, old value and new."""
    made = mixin.model.model_validate(config).model_dump(mode="json", by_alias=True)
    changed = [
        f"{code(path)}: {value(old)} → {value(new)}"
        for path, old, new in _differences(made, mixin.defaults, config, "")
    ]
    return "<br>".join(changed) or "nothing: it spells out defaults"


def _differences(
    made: Mapping[str, Any], defaults: Mapping[str, Any], config: Any, path: str
) -> Iterator[tuple[str, Any, Any]]:
    """Yield path, default and value of each setting that differs."""
    for name, new in made.items():
        here, old = f"{path}{name}", defaults.get(name)
        given = config.get(name) if isinstance(config, dict) else None
        if isinstance(new, dict) and isinstance(old, dict):
            yield from _differences(new, old, given, f"{here}.")
        elif new != old:
            yield here, old, new if given is None else given


def _members(pattern: Mapping[str, Any]) -> Iterator[str]:
    if methods := pattern["methods"]:
        rows = [(code(each["signature"]), text(each["description"])) for each in methods]
        yield "## Methods"
        yield table(("Method", "What it does"), rows)
    if properties := pattern["properties"]:
        yield "## Properties"
        yield table(
            ("Property", "Type", "What it says"),
            [
                (code(each["name"]), code(each["type"]), text(each["description"]))
                for each in properties
            ],
        )


def _company(mixin: MixinFacts, links: Mapping[str, str]) -> Iterator[str]:
    """Yield the sections about other mixins and modules."""
    info = mixin.info

    def section(title: str, names: Iterable[str], otherwise: str) -> Iterator[str]:
        yield f"## {title}"
        yield bullets(linked(names, links)) or otherwise

    yield from section("Goes with", info.compatible_with, "Nothing in particular.")
    refused = [*info.incompatible_with, *mixin.refused_by]
    yield from section("Not together with", refused, "No conflict is known.")
    yield from section("Requires", info.requires, "Nothing.")


def _history(history: Iterable[Mapping[str, Any]]) -> str:
    rows = [
        (
            ModelSemVer.model_validate(each["version"]).to_string(),
            text(each["date"]),
            "<br>".join(map(text, each["changes"])),
        )
        for each in reversed(list(history))
    ]
    return table(("Version", "Date", "Changes"), rows)
