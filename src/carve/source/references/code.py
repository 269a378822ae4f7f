"""Find a symbol in Python code: imports, names, attributes; strings are for `strings`."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator

from carve.plan.refs import ClassRef
from carve.source.module import Module
from carve.source.references.model import Kind, Reference, Span
from carve.source.references.origins import Origins, Thing
from carve.source.references.scopes import Binder, Scope
from carve.source.references.spots import Spots

__all__ = ["Code"]

_EXACT_IN_FSTRINGS = sys.version_info >= (3, 12)  # before, positions in them are not reliable


class Code:
    """What the code of one module says about one symbol."""

    def __init__(self, module: Module, symbol: ClassRef, origins: Origins) -> None:
        """Find the scopes in which the name means the symbol."""
        self.module = module
        self.symbol = symbol
        self.origins = origins
        self.spots = Spots(module.source)
        self.scopes = origins.scopes(module)
        self.target = Thing(symbol.module, symbol.name)
        self._mine = {id(scope) for scope in self.scopes.every if self._is_mine(scope)}
        self._starred = self.target in origins.starred(symbol.name, module)

    @property
    def others(self) -> bool:
        """Tell whether the module itself binds the name to something else."""
        top = self.scopes.top
        return self.symbol.name in top.bound and id(top) not in self._mine

    @property
    def members(self) -> bool:
        """Tell whether a class or an object of the module has a member with the name."""
        name = self.symbol.name
        inside = any(
            scope.kind == "class" and name in scope.bound and id(scope) not in self._mine
            for scope in self.scopes.every
        )
        return inside or any(
            isinstance(node, ast.Attribute)
            and node.attr == name
            and isinstance(node.ctx, ast.Store)
            and self._is_instance(node.value)
            for node in self.module.nodes
        )

    def means(self, name: str, node: ast.AST) -> bool:
        """Tell whether `name`, evaluated where `node` stands, is the symbol."""
        if name != self.symbol.name:
            return False
        owner = self.scopes.at(node).owner_of(name)
        return self._starred if owner is None else id(owner) in self._mine

    @property
    def exports(self) -> bool:
        """Tell whether the module itself offers the symbol under its name."""
        return id(self.scopes.top) in self._mine or self._starred

    def find(self, *, members: bool) -> Iterator[Reference]:
        """Yield the references; with `members`, attributes of unknown objects are members."""
        for scope in self.scopes.every:
            for binder in scope.bound.get(self.symbol.name, ()):
                yield from self._binder(binder, mine=id(scope) in self._mine)
        inside = self._fields()
        for node in self.module.nodes:
            if _EXACT_IN_FSTRINGS or id(node) not in inside:
                yield from self._uses(node, members=members)
        if not _EXACT_IN_FSTRINGS:
            yield from self._in_fstrings(members=members)

    def _is_mine(self, scope: Scope) -> bool:
        name = self.symbol.name
        if name not in scope.bound or name in scope.declared:
            return False
        if scope is self.scopes.top and self.module.name == self.symbol.module:
            return True
        return any(
            self.target in self.origins.bound_by(binder, self.module)
            for binder in scope.bound[name]
        )

    def _binder(self, binder: Binder, *, mine: bool) -> Iterator[Reference]:
        node = binder.node
        if isinstance(node, ast.alias):
            return  # imports are found by their statement, whatever they bind
        if not mine or isinstance(node, ast.Name):
            return
        span = self._name_in(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and span:
            yield self.spots.reference("definition", span)
        else:
            place = self.spots.span(node)  # type: ignore[arg-type]
            yield self.spots.reference("name", place, exact=False)

    def _uses(self, node: ast.AST, *, members: bool) -> Iterator[Reference]:
        name = self.symbol.name
        if isinstance(node, ast.Name) and node.id == name:
            yield from self._name(node)
        elif isinstance(node, ast.Attribute) and node.attr == name:
            yield from self._attribute(node, members=members)
        elif isinstance(node, ast.ImportFrom):
            yield from self._import(node)
        elif isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
            if self.means(name, node):
                yield from self._declared(node)
        elif isinstance(node, ast.Call):
            yield from self._keywords(node)

    def _name(self, node: ast.Name) -> Iterator[Reference]:
        span = self.spots.span(node)
        if self.means(node.id, node):
            defines = not isinstance(node.ctx, ast.Load) and self.module.name == self.symbol.module
            yield self.spots.reference("definition" if defines else "name", span)
            return
        scope = self.scopes.at(node)
        if scope.kind == "class" and scope.parent and isinstance(node.ctx, ast.Load):
            # Before the class body binds the name, it is still the one from outside.
            outer = scope.parent.owner_of(node.id)
            if outer is not None and id(outer) in self._mine:
                yield self.spots.reference("name", span, standing="unsure")

    def _attribute(self, node: ast.Attribute, *, members: bool) -> Iterator[Reference]:
        things = self.origins.meant(node.value, self.module, self.scopes.at(node))
        meant = self.origins.attribute(things, node.attr)
        end = self.spots.span(node)[1]
        span = (end - len(node.attr), end)
        owner = self.spots.span(node.value)
        if self.target in meant:
            yield self.spots.reference("attribute", span, owner=owner)
        elif not meant and not members and not self._is_instance(node.value):
            yield self.spots.reference("attribute", span, owner=owner, standing="unsure")

    def _is_instance(self, node: ast.expr) -> bool:
        """Tell whether an expression is the first argument of a method, or a literal."""
        if not isinstance(node, ast.Name):
            return isinstance(node, ast.Constant | ast.JoinedStr)
        owner = self.scopes.at(node).owner_of(node.id)
        if owner is None or owner.kind != "function" or owner.parent is None:
            return False
        arguments = getattr(owner.node, "args", None)
        first = [*arguments.posonlyargs, *arguments.args][:1] if arguments else []
        return owner.parent.kind == "class" and [a.arg for a in first] == [node.id]

    def _import(self, node: ast.ImportFrom) -> Iterator[Reference]:
        for alias in node.names:
            if alias.name != self.symbol.name:
                continue
            module = self.module.absolute(node)
            if self.target not in self.origins.of(module, alias.name):
                continue
            start, end = self.spots.span(alias)
            size = len(alias.name)
            owner = self._module_in(node)
            yield self.spots.reference("import", (start, start + size), owner=owner)
            if alias.asname == alias.name:
                yield self.spots.reference("import", (end - size, end))

    def _module_in(self, node: ast.ImportFrom) -> Span | None:
        text = "." * node.level + (node.module or "")
        start = self.spots.span(node)[0]
        found = re.compile(rf"from\s*({re.escape(text)})\s*import\b").match(
            self.module.source.text, start
        )
        return found.span(1) if found else None

    def _declared(self, node: ast.Global | ast.Nonlocal) -> Iterator[Reference]:
        start, end = self.spots.span(node)
        pattern = re.compile(rf"(?<!\w){re.escape(self.symbol.name)}(?!\w)")
        for found in pattern.finditer(self.module.source.text, start, end):
            yield self.spots.reference("name", found.span())

    def _keywords(self, node: ast.Call) -> Iterator[Reference]:
        """Yield the keyword of `patch.multiple(module, Name=...)`."""
        if ast.unparse(node.func).rpartition(".")[2] != "multiple" or not node.args:
            return
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            things = self.origins.dotted(first.value)
        else:
            things = self.origins.meant(first, self.module, self.scopes.at(node))
        if self.target not in self.origins.attribute(things, self.symbol.name):
            return
        for keyword in node.keywords:
            if keyword.arg == self.symbol.name:
                start = self.spots.span(keyword)[0]
                yield self.spots.reference("keyword", (start, start + len(keyword.arg)))

    def _name_in(self, node: ast.AST) -> Span | None:
        if not isinstance(node, ast.stmt):
            return None
        pattern = re.compile(rf"(?:async\s+)?(?:def|class)\s+({re.escape(self.symbol.name)})\b")
        found = pattern.match(self.module.source.text, self.spots.span(node)[0])
        return found.span(1) if found else None

    def _fields(self) -> set[int]:
        strings = [n for n in self.module.nodes if isinstance(n, ast.JoinedStr)]
        return {id(inner) for node in strings for inner in ast.walk(node)}

    def _in_fstrings(self, *, members: bool) -> Iterator[Reference]:
        """Yield references in f-strings by their order, because their positions are not exact."""
        pattern = re.compile(rf"(?<!\w){re.escape(self.symbol.name)}(?!\w)")
        for node, uses in self._fstring_uses(members=members).items():
            start, end = self.spots.span(node)
            words = [
                found.span() for found in pattern.finditer(self.module.source.text, start, end)
            ]
            exact = len(words) == len(uses) and all(r.standing == "sure" for r in uses)
            kind: Kind = uses[0].kind
            for span in words if exact else [(start, end)]:
                standing = "sure" if exact else uses[0].standing
                yield self.spots.reference(kind, span, standing=standing, exact=exact)

    def _fstring_uses(self, *, members: bool) -> dict[ast.JoinedStr, list[Reference]]:
        found: dict[ast.JoinedStr, list[Reference]] = defaultdict(list)
        seen: set[int] = set()
        for node in self.module.nodes:
            if isinstance(node, ast.JoinedStr) and id(node) not in seen:
                for inner in ast.walk(node):
                    seen.add(id(inner))
                    found[node] += self._uses(inner, members=members)
        return {node: uses for node, uses in found.items() if uses}
