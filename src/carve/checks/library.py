"""Classes of Python's own library: which of them ask nothing of the classes below them."""

import ast
import importlib
import inspect
import sys
import textwrap
from abc import ABCMeta
from functools import lru_cache

__all__ = ["is_quiet"]

# To import one of these does something.
_STARTING = frozenset({"__main__", "antigravity", "idlelib", "test", "this", "turtledemo"})
# By these, code sees of what bases and members a class was made, or who has called it.
_LOOKING = frozenset(
    {
        *("__base__", "__bases__", "__mro__", "__orig_bases__", "__subclasses__", "mro"),
        *("_getframe", "currentframe", "stack", "vars"),
    }
)


@lru_cache(maxsize=256)
def is_quiet(text: str) -> bool:
    """Tell whether a class of the standard library does not look at what inherits from it.

    `text` is its full name. The class is imported, as carve's Python has it, and the source of
    all that it descends from is read; what is written in C counts by its metaclass alone.
    """
    if text.partition(".")[0] not in sys.stdlib_module_names - _STARTING:
        return False
    found = _named(text)
    return isinstance(found, type) and all(
        type(each) in (type, ABCMeta) and not _looks(each) for each in found.__mro__[:-1]
    )


def _named(text: str) -> object:
    """Return what the name stands for; None where this Python does not have it."""
    module, _, name = text.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name, None)
    except (ImportError, ValueError):
        return None


def _looks(found: type) -> bool:
    """Tell whether the code of the class may see more of a class than its attributes."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(found)))
    except (OSError, TypeError, SyntaxError):
        return "__init_subclass__" in vars(found)
    return any(map(_is_look, ast.walk(tree)))


def _is_look(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "__dict__":
        return not (isinstance(node.value, ast.Name) and node.value.id == "self")
    return bool(_LOOKING & {getattr(node, "id", None), getattr(node, "attr", None)})
