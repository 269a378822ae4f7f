"""The body of a class as members: which lines belong to each name, comments included."""

import ast
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from carve.source.module import Module, is_type_checking
from carve.source.text import Source

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Region:
    """Lines `start` to `end` of a file, counted from 1 and included."""

    start: int
    end: int

    def __len__(self) -> int:
        """Return the number of lines."""
        return self.end - self.start + 1

    def __contains__(self, line: object) -> bool:
        """Tell whether the line number falls into the region."""
        return isinstance(line, int) and self.start <= line <= self.end


@dataclass(frozen=True, slots=True)
class Member:
    """One name of a class with all statements that define it (a property and its setter)."""

    name: str
    nodes: tuple[ast.stmt, ...]
    regions: tuple[Region, ...]

    @property
    def line(self) -> int:
        """Return the line of the first `def`, `class` or assignment."""
        return self.nodes[0].lineno

    @property
    def functions(self) -> tuple[Function, ...]:
        """Return those of the statements which are functions."""
        return tuple(node for node in self.nodes if isinstance(node, Function))


@dataclass(frozen=True)
class HostClass:
    """A class at the top level of a module, with its members in order."""

    module: Module
    node: ast.ClassDef

    @property
    def name(self) -> str:
        """Return the name of the class."""
        return self.node.name

    @cached_property
    def members(self) -> dict[str, Member]:
        """Return the members by name; a group of one name is one member."""
        grouped: dict[str, list[ast.stmt]] = {}
        for node in self.node.body:
            for name in member_names(node, grouped):
                grouped.setdefault(name, []).append(node)
        return {
            name: Member(name, tuple(nodes), tuple(self.region(node) for node in nodes))
            for name, nodes in grouped.items()
        }

    @cached_property
    def conditional(self) -> frozenset[str]:
        """Return the names which the class body binds by more than plain definitions.

        That is inside of `if`, `try` or a loop, by `import`, `for`, `with`, `:=`, `+=` or `del`.
        """
        found: set[str] = set()
        for node in self.node.body:
            found |= bound_by(node) - set(member_names(node, self.members))
        return frozenset(found)

    @cached_property
    def guarded(self) -> dict[str, Member]:
        """Return the members which are defined under an `if` of nothing but definitions."""
        found: dict[str, list[ast.stmt]] = {}
        for node in self.node.body:
            checking = isinstance(node, ast.If) and is_type_checking(ast.If(node.test, [], []))
            plain = isinstance(node, ast.If) and definitions(node) and not checking
            for name in bound_by(node) if plain else member_names(node, self.members):
                found.setdefault(name, []).append(node)
        return {
            name: Member(name, tuple(nodes), tuple(self.region(node) for node in nodes))
            for name, nodes in found.items()
            if any(isinstance(node, ast.If) for node in nodes)
        }

    @property
    def every(self) -> dict[str, Member]:
        """Return the members, those that are defined under an `if` included."""
        return {**self.members, **self.guarded}

    @property
    def init(self) -> Function | None:
        """Return the constructor that the class defines itself."""
        member = self.members.get("__init__")
        return member.functions[0] if member and member.functions else None

    def region(self, node: ast.stmt) -> Region:
        """Return the lines of `node` with its decorators and the comments that belong to it."""
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        return grow(self.module.source, first, node.end_lineno or first, node.col_offset)


def grow(source: Source, first: int, last: int, indent: int) -> Region:
    """Return the lines with the comments directly above, and those below indented more."""
    lines = source.lines
    while first - 1 in source.comments:
        if _indent(lines[first - 2]) != _indent(lines[first - 1]):
            break
        first -= 1
    below = last
    for number in range(last + 1, len(lines) + 1):
        text = lines[number - 1]
        if text.strip() and not (number in source.comments and _indent(text) > indent):
            break
        if text.strip():
            below = number
    return Region(first, below)


def member_names(node: ast.stmt, known: Container[str]) -> list[str]:
    """Return the names that a class-body statement defines; a setter counts as its property."""
    if isinstance(node, Function):
        owners = [owner for owner in map(_owner, node.decorator_list) if owner and owner in known]
        return [owners[0] if owners else node.name]
    if isinstance(node, ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.AnnAssign):
        return [node.target.id] if isinstance(node.target, ast.Name) else []
    if isinstance(node, ast.Assign):
        return [
            inner.id
            for target in node.targets
            for inner in ast.walk(target)
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        ]
    return []


def definitions(node: ast.stmt) -> list[ast.stmt]:
    """Return the definitions under an `if`; none where anything else stands there as well.

    Of any other statement, return that itself.
    """
    if not isinstance(node, ast.If):
        return [node]
    found: list[ast.stmt] = []
    for each in (*node.body, *node.orelse):
        inner = definitions(each)
        known = (Function, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.If, ast.Pass)
        if not inner or not isinstance(each, known):
            return []
        found += inner
    return found


def bound_by(node: ast.AST) -> set[str]:
    """Return every name that the statement binds or deletes in the scope where it stands."""
    found: set[str] = set()
    todo: list[ast.AST] = [node]
    while todo:
        inner = todo.pop()
        if isinstance(inner, _SCOPES):
            continue
        if isinstance(inner, ast.Name) and not isinstance(inner.ctx, ast.Load):
            found.add(inner.id)
        elif isinstance(inner, ast.alias):
            found.add(inner.asname or inner.name.partition(".")[0])
        elif isinstance(inner, ast.MatchAs | ast.MatchStar | ast.ExceptHandler) and inner.name:
            found.add(inner.name)
        elif isinstance(inner, ast.MatchMapping) and inner.rest:
            found.add(inner.rest)
        if isinstance(inner, Function | ast.ClassDef):
            found.add(inner.name)
            todo += header(inner)
        else:
            todo += ast.iter_child_nodes(inner)
    return found


def header(node: ast.stmt) -> list[ast.AST]:
    """Return the parts of a definition that are evaluated where it stands, not its body."""
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords]
    if isinstance(node, Function):
        arguments = node.args
        defaults = [*arguments.defaults, *(d for d in arguments.kw_defaults if d)]
        types = [a.annotation for a in ast.walk(arguments) if isinstance(a, ast.arg)]
        returns = [node.returns] if node.returns else []
        return [*node.decorator_list, *defaults, *(t for t in types if t), *returns]
    return [node]


def _owner(decorator: ast.expr) -> str | None:
    """Return `total` for `@total.setter` and for `@total.register(int)`."""
    if isinstance(decorator, ast.Call):
        decorator = decorator.func
    if isinstance(decorator, ast.Attribute) and isinstance(decorator.value, ast.Name):
        return decorator.value.id
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t\f"))
