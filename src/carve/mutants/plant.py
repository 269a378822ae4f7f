"""Plant every fault of a module into one copy of it, asleep until its number is called.

Each place with faults becomes a choice on one global: `(faulty if __carve_mutant__ == 7 else
original)`. So the copy is imported once and serves for all mutants.
"""

import ast
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from carve.mutants.model import Mutant, Span
from carve.mutants.operators import expression_faults, statement_faults
from carve.mutants.wording import Wording, is_untouchable, loses_a_yield, pristine
from carve.source.text import Source

__all__ = ["SWITCH", "Planted", "plant"]

SWITCH = "__carve_mutant__"
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Place = ast.stmt | ast.expr


@dataclass(frozen=True, slots=True)
class Planted:
    """The instrumented tree and the mutants asleep in it; `mutants[n - 1].number == n`."""

    tree: ast.Module
    mutants: tuple[Mutant, ...]


def plant(source: Source) -> Planted:
    """Return the module with all its mutants; with the switch at 0 it behaves as written."""
    tree = ast.parse(source.text)
    planter = _Planter(source, Wording(source), reach=(1, len(source.lines) or 1))
    tree.body = [planter.child(node) for node in tree.body]
    start = ast.parse(f"{SWITCH} = globals().get({SWITCH!r}, 0)").body
    place = 0
    while place < len(tree.body) and _must_come_first(tree.body[place], place):
        place += 1
    tree.body[place:place] = start
    return Planted(ast.fix_missing_locations(tree), tuple(planter.mutants))


@dataclass
class _Planter(ast.NodeTransformer):
    """Walks the tree; `reach` are the lines whose runs can notice what is planted just now."""

    source: Source
    wording: Wording
    reach: tuple[int, int]
    mutants: list[Mutant] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    functions: int = 0
    context: tuple[int, int] | None = None
    seen: set[tuple[Span, str]] = field(default_factory=set)
    twins: dict[tuple[object, ...], int] = field(default_factory=dict)

    def visit(self, node: ast.AST) -> ast.AST:
        """Plant the faults of `node` and of all below it."""
        if isinstance(node, ast.stmt):
            return self.child(node)
        if isinstance(node, ast.expr):
            return self._expression(node)
        if isinstance(node, ast.ExceptHandler):
            return self._handler(node)
        if isinstance(node, ast.match_case):
            return self._case(node)
        if isinstance(node, ast.comprehension):
            node.iter = self._at(node.iter)
            node.ifs = [self._test(each) for each in node.ifs]
        elif not isinstance(node, ast.pattern):
            self.generic_visit(node)
        return node

    def child(self, node: ast.stmt) -> ast.stmt:
        """Plant into one statement."""
        if isinstance(node, ast.ClassDef | _Function):
            return self._definition(node)
        if is_untouchable(node):
            return node
        with self._standing(node):
            faults = list(statement_faults(pristine(node)))
            numbered = [(self._add(name, node, fault), fault) for name, fault in faults]
            changed = self._children(node)
        for number, fault in numbered:
            if number:
                choice = ast.If(_is_awake(number), [fault], [changed])
                changed = ast.copy_location(choice, node)
        return changed

    def _definition(self, node: ast.ClassDef | _Function) -> ast.stmt:
        """Plant into defaults and body; decorators, bases and annotations stay as they are."""
        first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
        whole = first, node.end_lineno or node.lineno
        outer = self.reach, self.context
        function = not isinstance(node, ast.ClassDef)
        self.members.append(node.name)
        if not self.functions:
            self.reach, self.context = whole, whole if function else None
        if not isinstance(node, ast.ClassDef):
            if self.functions:
                self.reach = first, max(node.lineno, node.body[0].lineno - 1)
            self._defaults(node.args)
        self.functions += function
        node.body = [self.child(each) for each in node.body]
        self.functions -= function
        self.members.pop()
        self.reach, self.context = outer
        return node

    def _defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self._at(each) for each in arguments.defaults]
        arguments.kw_defaults = [each and self._at(each) for each in arguments.kw_defaults]

    @contextmanager
    def _standing(self, node: ast.stmt) -> Iterator[None]:
        """Narrow the reach to a statement of a function, and give one outside its own identity."""
        outer = self.reach, self.context
        if self.functions:
            body = getattr(node, "body", None) or getattr(node, "cases", None)
            first = getattr(body[0], "lineno", node.lineno + 1) if body else 0
            last = first - 1 if first else node.end_lineno or node.lineno
            self.reach = node.lineno, max(node.lineno, last)
        elif self.context is None:
            self.context = node.lineno, node.end_lineno or node.lineno
        yield
        self.reach, self.context = outer

    def _children(self, node: ast.stmt) -> ast.stmt:
        """Plant into the parts of a statement, its test and blocks included."""
        for name, value in ast.iter_fields(node):
            if name == "annotation" or (name == "target" and _is_store(value)):
                continue
            if isinstance(value, list):
                parts = [self.visit(each) if isinstance(each, ast.AST) else each for each in value]
                setattr(node, name, parts)
            elif name == "test" and isinstance(value, ast.expr):
                setattr(node, name, self._test(value))
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
        return node

    def _test(self, test: ast.expr) -> ast.expr:
        """Plant into a condition; a comparison or a constant has its own opposite already."""
        own = isinstance(test, ast.Constant | ast.Compare) and len(getattr(test, "ops", [0])) == 1
        if own or isinstance(test, ast.UnaryOp):
            return self._at(test)
        negated = ast.UnaryOp(ast.Not(), pristine(test))
        number = self._add("condition", test, negated)
        return self._choice([(number, negated)], self._at(test), test)

    def _handler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        if node.type is not None:
            outer = self.reach
            self.reach = (node.lineno, node.lineno) if self.functions else outer
            nothing = ast.Tuple([], ast.Load())
            number = self._add("handler", node.type, nothing)
            node.type = self._choice([(number, nothing)], node.type, node.type)
            self.reach = outer
        node.body = [self.child(each) for each in node.body]
        return node

    def _case(self, node: ast.match_case) -> ast.match_case:
        if node.guard is not None:
            outer = self.reach
            line = node.guard.lineno, node.guard.end_lineno or node.guard.lineno
            self.reach = (node.pattern.lineno, line[1]) if self.functions else outer
            node.guard = self._test(node.guard)
            self.reach = outer
        node.body = [self.child(each) for each in node.body]
        return node

    def _expression(self, node: ast.expr) -> ast.expr:
        if _is_store(node) or isinstance(node, ast.Starred):
            self.generic_visit(node)
            return node
        original = pristine(node)
        faults = list(expression_faults(pristine(node)))
        numbered = [(self._add(name, node, fault), fault) for name, fault in faults]
        if isinstance(node, ast.JoinedStr):
            with self.wording.inside(pristine(node)):
                for part in node.values:
                    if isinstance(part, ast.FormattedValue):
                        part.value = self._at(part.value)
        elif isinstance(node, ast.Lambda):
            self._defaults(node.args)
            node.body = self._at(node.body)
        else:
            self.generic_visit(node)
        return self._choice(numbered, node, original)

    def _choice(
        self, faults: Iterable[tuple[int, ast.expr]], node: ast.expr, place: ast.expr
    ) -> ast.expr:
        for number, fault in faults:
            if number:
                node = ast.copy_location(ast.IfExp(_is_awake(number), fault, node), place)
        return node

    def _at(self, node: ast.expr) -> ast.expr:
        return self._expression(node)

    def _add(self, operator: str, node: _Place, fault: _Place) -> int:
        """Return the number of a new mutant; 0 for a fault that is none or is there already."""
        worded = None if loses_a_yield(node, fault) else self.wording.of(node, fault)
        span = Span.of(node)
        if worded is None or (span, worded[1]) in self.seen:
            return 0
        self.seen.add((span, worded[1]))
        start, end = self.context or (span.line, span.end_line)
        identity = ".".join(self.members), self.source.slice(start, end), span.line - start
        place = (operator, *identity, span.cut(self.source)[0].strip(), *worded)
        twin = self.twins[place] = self.twins.get(place, -1) + 1
        self.mutants.append(
            Mutant(
                number=len(self.mutants) + 1,
                operator=operator,
                member=identity[0],
                span=span,
                was=worded[0],
                text=worded[1],
                reach=self.reach,
                on_import=not self.functions,
                context=identity[1],
                offset=identity[2],
                twin=twin,
            )
        )
        return len(self.mutants)


def _must_come_first(node: ast.stmt, place: int) -> bool:
    docstring = place == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def _is_store(node: object) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)


def _is_awake(number: int) -> ast.expr:
    return ast.Compare(ast.Name(SWITCH, ast.Load()), [ast.Eq()], [ast.Constant(number)])
