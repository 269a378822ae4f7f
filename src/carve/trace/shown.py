"""Events and values as short texts that a reader can hold against each other."""

import json
from typing import Any

__all__ = ["event_text", "place_text", "value_text"]

_LONGEST = 160
_VERBS = {"called": "", "returns": "returns", "raises": "raises", "yields": "yields"}


def event_text(event: list[Any] | None) -> str:
    """Return one event as a line."""
    if event is None:
        return "(nothing more)"
    kind, name, payload = event
    if kind == "called":
        given = ", ".join(f"{key}={value_text(each)}" for key, each in (payload or {}).items())
        return _short(f"{name}({given})")
    if kind == "calls":
        return _short(f"calls {name}{f' after {_set(payload)}' if payload else ''}")
    if kind == "mock":
        return _short(f"mock {name} is called with {_arguments(payload)}")
    if kind == "sets":
        before, after = payload
        return _short(f"self.{name}: {value_text(before)} -> {value_text(after)}")
    return _short(f"{name} {_VERBS.get(kind, kind)} {value_text(payload)}")


def _set(attributes: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {value_text(value)}" for name, value in attributes.items())


def place_text(event: list[Any], path: tuple[int | str, ...]) -> str:
    """Return where in an event a value is: the names on the way, without types."""
    names = [part for part in path if isinstance(part, str) and not part.startswith("(")]
    kind, name, _ = event
    if kind == "called":
        return _short(f"{name}(): {'.'.join(names)}")
    what = {"sets": f"self.{name}", "mock": f"mock {name}"}.get(kind, f"{name} {kind}")
    return _short(
        ".".join([what, *names]) if kind == "sets" else " ".join([what, ".".join(names)])
    )


def value_text(value: Any) -> str:
    """Return plain data as close to Python as it was."""
    if isinstance(value, str) and value.startswith("<") and value.endswith(">"):
        return value
    if isinstance(value, dict):
        if len(value) == 1 and (key := next(iter(value))).startswith("("):
            return f"{key[1:-1]}{_bracketed(value[key])}"
        return "{" + ", ".join(f"{key!r}: {value_text(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(value_text, value))}]"
    return repr(value)


def _bracketed(value: Any) -> str:
    if isinstance(value, list):
        return f"({', '.join(map(value_text, value))})"
    if isinstance(value, dict):
        return "(" + ", ".join(f"{key}={value_text(each)}" for key, each in value.items()) + ")"
    return f"({value_text(value)})"


def _arguments(payload: Any) -> str:
    if not isinstance(payload, dict):
        return json.dumps(payload)
    args = payload.get("args") or []
    args = args["(tuple)"] if isinstance(args, dict) else args
    named = [f"{key}={value_text(each)}" for key, each in (payload.get("kwargs") or {}).items()]
    return f"({', '.join([*map(value_text, args), *named])})"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
