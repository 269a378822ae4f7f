"""The settings of a mixin: a table of its fields, and one for each model inside them."""

from collections.abc import Iterator, Mapping
from typing import Any

from mixin_pages.facts import MixinFacts
from mixin_pages.markup import code, joined, table, text, value

__all__ = ["allowed", "field_tables", "kind"]

_HEADER = ("Field", "Type", "Default", "Allowed", "What it decides")
_SIGNS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
_LENGTHS = {"minLength": "≥ {} characters", "maxLength": "≤ {} characters"}
_LENGTHS |= {"minItems": "≥ {} items", "maxItems": "≤ {} items"}
_UNKNOWN: Any = object()


def field_tables(mixin: MixinFacts) -> str:
    """Return the table of all fields, then a section for every model within, outermost first."""
    schema = mixin.info.config_schema
    blocks = [_table(schema, mixin.defaults, (), "")]
    for path, inner, defaults, needed in _inner(schema, mixin.defaults, ""):
        blocks += [f"### {code(path)}", _table(inner, defaults, needed, path)]
    return joined(*blocks).rstrip()


def kind(spec: Mapping[str, Any]) -> str:
    """Return a type in words: `list of string`, `integer or null`."""
    if choices := spec.get("anyOf"):
        return " or ".join(dict.fromkeys(map(kind, choices)))
    if spec.get("type") == "array":
        return f"list of {kind(spec['items'])}" if spec.get("items") else "list"
    if isinstance(values := spec.get("additionalProperties"), dict):
        return f"mapping to {kind(values)}"
    return str(spec.get("type", "any"))


def allowed(spec: Mapping[str, Any]) -> str:
    """Return bounds or choices as Markdown, or nothing where any value will do."""
    if choices := spec.get("enum"):
        return ", ".join(map(value, choices))
    if {"minimum", "maximum"} <= set(spec):
        return f"{spec['minimum']} to {spec['maximum']}"
    found = [f"{sign} {spec[fact]}" for fact, sign in _SIGNS.items() if fact in spec]
    found += [words.format(spec[fact]) for fact, words in _LENGTHS.items() if fact in spec]
    if "pattern" in spec:
        found.append(f"matches {code(spec['pattern'])}")
    nested = [spec["items"]] if isinstance(spec.get("items"), dict) else spec.get("anyOf", [])
    return ", ".join([*found, *filter(None, map(allowed, nested))])


def _table(
    schema: Mapping[str, Any], defaults: Mapping[str, Any], needed: tuple[str, ...], path: str
) -> str:
    rows = []
    for name, spec in schema.items():
        here = f"{path}.{name}" if path else name
        inner = _model_in(spec)
        shown = f"[{kind(spec)}](#{_anchor(here)})" if inner else kind(spec)
        default = spec.get("default", defaults.get(name, _UNKNOWN))
        known = "required" if default is _UNKNOWN or name in needed else value(default)
        if inner and isinstance(default, dict):
            known = "its defaults"
        about = text(spec.get("description", ""))
        rows.append((code(name), shown, known, allowed(spec), about))
    return table(_HEADER, rows)


def _inner(
    schema: Mapping[str, Any], defaults: Mapping[str, Any], path: str
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any], tuple[str, ...]]]:
    """Yield path, fields, defaults and required fields of each model within."""
    for name, spec in schema.items():
        if model := _model_in(spec):
            here = f"{path}.{name}" if path else name
            values = defaults.get(name)
            below = values if isinstance(values, dict) else {}
            fields = model["properties"]
            yield here, fields, below, tuple(model.get("required", ()))
            yield from _inner(fields, below, here)


def _model_in(spec: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the schema of the model that a field holds, alone or in a list."""
    inner = [spec.get("items"), spec.get("additionalProperties"), *spec.get("anyOf", [])]
    found = (each for each in [spec, *inner] if isinstance(each, dict) and "properties" in each)
    return dict(next(found, {})) or None


def _anchor(path: str) -> str:
    """Return the anchor of the heading of a path, as the table of contents makes it."""
    return path.replace(".", "")
