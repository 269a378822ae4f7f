"""YAML laid out as the registry of mixins is."""

import json
from collections.abc import Mapping
from typing import Any

import yaml

from omnibase_core.cli.mixins.scaffolding.mixin_name import WIDTH

__all__ = ["flow", "folded"]


def flow(value: Any) -> str:
    """Return a value in one line, readable inside a list or mapping as well."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(_pairs(value))}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    text: str = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, width=10_000
    ).strip()[1:-1]
    # What needs quotes gets those that the registry uses.
    return json.dumps(value, ensure_ascii=False) if text.startswith("'") else text


def folded(head: str, facts: Mapping[str, Any]) -> str:
    """Return `head` and a mapping in braces, which goes on further in where a line is full."""
    further = " " * (len(head) - len(head.lstrip()) + 2)
    first, *rest = _pairs(facts)
    lines = [f"{head}{{{first}"]
    for pair in rest:
        if len(lines[-1]) + len(pair) + len(", }") <= WIDTH:
            lines[-1] += f", {pair}"
        else:
            lines[-1] += ","
            lines.append(f"{further}{pair}")
    return "\n".join(lines) + "}"


def _pairs(facts: Mapping[str, Any]) -> list[str]:
    return [f"{flow(key)}: {flow(value)}" for key, value in facts.items()]
