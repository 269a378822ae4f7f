"""What each string of a module is for: a type, an export, a patch, a lookup, documentation."""

import ast

__all__ = ["Roles"]

_LOOKUPS = frozenset({"getattr", "hasattr"})
_BY_OBJECT = frozenset({"setattr", "delattr", "object"})
_PATCHES = frozenset({"patch", "multiple"}) | _BY_OBJECT
_CASTS = frozenset({"cast", "ForwardRef", "TypeVar", "NewType"})
_EXPORTS = frozenset({"__all__.append", "__all__.extend", "__all__.remove"})
_GENERIC = frozenset(
    {"list", "dict", "set", "frozenset", "tuple", "type", "Optional", "Union", "ClassVar"}
    | {"Callable", "Iterable", "Iterator", "Sequence", "Mapping", "Awaitable", "List", "Dict"}
    | {"Type", "Tuple", "Set", "Generic", "Final", "Annotated", "Coroutine", "AsyncIterator"}
)
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Roles:
    """The strings of one tree by what they are for."""

    def __init__(self, tree: ast.Module) -> None:
        """Look at everything that gives a string a meaning."""
        self.receivers: dict[int, ast.expr] = {}
        self._roles: dict[int, str] = {}
        for node in ast.walk(tree):
            self._annotations(node)
            if isinstance(node, ast.Call):
                self._call(node)
            elif isinstance(node, _DOCUMENTED):
                self._docstring(node.body)
            elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                self._assignment(node)

    def of(self, node: ast.expr) -> str:
        """Return what the string is for; nothing for one of no special kind."""
        return self._roles.get(id(node), "")

    def _annotations(self, node: ast.AST) -> None:
        for field in ("annotation", "returns"):
            if isinstance(inner := getattr(node, field, None), ast.expr):
                self._mark(inner, "annotation")
        generic = isinstance(node, ast.Subscript) and _last(node.value) in _GENERIC
        if isinstance(node, ast.Subscript) and generic:
            self._mark(node.slice, "annotation")

    def _docstring(self, body: list[ast.stmt]) -> None:
        first = body[0] if body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            self._roles[id(first.value)] = "prose"

    def _assignment(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value and any(getattr(target, "id", None) == "__all__" for target in targets):
            self._mark(node.value, "export")

    def _call(self, node: ast.Call) -> None:
        last = _last(node.func)
        if ast.unparse(node.func) in _EXPORTS:
            self._mark(node, "export")
        for keyword in node.keywords:
            if last == "TypeVar" and keyword.arg == "bound":
                self._mark(keyword.value, "annotation")
        if last in _CASTS and node.args:
            self._mark(node.args[0], "annotation")
        if last in _PATCHES and node.args:
            self._mark(node.args[0], "patch")
        if last in _LOOKUPS | _BY_OBJECT and len(node.args) > 1:
            role = "by name" if last in _LOOKUPS else "patched by name"
            self._roles[id(node.args[1])] = role
            self.receivers[id(node.args[1])] = node.args[0]

    def _mark(self, node: ast.AST, role: str) -> None:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant | ast.JoinedStr):
                self._roles.setdefault(id(inner), role)


def _last(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]
