"""Which class stands for a role in a tree: told from the text of the modules, nothing is run."""

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache

from carve.errors import CarveError
from carve.source.module import Module
from carve.source.text import Source

__all__ = ["SIDES", "side_now"]

# A step can rename a class before another one moves it: it stands `between` in the meantime.
SIDES = ("before", "between", "after")


def side_now(sides: Mapping[str, str], read: Callable[[str], bytes | None]) -> str:
    """Return the first side whose class the tree defines.

    `sides` has the references, `read` returns the text of a module, None where there is none. A
    module that only takes the name from elsewhere does not define it, and one that is broken
    counts as if it did: that it cannot be imported must not look as if the class had moved.
    """
    known = [side for side in SIDES if side in sides]
    for stands in (_defines, _binds, _is_there):
        for side in known:
            module, _, name = sides[side].partition(":")
            raw = read(module)
            if raw is not None and stands(raw, name):
                return side
    return known[0] if known else SIDES[0]


def _defines(raw: bytes, name: str) -> bool:
    """Tell whether the module has the class; another name for an imported one is none."""
    try:
        binding = _module(raw).bindings.get(name)
    except CarveError:
        return True
    return binding is not None and isinstance(binding.node, ast.ClassDef)


def _binds(raw: bytes, name: str) -> bool:
    return name in _module(raw).bindings


def _is_there(_raw: bytes, _name: str) -> bool:
    return True


@lru_cache(maxsize=64)
def _module(raw: bytes) -> Module:
    return Module("", Source.decode("", raw))
