"""Write a hook as a method: the statements of one host, with inputs and outputs around them."""

import ast
import textwrap

from carve.source.members import Function
from carve.source.merge.edits import Letters, reindented
from carve.source.merge.hook import Hook, HookSide

__all__ = ["hook_text"]


def hook_text(hook: Hook, number: int, letters: Letters, step: str, this: str) -> str | None:
    """Return the method for the host `number`, each line with its end; None if impossible."""
    side = hook.sides[number]
    end = letters.source.newline
    first = hook.sides[0]
    pairs = zip(side.inputs, first.inputs, strict=True)
    typed = ((name, _type_of(name, side) or _type_of(model, first)) for name, model in pairs)
    arguments = "".join(f", {name}: {kind or 'Any'}" for name, kind in typed)
    inner = step * 2
    body = _body(hook, side, letters, inner)
    if body is None:
        return None
    head = f"{step}def {hook.name}({this}{arguments}) -> {_returned(hook, side)}:"
    says = f'{inner}"""Do {_task(hook, side)}."""'
    return f"{head}{end}{says}{end}{body}"


def _task(hook: Hook, side: HookSide) -> str:
    if side.does_nothing and hook.kind == "statement":
        return f"nothing; in `{hook.place.member}` some classes do more here"
    return f"what differs between the classes in `{hook.place.member}`"


def _body(hook: Hook, side: HookSide, letters: Letters, inner: str) -> str | None:
    end = letters.source.newline
    if hook.kind == "expression":
        return _returning(letters, side.nodes[0], inner)
    text = ""
    if side.nodes:
        region = letters.rows(side.nodes)
        if region is None:
            return None
        start, stop = letters.lines(region)
        old = letters.indentation(side.nodes[0])
        text = reindented(letters.source.text[start:stop], old, inner)
        text += "" if text.endswith(("\n", "\r")) else end
    if side.outputs:
        # Imports are set apart, as a formatter would have it.
        text += end if _ends_importing(side) else ""
        text += f"{inner}return {', '.join(side.outputs)}{end}"
    return text


def _ends_importing(side: HookSide) -> bool:
    return bool(side.nodes) and isinstance(side.nodes[-1], ast.Import | ast.ImportFrom)


def _returning(letters: Letters, node: ast.AST, inner: str) -> str:
    end = letters.source.newline
    text = reindented(letters.text(node), letters.indentation(node), inner)
    for form in (f"{inner}return {text}{end}", f"{inner}return ({text}){end}"):
        try:
            tree = ast.parse(f"def f():\n{form}")
        except SyntaxError:
            continue
        if len(tree.body) == 1 and len(getattr(tree.body[0], "body", [])) == 1:
            return form
    return textwrap.indent(f"return ({end}{text}{end})", inner) + end


def _type_of(name: str, side: HookSide) -> str | None:
    """Return the annotation of a parameter of the member, where the name is one."""
    for inner in ast.walk(side.function.args):
        if isinstance(inner, ast.arg) and inner.arg == name and inner.annotation:
            return ast.unparse(inner.annotation)
    return None


def _returned(hook: Hook, side: HookSide) -> str:
    if hook.kind == "statement":
        if not side.outputs:
            return "None"
        return "Any" if len(side.outputs) == 1 else "tuple[Any, ...]"
    whole = hook.kind == "return" or any(
        isinstance(node, ast.Return) and node.value is side.nodes[0]
        for node in ast.walk(side.function)
    )
    returns = side.function.returns
    if whole and returns is not None and not _yields(side.function):
        return ast.unparse(returns)
    return "Any"


def _yields(function: Function) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function))
