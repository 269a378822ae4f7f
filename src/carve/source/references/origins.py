"""Follow a name through imports, aliases and re-exports to the module that defines it."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from carve.source.module import Module
from carve.source.references.files import Files
from carve.source.references.scopes import Binder, Scope, Scopes

__all__ = ["NOTHING", "Origins", "Thing", "Things"]

_MODULE_TYPES = frozenset({"Any", "ModuleType", "object", "types.ModuleType", "typing.Any"})
_LOADED = frozenset({"sys.modules", "modules"})
_LOADERS = frozenset({"import_module", "__import__", "importorskip"})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_INSIDE = "()"  # something that only exists inside of a function, or an instance


@dataclass(frozen=True, slots=True)
class Thing:
    """What a name leads to: a module, or with `name` something that a module defines."""

    module: str
    name: str = ""

    def __str__(self) -> str:
        """Return the dotted form."""
        return f"{self.module}.{self.name}" if self.name else self.module


# Several things where it depends on a condition; none where the text does not tell.
Things: TypeAlias = frozenset[Thing]
NOTHING: Things = frozenset()


class Origins:
    """Where names come from, in one state of a tree."""

    def __init__(self, files: Files) -> None:
        """Remember what was looked up, as long as the tree stays as it is."""
        self._files = files
        self._modules: dict[str, Module | None] = {}
        self._scopes: dict[int, tuple[ast.Module, Scopes]] = {}
        self._known: dict[tuple[str, str], Things] = {}
        self._asked: set[int] = set()

    def module(self, name: str) -> Module | None:
        """Return the module of the tree that has this dotted name."""
        if name not in self._modules:
            path = self._files.path_of(name)
            self._modules[name] = self._files.module_at(path) if path else None
        return self._modules[name]

    def scopes(self, module: Module) -> Scopes:
        """Return the scopes of a module."""
        tree = module.tree
        if id(tree) not in self._scopes:
            self._scopes[id(tree)] = (tree, Scopes(tree))
        return self._scopes[id(tree)][1]

    def of(self, module: str, name: str) -> Things:
        """Return what `module.name` is, with re-exports followed to the definition."""
        key = (module, name)
        if key not in self._known:
            self._known[key] = NOTHING  # who asks again on the way goes round in a circle
            self._known[key] = self._found(module, name)
        return self._known[key]

    def dotted(self, text: str) -> Things:
        """Return what a dotted text means, read from the first package on."""
        first, *rest = text.split(".")
        found: Things = frozenset({Thing(first)})
        for part in rest:
            found = self.attribute(found, part)
        return found

    def attribute(self, things: Things, name: str) -> Things:
        """Return what the attribute `name` of the things is."""
        found: set[Thing] = set()
        for thing in things:
            if not thing.name:
                found |= self.of(thing.module, name)
            elif self._is_definition(thing):
                found.add(Thing(thing.module, f"{thing.name}.{name}"))
        return frozenset(found)

    def bound_by(self, binder: Binder, module: Module) -> Things:
        """Return what one binder in `module` binds its name to."""
        if isinstance(binder.node, ast.alias):
            return self._imported(binder, module)
        if binder.value is not None and binder.where is not None:
            return self.meant(binder.value, module, binder.where)
        argument = binder.node
        if isinstance(argument, ast.arg) and argument.annotation is not None:
            said = ast.unparse(argument.annotation).strip("'\"")
            # An instance of a class is certainly no module.
            return NOTHING if said in _MODULE_TYPES else frozenset({Thing(module.name, _INSIDE)})
        return NOTHING

    def meant(self, node: ast.expr, module: Module, scope: Scope) -> Things:
        """Return what an expression leads to; nothing where the text does not tell."""
        if isinstance(node, ast.Name):
            return self._named(node.id, module, scope)
        if isinstance(node, ast.Attribute):
            return self.attribute(self.meant(node.value, module, scope), node.attr)
        if isinstance(node, ast.Call):
            reloads = ast.unparse(node.func).rpartition(".")[2] == "reload" and node.args
            return (
                self.meant(node.args[0], module, scope) if reloads else self.loaded(node, module)
            )
        loaded = isinstance(node, ast.Subscript) and ast.unparse(node.value) in _LOADED
        if isinstance(node, ast.Subscript) and loaded:
            return self._text(node.slice, module)
        number = isinstance(node, ast.Constant) and not isinstance(node.value, str)
        return frozenset({Thing("builtins")}) if number else NOTHING

    def _named(self, name: str, module: Module, scope: Scope) -> Things:
        owner = scope.owner_of(name)
        if owner is None:
            return self.starred(name, module)
        if owner is scope.top and self.module(module.name) is module:
            return self.of(module.name, name)
        return self._any(owner.bound[name], name, module)

    def _any(self, binders: Iterable[Binder], name: str, module: Module) -> Things:
        found: set[Thing] = set()
        for binder in binders:
            on_top = binder.where is not None and binder.where.parent is None
            if on_top and not isinstance(binder.node, ast.alias):
                found.add(Thing(module.name, name))
            elif isinstance(binder.node, _DEFINITIONS):
                found.add(Thing(module.name, _INSIDE))
            if id(binder) not in self._asked:
                self._asked.add(id(binder))
                found |= self.bound_by(binder, module)
                self._asked.discard(id(binder))
        return frozenset(found)

    def _found(self, module: str, name: str) -> Things:
        known = self.module(module)
        below = f"{module}.{name}"
        if known is None:
            return frozenset({Thing(below)})
        binders = self.scopes(known).top.bound.get(name)
        if binders:
            return self._any(binders, name, known)
        if self._files.path_of(below) is not None:
            return frozenset({Thing(below)})
        if found := self.starred(name, known) or self.lazy(name, known):
            return found
        dynamic = "__getattr__" in self.scopes(known).top.bound
        # Without one it can only be a folder that needs no `__init__.py`.
        return NOTHING if dynamic else frozenset({Thing(below)})

    def starred(self, name: str, module: Module) -> Things:
        """Return what a star import of the module makes of a name."""
        found: set[Thing] = set()
        for node in module.star_imports:
            base = self.module(module.absolute(node))
            if base is None or base is module or not _offers(base, name):
                continue
            found |= self.of(base.name, name)
        return frozenset(found)

    def lazy(self, name: str, module: Module) -> Things:
        """Return what a module's `__getattr__` makes of a name that stands in it as text."""
        if "__getattr__" not in self.scopes(module).top.bound:
            return NOTHING
        found: set[Thing] = set()
        for node in module.nodes:
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == name:
                        found |= self._lazy_value(value, name, module)
            elif isinstance(node, ast.ImportFrom) and name in {a.name for a in node.names}:
                found |= self.of(module.absolute(node), name)
        return frozenset(found)

    def _lazy_value(self, value: ast.expr, name: str, module: Module) -> Things:
        texts = [n.value for n in ast.walk(value) if isinstance(n, ast.Constant)]
        for text in filter(lambda text: isinstance(text, str), texts):
            owner = str(text).partition(":")[0]
            level = len(owner) - len(owner.lstrip("."))
            base = ast.ImportFrom(owner.lstrip(".") or None, [], level)
            found = module.absolute(base)
            for candidate in (found, found.removesuffix(f".{name}")):
                if self.module(candidate) is not None:
                    return self.of(candidate, name)
        return NOTHING

    def _imported(self, binder: Binder, module: Module) -> Things:
        alias, statement = binder.node, binder.statement
        assert isinstance(alias, ast.alias)  # noqa: S101 - a type fact
        if isinstance(statement, ast.ImportFrom):
            return self.of(module.absolute(statement), alias.name)
        return self.dotted(alias.name if alias.asname else alias.name.partition(".")[0])

    def loaded(self, node: ast.Call, module: Module) -> Things:
        """Return the module that a call such as `import_module("pkg.mod")` gives."""
        called = ast.unparse(node.func).rpartition(".")[2]
        if called not in _LOADERS or not node.args:
            return NOTHING
        package = node.args[1] if len(node.args) > 1 else None
        found = self._text(node.args[0], module, package)
        if called == "__import__" and len(node.args) == 1:
            return frozenset(Thing(thing.module.partition(".")[0]) for thing in found)
        return found

    def _text(self, node: ast.expr, module: Module, package: ast.expr | None = None) -> Things:
        """Return the module that a text names; a relative one starts at `package`."""
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            return NOTHING
        text = node.value
        if text.startswith("."):
            start = package.value if isinstance(package, ast.Constant) else module.package
            level = len(text) - len(text.lstrip("."))
            parts = str(start).split(".")
            text = ".".join([*parts[: len(parts) - level + 1], text.lstrip(".")]).strip(".")
        return self.dotted(text) if text else NOTHING

    def _is_definition(self, thing: Thing) -> bool:
        """Tell whether a thing is a class or function, whose attributes are not a module's."""
        known = self.module(thing.module)
        first = thing.name.partition(".")[0]
        binders = self.scopes(known).top.bound.get(first, []) if known else []
        return first == _INSIDE or any(isinstance(b.node, _DEFINITIONS) for b in binders)


def _offers(module: Module, name: str) -> bool:
    """Tell whether `from module import *` takes `name`."""
    return name in module.exported if module.exported else not name.startswith("_")
