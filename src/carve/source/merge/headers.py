"""The header of a function: what may not differ between hosts, and the annotations that may."""

import ast
from collections.abc import Iterator

from carve.source.members import Function
from carve.source.merge.gathering import Gathering

__all__ = ["alike_headers", "annotations_of"]

_ANNOTATIONS = frozenset({"annotation", "returns"})


def alike_headers(functions: tuple[Function, ...], found: Gathering) -> bool:
    """Tell whether decorators, parameters and defaults are the same, annotations apart.

    What is passed by position may have another name where only the class itself is meant to call.
    """
    private = found.member.startswith("_") and not found.member.endswith("__")
    if len({_bare(function, anonymous=private) for function in functions}) > 1:
        return False
    names = ([argument.arg for argument in _arguments(function)] for function in functions)
    return all(map(found.same_name, zip(*names, strict=True)))


def annotations_of(functions: tuple[Function, ...]) -> Iterator[tuple[ast.expr | None, ...]]:
    """Yield the annotations of each parameter, and of what is returned, host by host."""
    return zip(*map(_annotated, functions), strict=True)


def _bare(function: Function, *, anonymous: bool) -> str:
    """Return a text for decorators, parameters and defaults, without name and annotations.

    With `anonymous`, parameters that are passed by position have no names in it either.
    """
    fields = {name: getattr(function, name, None) for name in function._fields}
    fields |= {"body": [ast.Pass()], "name": "f"}
    made = ast.fix_missing_locations(type(function)(**fields))  # type: ignore[arg-type]
    bare = ast.parse(ast.unparse(made))
    for inner in ast.walk(bare):
        for name in _ANNOTATIONS & set(inner._fields):
            setattr(inner, name, None)
    outer = bare.body[0]
    if anonymous and isinstance(outer, Function):
        for number, argument in enumerate([*outer.args.posonlyargs, *outer.args.args][1:]):
            argument.arg = str(number)
    return ast.dump(bare)


def _annotated(function: Function) -> list[ast.expr | None]:
    return [*(argument.annotation for argument in _arguments(function)), function.returns]


def _arguments(function: Function) -> list[ast.arg]:
    return [inner for inner in ast.walk(function.args) if isinstance(inner, ast.arg)]
