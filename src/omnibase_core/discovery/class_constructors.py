"""Finds constructors that keep those after them from running, or from what they need."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any, Final

from omnibase_core.discovery.class_composition import Composition
from omnibase_core.discovery.class_facts import facts_of
from omnibase_core.discovery.finding import Finding

__all__ = ["constructor_findings"]

_BY_POSITION: Final = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
)
_VARIABLE: Final = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def constructor_findings(composition: Composition) -> Iterator[Finding]:
    """Yield each mixin whose `__init__` is not cooperative where another one comes after it."""
    by_hand = facts_of(composition.host).by_hand if composition.host else frozenset()
    own = composition.own()
    for mixin in composition.mixins:
        facts = facts_of(mixin)
        if "__init__" not in vars(mixin) or not facts.found:
            continue
        after = [
            cls
            for cls in composition.after(mixin)
            if cls in own and "__init__" in vars(cls) and cls.__name__ not in by_hand
        ]
        if not after:
            continue
        if facts.init_call is None:
            yield _silent(mixin, after)
        else:
            yield from _handed_on(mixin, facts.init_call, after)


def _silent(mixin: type, after: list[type]) -> Finding:
    names = ", ".join(f"{cls.__name__}.__init__" for cls in after)
    return Finding(
        "constructor",
        "conflict",
        f"{mixin.__name__}.__init__ does not call super().__init__(), "
        f"which is needed to reach {names}",
        (mixin.__name__, *(cls.__name__ for cls in after)),
        "__init__",
        where=_where(mixin),
        instead="let it take **kwargs and call super().__init__(**kwargs)",
    )


def _handed_on(mixin: type, call: ast.Call, after: list[type]) -> Iterator[Finding]:
    """Yield what later constructors need and the call of `super().__init__` does not hand on."""
    own = _parameters(mixin)
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    named = {keyword.arg for keyword in call.keywords}
    handed = len(call.args) > 0 and not starred
    for cls in after:
        for name, parameter in _parameters(cls).items():
            if parameter.default is not parameter.empty or parameter.kind in _VARIABLE:
                continue
            if not (starred or handed or named & {name, None}):
                yield _withheld(mixin, cls, name)
            elif not (starred or handed or name in own) and parameter.kind in _BY_POSITION:
                yield _by_keyword(mixin, cls, name)


def _parameters(cls: type) -> dict[str, inspect.Parameter]:
    constructor: Any = vars(cls)["__init__"]
    try:
        parameters = inspect.signature(constructor).parameters
    except (TypeError, ValueError):
        return {}
    return dict(list(parameters.items())[1:])


def _withheld(mixin: type, cls: type, name: str) -> Finding:
    return Finding(
        "constructor",
        "conflict",
        f"{mixin.__name__}.__init__ hands nothing on, and {cls.__name__}.__init__ needs {name!r}",
        (mixin.__name__, cls.__name__),
        "__init__",
        where=_where(mixin),
        instead="let it take **kwargs and call super().__init__(**kwargs)",
    )


def _by_keyword(mixin: type, cls: type, name: str) -> Finding:
    return Finding(
        "constructor",
        "note",
        f"{mixin.__name__}.__init__ hands on keywords only: "
        f"give {cls.__name__} its {name!r} by keyword",
        (mixin.__name__, cls.__name__),
        "__init__",
    )


def _where(cls: type) -> str:
    code = getattr(vars(cls)["__init__"], "__code__", None)
    return f"{facts_of(cls).file}:{code.co_firstlineno}" if code else facts_of(cls).file
