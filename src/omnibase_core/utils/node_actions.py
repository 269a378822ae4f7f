"""Finds out from the attributes of a node which actions it takes."""

from collections.abc import Iterator
from typing import Any, Final, get_type_hints

_USUAL: Final = frozenset({"health_check", "validate", "process", "configure"})
_ALWAYS: Final = "health_check"


def actions_of(node: object) -> list[str]:
    """Return the actions that an `action` annotation lists, or else those with a method.

    The first attribute that has such an annotation decides: an enum names its members, any
    other type its arguments. A method counts if it is called `action_<name>` or
    `<name>_action`, or is one of the usual ones. Every node can be asked for its health.
    """
    attributes = list(_attributes(node))
    actions = _annotated(attributes) or _from_methods(attributes)
    return actions if _ALWAYS in actions else [*actions, _ALWAYS]


def _attributes(node: object) -> Iterator[tuple[str, Any]]:
    for name in dir(node):
        if name.startswith("__"):
            continue
        try:
            value = getattr(node, name)
        except Exception:  # noqa: BLE001, S112 - a property may need what a node has only later
            continue
        yield name, value


def _annotated(attributes: list[tuple[str, Any]]) -> list[str]:
    for _, value in attributes:
        hint = _action_hint(value)
        if hint is not None:
            return _listed(hint)
    return []


def _action_hint(value: object) -> Any:
    raw = getattr(value, "__annotations__", None)
    if not isinstance(raw, dict) or (not isinstance(value, type) and "action" not in raw):
        return None
    try:
        return get_type_hints(value).get("action")
    except (AttributeError, NameError, SyntaxError, TypeError):
        return raw.get("action")  # as it is written, where a name in it is unknown


def _listed(hint: Any) -> list[str]:
    listed: Any = getattr(hint, "__members__", None) or getattr(hint, "__args__", ())
    return [str(each) for each in listed]


def _from_methods(attributes: list[tuple[str, Any]]) -> list[str]:
    names = [name for name, value in attributes if _is_action(name) and callable(value)]
    bare = [name.replace("action_", "").replace("_action", "") for name in names]
    return list(dict.fromkeys(bare))


def _is_action(name: str) -> bool:
    return name.startswith("action_") or name.endswith("_action") or name in _USUAL


__all__ = ["actions_of"]
