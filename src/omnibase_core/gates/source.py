"""Definitions of functions as they are written, so that annotations compare as text."""

import ast
import textwrap

__all__ = ["Function", "parse_header", "same", "shown_header", "type_of"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def parse_header(source: str) -> Function:
    """Return the function that a text consists of, without decorators and body.

    SyntaxError says that the text is something else.
    """
    body = ast.parse(textwrap.dedent(source)).body
    if len(body) != 1 or not isinstance(body[0], Function):
        raise SyntaxError("it defines no function")
    function = body[0]
    function.decorator_list = []
    function.body = [ast.Expr(ast.Constant(...))]
    return function


def same(one: Function, other: Function) -> bool:
    """Return whether two headers read the same, however they are laid out."""
    return ast.unparse(one) == ast.unparse(other)


def shown_header(function: Function) -> str:
    """Return a header in one line, without the colon."""
    return ast.unparse(function).partition("\n")[0].removesuffix(":")


def type_of(function: Function) -> str | None:
    """Return the annotation of what a function returns."""
    return ast.unparse(function.returns) if function.returns else None
