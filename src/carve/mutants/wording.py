"""How a fault reads in the source: the text that it replaces, and the text that it puts there."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from carve.mutants.model import Span
from carve.source.text import Source

__all__ = ["Wording", "is_untouchable", "loses_a_yield", "pristine"]

_N = TypeVar("_N", bound=ast.AST)
_Place = ast.stmt | ast.expr
# Nothing around these can tear them apart, so they need no parentheses.
_WHOLE = (
    *(ast.Constant, ast.Name, ast.Call, ast.Attribute, ast.Subscript, ast.JoinedStr),
    *(ast.List, ast.Tuple, ast.Set, ast.Dict),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
_LEVELS: tuple[tuple[type[ast.operator], ...], ...] = (
    (ast.Add, ast.Sub),
    (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.MatMult),
    (ast.LShift, ast.RShift),
)
# Compilers and copies go down one level of Python's stack for each level of an expression.
_DEEPEST = 60
_BARE = (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Pass)
_ALIAS: type[ast.AST] | None = getattr(ast, "TypeAlias", None)


class Wording:
    """Puts faults into words, for one source."""

    def __init__(self, source: Source) -> None:
        """Take the text that the faults are in."""
        self._source = source
        self._formatted: ast.JoinedStr | None = None

    @contextmanager
    def inside(self, node: ast.JoinedStr) -> Iterator[None]:
        """Word what follows as part of the f-string `node`; one in another belongs to that."""
        outer = self._formatted
        self._formatted = outer or node
        yield
        self._formatted = outer

    def of(self, node: _Place, fault: _Place) -> tuple[str, str] | None:
        """Return what stands there and what is to; None if they are one, or cannot be told."""
        text = _text(fault, node)
        if self._formatted is not None:
            return self._in_string(self._formatted, node, text)
        was = Span.of(node).cut(self._source)[1]
        return None if text in (was, _text(node, node)) else (was, text)

    def _in_string(self, whole: ast.JoinedStr, node: _Place, text: str) -> tuple[str, str] | None:
        """Word a fault in an f-string, whose parts some Pythons place wrongly or quote badly."""
        try:
            was = Span.of(node).cut(self._source)[1]
            found = ast.parse(f"({was})", mode="eval").body
        except (SyntaxError, UnicodeDecodeError, ValueError):
            return None
        if ast.dump(found) != ast.dump(node) or _text(node, node) == text:
            return None
        for worded in (text, _requoted(text)):
            if _fits(self._source, whole, node, worded):
                return was, worded
        return None


def _fits(source: Source, whole: ast.JoinedStr, node: _Place, text: str) -> bool:
    """Tell whether the f-string with `text` in it is still one, with as many parts."""
    outer, inner = Span.of(whole), Span.of(node)
    _, string, _ = outer.cut(source)
    raw = string.encode()
    starts = [0]
    for line in source.lines[outer.line - 1 : outer.end_line - 1]:
        starts.append(starts[-1] + len(line.encode()))
    first = starts[inner.line - outer.line] + inner.column - outer.column
    last = starts[inner.end_line - outer.line] + inner.end_column - outer.column
    changed = (raw[:first] + text.encode() + raw[last:]).decode()
    try:
        found = ast.parse(f"({changed})", mode="eval").body
    except (SyntaxError, ValueError):
        return False
    return isinstance(found, ast.JoinedStr) and len(found.values) == len(whole.values)


def _requoted(text: str) -> str:
    return text.translate(str.maketrans("'\"", "\"'"))


def _text(fault: _Place, node: _Place) -> str:
    placed = ast.fix_missing_locations(ast.copy_location(pristine(fault), node))
    text = ast.unparse(placed)
    if isinstance(fault, ast.stmt):
        return text.replace("\n", "\n" + " " * node.col_offset)
    whole = isinstance(fault, _WHOLE) or type(fault) is type(node)
    if isinstance(fault, ast.BinOp) and isinstance(node, ast.BinOp):
        whole = any({type(fault.op), type(node.op)} <= {*level} for level in _LEVELS)
    whole = whole and not isinstance(fault, ast.BoolOp | ast.Await | ast.UnaryOp)
    return text if whole else f"({text})"


def is_untouchable(node: ast.stmt) -> bool:
    """Tell whether a statement is left alone.

    That is a docstring, an import, a bare declaration, `__all__`, what only type checkers or only
    the command line see, and an expression too deep to be copied.
    """
    if isinstance(node, _BARE) or (_ALIAS is not None and isinstance(node, _ALIAS)):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.If) and _is_never_pinned(node.test):
        return True
    targets = node.targets if isinstance(node, ast.Assign) else []
    listed = any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)
    return listed or _is_deep(node)


def _is_never_pinned(test: ast.expr) -> bool:
    if isinstance(test, ast.Compare):
        return isinstance(test.left, ast.Name) and test.left.id == "__name__"
    return getattr(test, "attr", getattr(test, "id", "")) == "TYPE_CHECKING"


def _is_deep(node: ast.stmt) -> bool:
    left: list[tuple[ast.AST, int]] = [(node, 0)]
    while left:
        found, depth = left.pop()
        if depth > _DEEPEST:
            return True
        children = ast.iter_child_nodes(found)
        left += [(each, depth + 1 if isinstance(each, ast.expr) else 0) for each in children]
    return False


def loses_a_yield(node: _Place, fault: _Place) -> bool:
    """Tell whether a fault takes a `yield` away, without which a generator may be none."""
    return _yields(fault) < _yields(node)


def _yields(node: _Place) -> int:
    return sum(isinstance(each, ast.Yield | ast.YieldFrom) for each in ast.walk(node))


def pristine(node: _N) -> _N:
    """Return a copy that stays as written while faults are planted into the original."""
    made = node.__class__.__new__(node.__class__)
    made.__dict__.update({name: _copied(value) for name, value in node.__dict__.items()})
    return made


def _copied(value: Any) -> Any:
    """Return a copy of what a node is made of; `copy.deepcopy` takes four times as long."""
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return pristine(value) if isinstance(value, ast.AST) else value
