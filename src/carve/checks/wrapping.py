"""Whether a decorator of the tree merely wraps: where and when it runs makes no difference."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from carve.checks.registries import is_unordered
from carve.source.members import Function
from carve.source.module import Module, full_name
from carve.source.standing import standing
from carve.workspace import Workspace

__all__ = ["only_wraps"]

# Calls that tell something about a function, or make a wrapper, and leave no trace elsewhere.
_QUIET = frozenset(
    {
        *(f"functools.{name}" for name in ("wraps", "partial", "update_wrapper", "lru_cache")),
        *(f"inspect.{name}" for name in ("signature", "getfullargspec", "unwrap", "getdoc")),
        *(f"inspect.is{name}function" for name in ("", "coroutine", "generator", "asyncgen")),
        *("inspect.isawaitable", "asyncio.iscoroutinefunction"),
        *("contextlib.contextmanager", "contextlib.asynccontextmanager"),
        *(f"builtins.{name}" for name in ("reversed", "enumerate", "len", "callable", "zip")),
        *(f"builtins.{name}" for name in ("isinstance", "getattr", "hasattr", "str", "property")),
        *(f"builtins.{name}" for name in ("staticmethod", "classmethod", "any", "all")),
        *(f"builtins.{name}" for name in ("TypeError", "ValueError", "RuntimeError")),
    }
)
_FRESH = frozenset(
    f"builtins.{name}" for name in ("dict", "list", "set", "frozenset", "tuple", "sorted")
)
_ASKING = frozenset(
    {
        *("copy", "get", "items", "keys", "values", "format", "join", "split", "strip"),
        *("startswith", "endswith", "lower", "upper", "replace", "removeprefix", "removesuffix"),
    }
)
_WHERE = frozenset(
    {"__qualname__", "__module__", "__globals__", "getmodule", "currentframe"}
    | {"co_filename", "co_firstlineno", "co_qualname", "co_name"}
    | {"_getframe", "stack", "getsource", "getfile", "getsourcefile"}
)
_LOUD = (ast.Await, ast.Yield, ast.YieldFrom, ast.Import, ast.ImportFrom)
_WRITES = (ast.Subscript, ast.Attribute)


def only_wraps(module: Module, decorator: ast.expr, workspace: Workspace) -> bool:
    """Tell whether the decorator is a function of the tree that only makes a wrapper.

    It may also enter the function into a registry which nobody reads in order.
    """
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    found = _definition(module, called, workspace)
    if found is None:
        return False
    return _Wrapping(*found, workspace).is_quiet(factory=isinstance(decorator, ast.Call))


def _definition(
    module: Module, called: ast.expr, workspace: Workspace
) -> tuple[Module, ast.FunctionDef] | None:
    """Return the function that is called, wherever in the tree it is defined."""
    dotted = full_name(module, called)
    for _ in range(8):  # as many imports on the way are followed
        home, _, name = dotted.rpartition(".")
        path = workspace.path_of(home)
        if path is None:
            return None
        module = workspace.module_at(path)
        binding = module.bindings.get(name)
        if binding is not None and binding.kind == "helper":
            plain = isinstance(binding.node, ast.FunctionDef) and not binding.node.decorator_list
            return (module, binding.node) if plain else None  # type: ignore[return-value]
        if binding is None or binding.kind != "import":
            return None
        dotted = full_name(module, ast.Name(name))
    return None


@dataclass(frozen=True)
class _Wrapping:
    """A decorator, read as far as it runs while the class is made."""

    module: Module
    node: ast.FunctionDef
    workspace: Workspace

    def is_quiet(self, *, factory: bool) -> bool:
        """Tell whether it leaves no trace outside of the function that it is given."""
        if any(_tells_where(each) for each in ast.walk(self.node)):
            return False
        # What a factory returns is the decorator, and runs there and then as well.
        made = [each for each in self.node.body if isinstance(each, ast.FunctionDef)]
        runs = [self.node, *(made if factory else [])]
        own = set(self._made_by(runs))
        for each in made if factory else [self.node]:
            own |= {argument.arg for argument in each.args.args[:1]}
        parts = [part for each in runs for part in _run_here(each.body)]
        return (bool(made) or not factory) and all(self._is_allowed(each, own) for each in parts)

    def _made_by(self, runs: list[ast.FunctionDef]) -> Iterator[str]:
        """Yield the names of what was made on the spot, so that nobody else can have it."""
        fresh = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp, ast.Call)
        for node in (part for each in runs for part in _run_here(each.body)):
            if isinstance(node, Function):
                yield node.name
            if isinstance(node, ast.Assign) and isinstance(node.value, fresh):
                called = getattr(node.value, "func", None)
                if called is None or full_name(self.module, called) in _FRESH:
                    yield from (each.id for each in node.targets if isinstance(each, ast.Name))

    def _is_allowed(self, node: ast.AST, own: set[str]) -> bool:
        if isinstance(node, ast.Call):
            return self._is_quiet_call(node, own)
        if isinstance(node, _WRITES) and isinstance(node.ctx, ast.Store | ast.Del):
            if isinstance(node.value, ast.Name) and node.value.id in own:
                return True
            return isinstance(node, ast.Subscript) and self._is_entered(node)
        return not isinstance(node, _LOUD)

    def _is_quiet_call(self, node: ast.Call, own: set[str]) -> bool:
        called = node.func
        if isinstance(called, ast.Call):  # functools.wraps(function)(wrapper)
            return full_name(self.module, called.func) == "functools.wraps"
        name = full_name(self.module, called)
        if name == "builtins.setattr" or name.endswith((".update", ".append", ".add")):
            owner = node.args[0] if name == "builtins.setattr" else getattr(called, "value", None)
            return isinstance(owner, ast.Name) and (owner.id in own or self._is_registry(owner))
        asks = isinstance(called, ast.Attribute) and called.attr in _ASKING
        return asks or name in _QUIET | _FRESH

    def _is_entered(self, node: ast.Subscript) -> bool:
        """Tell whether it is `REGISTRY[key] = ...`, with one that is never read in order."""
        return isinstance(node.value, ast.Name) and self._is_registry(node.value)

    def _is_registry(self, node: ast.Name) -> bool:
        if node.id not in standing(self.module):
            return False
        return is_unordered(self.module, node.id, self.workspace)


def _tells_where(node: ast.AST) -> bool:
    """Tell whether code asks where a function is from, or does more than a wrapper would."""
    word = getattr(node, "attr", getattr(node, "id", None))
    return isinstance(node, ast.Global) or word in _WHERE


def _run_here(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """Yield what runs with the statements themselves: of a function, its header alone."""
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Function):
            todo += [*node.decorator_list, *node.args.defaults]
        elif not isinstance(node, ast.Lambda):
            todo += ast.iter_child_nodes(node)
