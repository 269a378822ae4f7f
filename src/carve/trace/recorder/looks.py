"""What introspection shows of the class, in a fresh process: one JSON document on stdout."""

import importlib
import inspect
import json
import pickle
import sys
import types
import typing
from collections.abc import Callable
from typing import Any

from .members import Family
from .names import mro_of
from .settings import Settings
from .texts import Texts
from .values import Values

__all__ = ["look"]

# Not the class's own doing, or told apart from the others.
_PLUMBING = frozenset(
    {"__dict__", "__weakref__", "__module__", "__doc__", "__qualname__", "__annotations__"}
    | {"__static_attributes__", "__firstlineno__", "__abstractmethods__", "_abc_impl"}
    | {"__orig_bases__"}
)
_ACCESSORS = ("fget", "fset", "fdel", "func")


def look(settings: Settings) -> dict[str, Any]:
    """Return the class and each of its members as introspection shows them."""
    module = importlib.import_module(settings.module)
    cls = getattr(module, settings.name)
    family = Family(settings)
    values = Values(Texts(settings.masks), lambda _: False)
    own = [each for each in mro_of(cls) if family.is_own(_file(each))]
    members: dict[str, Any] = {}
    for owner in reversed(own):
        for name in vars(owner):
            if name not in _PLUMBING:
                members[name] = _member(cls, owner, name, values)
    return {"file": _file(cls), "class": _class(cls, own, values), "members": members}


def _file(cls: type) -> str:
    return getattr(sys.modules.get(cls.__module__), "__file__", None) or ""


def _class(cls: type, own: list[type], values: Values) -> dict[str, Any]:
    fields = getattr(cls, "__dataclass_fields__", {})
    return {
        "name": f"{cls.__module__}.{cls.__qualname__}",
        "metaclass": type(cls).__name__,
        "doc": cls.__doc__,
        "mro": [f"{each.__module__}.{each.__qualname__}" for each in mro_of(cls)],
        "bases": [
            _text(each, values)
            for each in vars(cls).get("__orig_bases__", cls.__bases__)
            if each is not object
        ],
        "own": {
            f"{each.__module__}.{each.__qualname__}": [
                name for name in vars(each) if name not in _PLUMBING
            ]
            for each in own
        },
        "abstract": sorted(getattr(cls, "__abstractmethods__", ())),
        "annotations": _said(lambda: _annotations(cls)),
        "hints": _said(
            lambda: {k: _text(v, values) for k, v in typing.get_type_hints(cls).items()}
        ),
        "signature": _said(lambda: _signature(cls, values)),
        "fields": {name: _text(each.type, values) for name, each in fields.items()},
        "has __dict__": cls.__dictoffset__ != 0,
        "can be weakly referenced": cls.__weakrefoffset__ != 0,
        "is hashable": cls.__hash__ is not None,
    }


def _annotations(cls: type) -> list[str]:
    return sorted(
        f"{name}: {_text(each, None)}"
        for one in mro_of(cls)
        for name, each in (vars(one).get("__annotations__") or {}).items()
    )


def _member(cls: type, owner: type, name: str, values: Values) -> dict[str, Any]:
    raw = vars(owner)[name]
    found: dict[str, Any] = {
        "owner": f"{owner.__module__}.{owner.__qualname__}",
        "kind": type(raw).__name__,
        "abstract": bool(getattr(raw, "__isabstractmethod__", False)),
    }
    parts = {key: getattr(raw, key, None) for key in _ACCESSORS}
    functions = {key: each for key, each in parts.items() if callable(each)}
    whole = getattr(raw, "__func__", raw)
    if isinstance(whole, types.FunctionType):
        functions[""] = whole
    if not functions and not callable(whole):
        found["value"] = values.plain(raw)
    for part, each in functions.items():
        found |= {f"{part} {key}".strip(): fact for key, fact in _function(each, values).items()}
    if isinstance(raw, type):
        found |= _nested(raw)
    if callable(whole) and not isinstance(raw, type):
        found["pickles"] = _said(lambda: _pickles(getattr(cls, name)))
    return found


def _nested(cls: type) -> dict[str, Any]:
    """Tell what is observable of a class in the class: instances are pickled by its name."""
    return {
        "qualified name": cls.__qualname__,
        "module": cls.__module__,
        "doc": cls.__doc__,
        "bases": [each.__qualname__ for each in cls.__bases__],
        "own names": [name for name in vars(cls) if name not in _PLUMBING],
    }


def _function(function: Any, values: Values) -> dict[str, Any]:
    attributes = [key for key in getattr(function, "__dict__", {}) if key != "__wrapped__"]
    inner = inspect.unwrap(function)
    return {
        "name": getattr(function, "__name__", None),
        "qualified name": getattr(function, "__qualname__", None),
        "module": getattr(function, "__module__", None),
        "runs as": _nature(inner),
        "signature": _said(lambda: _signature(function, values)),
        "doc": getattr(function, "__doc__", None),
        "wrapped": inner is not function,
        "attributes": sorted(attributes),
        "hints": _said(
            lambda: {k: _text(v, values) for k, v in typing.get_type_hints(function).items()}
        ),
    }


def _nature(function: Any) -> str:
    for name in ("coroutinefunction", "asyncgenfunction", "generatorfunction"):
        if getattr(inspect, f"is{name}")(function):
            return name.replace("function", " function")
    return "function"


def _signature(function: Any, values: Values) -> list[Any]:
    signature = inspect.signature(function)
    told: list[Any] = [
        [
            each.kind.name.lower(),
            each.name,
            None if each.annotation is each.empty else _text(each.annotation, values),
            [] if each.default is each.empty else [values.plain(each.default)],
        ]
        for each in signature.parameters.values()
    ]
    result = signature.return_annotation
    return [*told, None if result is signature.empty else _text(result, values)]


def _pickles(value: Any) -> bool:
    return bool(pickle.loads(pickle.dumps(value)) == value)  # noqa: S301 - dumped just now


def _text(annotation: Any, values: "Values | None") -> str:
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return values.texts.text(text) if values else text


def _said(ask: Callable[[], Any]) -> Any:
    """Return the answer, or which exception there is instead: that is observable as well."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever the repository's code raises
        return f"<{type(error).__name__}: {error}>"


if __name__ == "__main__":
    _settings = Settings.load()
    if _settings is not None:
        _settings.restore()
        _printed, sys.stdout = sys.stdout, sys.stderr  # the modules may print as well
        json.dump(look(_settings), _printed)
