"""One mixin in words and tables."""

import json
from typing import Any

from omnibase_core.cli.sheet import Sheet

__all__ = ["show_entry", "show_infrastructure"]


def show_entry(sheet: Sheet, body: dict[str, Any]) -> None:
    """Write an entry of the registry."""
    sheet.line(f"{body['name']} {body['version']}", style="bold")
    sheet.line(body["description"])
    sheet.blank()
    facts = [("category", body["category"]), ("module", f"{body['key']} ({body['state']})")]
    if body["subcontract_model"]:
        facts.append(("subcontract", body["subcontract_model"]))
    facts += [
        (title, ", ".join(body[key]))
        for key, title in (
            ("requires", "requires"),
            ("compatible_with", "goes with"),
            ("incompatible_with", "not with"),
            ("refused_by", "refused by"),
        )
        if body[key]
    ]
    for title, text in facts:
        sheet.line(f"{title + ':':<13}{text}")
    for example in body["usage_examples"]:
        sheet.line(f"- {example}", indent=2)
    _settings(sheet, body["config_schema"])
    _presets(sheet, body["presets"])
    _yaml(sheet, body)


def show_infrastructure(sheet: Sheet, body: dict[str, Any]) -> None:
    """Write what there is to say about a mixin without an entry."""
    sheet.line(f"{body['name']}: infrastructure, {body['kind']}", style="bold")
    sheet.line(body["reason"])
    sheet.line(f"module: {body['key']} ({body['state']})")


def _settings(sheet: Sheet, schema: dict[str, Any]) -> None:
    if not schema:
        return
    sheet.heading("settings")
    rows = [
        (
            name,
            _type(spec),
            _value(spec["default"]) if "default" in spec else "(required)",
            _allowed(spec),
            str(spec.get("description", "")),
        )
        for name, raw in schema.items()
        for spec in [raw if isinstance(raw, dict) else {}]
    ]
    sheet.table(("name", "type", "default", "allowed", "description"), rows)


def _presets(sheet: Sheet, presets: dict[str, Any]) -> None:
    if not presets:
        return
    sheet.heading("presets")
    rows = [
        (
            name,
            preset["description"],
            ", ".join(f"{field}={_value(value)}" for field, value in preset["config"].items()),
        )
        for name, preset in presets.items()
    ]
    sheet.table(("name", "description", "values"), rows)


def _yaml(sheet: Sheet, body: dict[str, Any]) -> None:
    if body["yaml"] is None:
        if body["subcontract_model"]:
            sheet.blank()
            sheet.line(f"no subcontract to show: {body['yaml_missing']}", style="yellow")
        return
    preset = f", preset {body['preset']}" if body["preset"] else ""
    sheet.heading(f"subcontract, ready to paste{preset}")
    sheet.raw(body["yaml"])


def _type(spec: dict[str, Any]) -> str:
    """Return a type in words: `array of string`, `integer or null`."""
    if choices := spec.get("anyOf"):
        return " or ".join(dict.fromkeys(_type(choice) for choice in choices))
    items = spec.get("items")
    kind = spec.get("type", "any")
    return f"{kind} of {_type(items)}" if isinstance(items, dict) and items else str(kind)


def _allowed(spec: dict[str, Any]) -> str:
    """Return bounds or choices: `60..86400`, `>= 1`, `yaml | json`."""
    if choices := spec.get("enum"):
        return " | ".join(_value(choice) for choice in choices)
    least, most = spec.get("minimum"), spec.get("maximum")
    if least is not None and most is not None:
        return f"{least}..{most}"
    signs = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<"}
    return ", ".join(f"{sign} {spec[key]}" for key, sign in signs.items() if key in spec)


def _value(value: Any) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, default=str)
