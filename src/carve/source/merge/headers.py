"""The header of a function: what may not differ between hosts, and what may."""

import ast
import copy
from collections.abc import Iterator, Mapping

from carve.source.members import Function
from carve.source.merge.gathering import Gathering

__all__ = ["alike_headers", "annotations_of", "is_private", "missing_in", "positional"]

_ANNOTATIONS = frozenset({"annotation", "returns"})


def alike_headers(
    functions: tuple[Function, ...], found: Gathering, defaults: Mapping[str, str]
) -> bool:
    """Tell whether decorators, parameters and defaults are the same, annotations apart.

    Where only the class itself is meant to call, what is passed by position may have another
    name, and the last parameters of the first function may be missing in others, if `defaults`
    has a value for them.
    """
    first = functions[0]
    private = is_private(found.member)
    absent: dict[str, list[tuple[ast.arg, ...]]] = {}
    for number, function in enumerate(functions):
        missing = missing_in(function, first)
        if missing and not (private and set(missing) <= set(defaults) and _is_plain(first)):
            return False
        model = _without(first, missing)
        if _bare(model, anonymous=private) != _bare(function, anonymous=private):
            return False
        pairs = zip(_arguments(model), _arguments(function), strict=True)
        if not all(found.same_in(number, mine.arg, its.arg) for mine, its in pairs):
            return False
        for argument in _arguments(first):
            row = () if argument.arg in missing else (argument,)
            absent.setdefault(argument.arg, []).append(row)
    for name, rows in absent.items():
        if not all(rows):
            found.add_default(name, tuple(rows), defaults[name])
    return True


def annotations_of(functions: tuple[Function, ...]) -> Iterator[tuple[ast.expr | None, ...]]:
    """Yield the annotations of each parameter, and of what is returned, host by host.

    A parameter that a host does not have counts as having that of the first one.
    """
    first = functions[0]
    columns = []
    for function in functions:
        missing = set(missing_in(function, first))
        own = iter(_arguments(function))
        known = [(a if a.arg in missing else next(own)) for a in _arguments(first)]
        columns.append([*(argument.annotation for argument in known), function.returns])
    return zip(*columns, strict=True)


def is_private(member: str) -> bool:
    """Tell whether only the class itself is meant to call the member."""
    return member.startswith("_") and not member.endswith("__")


def positional(function: Function) -> list[str]:
    """Return the names of what can be passed by position."""
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def missing_in(function: Function, first: Function) -> tuple[str, ...]:
    """Return the last parameters of the first function that the other one is too short for."""
    return tuple(positional(first)[len(positional(function)) :])


def _is_plain(function: Function) -> bool:
    """Tell whether a parameter more or less only counts for who passes it."""
    arguments = function.args
    return not (arguments.posonlyargs or arguments.vararg or arguments.defaults)


def _without(function: Function, missing: tuple[str, ...]) -> Function:
    if not missing:
        return function
    made = copy.copy(function)
    made.args = copy.copy(function.args)
    made.args.args = function.args.args[: -len(missing)]
    return made


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


def _arguments(function: Function) -> list[ast.arg]:
    """Return all parameters; those that are passed by position come first, in their order."""
    walked = [inner for inner in ast.walk(function.args) if isinstance(inner, ast.arg)]
    first = [*function.args.posonlyargs, *function.args.args]
    return [*first, *(each for each in walked if each not in first)]
