"""Look at a JSON Schema the way values meet it: references followed, alternatives side by side."""

import json
from collections.abc import Mapping
from typing import Any, Final

from omnibase_core.gates.interface.model_schema import REFERENCES

__all__ = ["Node", "alternatives", "choices", "is_same", "resolved", "shared"]

Node = Mapping[str, Any]

_PREFIX: Final = "#/$defs/"


def resolved(node: Node, parts: Node) -> Node:
    """Return a node with what it refers to; what editors get besides is left out."""
    if "$ref" in node:
        rest = {key: value for key, value in node.items() if key != "$ref"}
        node = {**resolved(parts[node["$ref"].removeprefix(_PREFIX)], parts), **rest}
    if node.get("patternProperties") == REFERENCES:
        return {key: value for key, value in node.items() if key != "patternProperties"}
    return node


def alternatives(node: Node, parts: Node) -> dict[str, Node]:
    """Return what a value may be, by kind; a second one of its kind is numbered."""
    node = resolved(node, parts)
    found: dict[str, Node] = {}
    for one in node.get("anyOf") or node.get("oneOf") or [node]:
        for kind, part in _flat(resolved(one, parts), parts):
            number = sum(known.partition(" ")[0] == kind for known in found)
            found[f"{kind} {number + 1}" if number else kind] = part
    return found


def _flat(node: Node, parts: Node) -> list[tuple[str, Node]]:
    if "anyOf" in node or "oneOf" in node:
        return [(kind.partition(" ")[0], part) for kind, part in alternatives(node, parts).items()]
    allowed = choices(node)
    kind = "listed" if allowed is not None else "anything"
    return [(str(node.get("type", kind)), node)]


def choices(node: Node) -> dict[str, Any] | None:
    """Return the values that are allowed, by their text, or None if they are not listed."""
    if "const" in node:
        return {json.dumps(node["const"]): node["const"]}
    if "enum" in node:
        return {json.dumps(value): value for value in node["enum"]}
    return None


def is_same(one: object, other: object) -> bool:
    """Tell whether two JSON values are equal, where 1 is not true and 1.0 is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def shared(value: object, old: tuple[Node, Node], new: tuple[Node, Node]) -> object:
    """Return a default without the fields that only one of two nodes has.

    A node comes with the parts that it may refer to.
    """
    before, after = alternatives(*old), alternatives(*new)
    if isinstance(value, dict):
        fields = _fields(before), _fields(after)
        return {
            key: shared(part, (fields[0][key], old[1]), (fields[1][key], new[1]))
            if key in fields[0] and key in fields[1]
            else part
            for key, part in value.items()
            if (key in fields[0]) is (key in fields[1])
        }
    if isinstance(value, list):
        items = before.get("array", {}).get("items", {}), after.get("array", {}).get("items", {})
        return [shared(part, (items[0], old[1]), (items[1], new[1])) for part in value]
    return value


def _fields(kinds: Mapping[str, Node]) -> Mapping[str, Node]:
    return kinds.get("object", {}).get("properties") or {}
