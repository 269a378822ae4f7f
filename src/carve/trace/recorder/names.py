"""What is called, by name; nothing of the object's own code is run to find it out."""

import functools
import sys
import types
from collections.abc import Callable
from typing import Any

from .once import Once

__all__ = ["callable_name", "is_mock", "mock_name", "mro_of"]

_MOCK = "NonCallableMock"
_CODED = (types.BuiltinFunctionType, types.MethodDescriptorType, types.ClassMethodDescriptorType)
_SLOTS = (types.WrapperDescriptorType, types.MethodWrapperType)
_LONGEST_NAME = 20  # parts of the name of a mock


def callable_name(value: Any, tree: str) -> str:
    """Return module and name of what is called; the module only where it is not of the tree.

    Code of the tree may move to another module, which is no difference in what is called.
    """
    if is_mock(value):
        return f"mock {mock_name(value)}"
    for kind, named in _NAMED:
        if issubclass(type(value), kind):
            return named(value, tree)
    return f"{type(value).__name__} object"


def is_mock(value: Any) -> bool:
    """Tell whether `value` is one of the mocks of unittest, or of its backport."""
    return _makes_mocks(type(value))


def mock_name(value: Any) -> str:
    """Return the dotted name of a mock, as far as it has one."""
    parts: list[str] = []
    while is_mock(value) and len(parts) < _LONGEST_NAME:
        own = object.__getattribute__(value, "__dict__")
        name = own.get("_mock_new_name") or own.get("_mock_name") or ""
        parts.append(str(name))
        value = own.get("_mock_new_parent")
    found = [part for part in reversed(parts) if part]
    return ".".join(found).replace(".()", "()") or "without a name"


def mro_of(cls: type) -> tuple[type, ...]:
    """Return the method resolution order, whatever the metaclass says about itself."""
    order: tuple[type, ...] = type.__dict__["__mro__"].__get__(cls)
    return order


_makes_mocks = Once(lambda cls: any(each.__name__ == _MOCK for each in mro_of(cls)))


def _function_name(value: Any, tree: str) -> str:
    if is_mock(vars(value).get("mock")):  # a function that mock has made after another one
        return f"mock {value.__name__}"
    own = value.__code__.co_filename.startswith(tree)
    return value.__qualname__ if own else f"{value.__module__}.{value.__qualname__}"


def _coded_name(value: Any, _tree: str) -> str:
    module = getattr(value, "__module__", None)
    own = isinstance(module, str) and module != "builtins"
    return f"{module}.{value.__qualname__}" if own else str(value.__qualname__)


def _class_name(cls: type, tree: str) -> str:
    module = type.__getattribute__(cls, "__module__")
    name: str = type.__dict__["__qualname__"].__get__(cls)
    if not isinstance(module, str) or module == "builtins":
        return name
    file = getattr(sys.modules.get(module), "__file__", None) or ""
    return name if file.startswith(tree) else f"{module}.{name}"


_NAMED: tuple[tuple[Any, Callable[[Any, str], str]], ...] = (
    (types.MethodType, lambda value, tree: callable_name(value.__func__, tree)),
    (types.FunctionType, _function_name),
    (_CODED, _coded_name),
    (_SLOTS, lambda value, _: value.__name__),
    (type, _class_name),
    (functools.partial, lambda value, tree: f"partial {callable_name(value.func, tree)}"),
)
