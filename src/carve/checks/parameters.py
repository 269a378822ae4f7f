"""A parameter's value is the same whenever it is read: a constant, or a class."""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.members import HostClass
from carve.source.merge.places import Parameter
from carve.source.module import full_name
from carve.source.patches import ANY, patched_names
from carve.workspace import Workspace

__all__ = ["values_stand"]


def values_stand(
    parameters: tuple[Parameter, ...], hosts: tuple[HostClass, ...], workspace: Workspace
) -> Iterator[Finding]:
    """Yield each value that may be another one when it is read from the class."""
    for parameter in parameters:
        for host, value in zip(hosts, parameter.values, strict=True):
            yield from _annotation(parameter, host)
            message = None if _is_constant(value) else _shaky(value, host, workspace)
            if message is not None:
                yield Finding(
                    host.module.path,
                    host.node.lineno,
                    f"the value {ast.unparse(value)!r} of {parameter.name!r} {message}",
                    "name a constant or a class, or leave the difference to a hook",
                )
            else:
                yield from _patched(value, host, workspace)


def _annotation(parameter: Parameter, host: HostClass) -> Iterator[Finding]:
    """Yield a finding when the module means another class by the name of the common type."""
    ref = parameter.annotation
    if ref is None or ref.name not in host.module.bindings:
        return
    meant = full_name(host.module, ast.Name(ref.name))
    if meant != f"{ref.module}.{ref.name}":
        yield Finding(
            host.module.path,
            host.module.bindings[ref.name].node.lineno,
            f"{ref.name!r} means {meant} here, not {ref}",
            "name the type after annotation: by the module that it is imported from here",
        )


def _is_constant(value: ast.expr) -> bool:
    """Tell whether the value is a number, a text or the like, which nothing can change."""
    if isinstance(value, ast.Tuple):
        return all(map(_is_constant, value.elts))
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        return isinstance(value.operand, ast.Constant)
    return isinstance(value, ast.Constant)


def _shaky(value: ast.expr, host: HostClass, workspace: Workspace) -> str | None:
    """Return what is wrong with a value that is not a constant."""
    if not all(isinstance(node, ast.Name | ast.Attribute | ast.Load) for node in ast.walk(value)):
        return "is neither a constant nor a class"
    binding = host.module.bindings.get(_root(value))
    if binding is None or binding.kind not in ("import", "helper"):
        return f"is not bound once and for all in {host.module.name}"
    if binding.node.lineno > host.node.lineno:
        return f"is bound below {host.name}"
    if not workspace.is_class(host.module, value):
        return f"is not a class that carve can see in {host.module.name}"
    return None


def _patched(value: ast.expr, host: HostClass, workspace: Workspace) -> Iterator[Finding]:
    """Yield each test that replaces the value in the module, which no longer reaches the code."""
    if _is_constant(value):
        return
    module = host.module.name
    for path in workspace.mentioning([module.rpartition(".")[2]]):
        for target, line in patched_names(workspace.module_at(path), module):
            if target in (_root(value), ANY):
                yield Finding(
                    path,
                    line,
                    f"this replaces {target!r} in {module}, but {host.name} takes "
                    f"{ast.unparse(value)!r} from there only once, when it is made",
                    f"replace the class attribute of {host.name} instead, then merge",
                )


def _root(value: ast.expr) -> str:
    return ast.unparse(value).partition(".")[0]
