"""What a step names is there: its modules, classes, members and helpers; else the nearest name."""

import difflib
from collections.abc import Iterable

from carve.errors import Finding, Place, StepRefused
from carve.plan.refs import ClassRef
from carve.source.members import HostClass
from carve.workspace import Workspace

__all__ = ["missing_call", "missing_helper", "missing_member", "read_host"]


def read_host(ref: ClassRef, place: Place, workspace: Workspace) -> HostClass:
    """Return the class that the plan names at `place`, or refuse with the nearest name."""
    path = workspace.path_of(ref.module)
    if path is None:
        modules = [workspace.name_of(path) for path in workspace.python_files()]
        near = _nearest(ref.module, modules)
        raise StepRefused(
            [_missing(place, f"there is no module {ref.module!r}", near, "a module")]
        )
    if workspace.excludes(path):
        raise StepRefused([_excluded(path)])
    module = workspace.module_at(path)
    node = module.class_named(ref.name)
    if node is None:
        known = [each.name for each in module.classes()]
        if twice := [each.lineno for each in module.classes() if each.name == ref.name]:
            raise StepRefused([_defined_again(module.path, ref.name, twice)])
        message = f"there is no class {ref.name!r} at the top level"
        where = Place(module.path, 1)
        raise StepRefused([_missing(where, message, _nearest(ref.name, known), "a class")])
    return HostClass(module, node)


def _excluded(path: str) -> Finding:
    return Finding(
        path,
        1,
        "the file of the class is excluded, so no search would find what stands beside the class",
        "exclude less",
        check="names-exist",
    )


def _defined_again(path: str, name: str, lines: list[int]) -> Finding:
    listed = " and ".join(map(str, lines))
    return Finding(
        path,
        lines[1],
        f"{name} is defined more than once, in the lines {listed}",
        "keep one of the definitions, or give the others another name",
        check="names-exist",
    )


def missing_member(
    host: HostClass, name: str, known: Iterable[str], workspace: Workspace | None = None
) -> Finding:
    """Return the objection to a member that the class does not have, unless by inheritance."""
    where = Place(host.module.path, host.node.lineno)
    message = f"{host.name} has no member {name!r} of its own"
    lineage = workspace.lineage(host)[0][1:] if workspace is not None else []
    if owner := next((each.name for each in lineage if name in each.members), None):
        instead = f"it inherits {name!r} from {owner}: take it from there"
        return Finding(where.path, where.line, message, instead, check="names-exist")
    return _missing(where, message, _nearest(name, known), "it")


def missing_call(host: HostClass, name: str, known: Iterable[str]) -> Finding:
    """Return the objection to a call that the constructor does not have."""
    where = Place(host.module.path, (host.init or host.node).lineno)
    message = f"the constructor of {host.name} has no statement that calls {name!r} plainly"
    return _missing(where, message, _nearest(name, known), "it")


def missing_helper(host: HostClass, name: str, known: Iterable[str]) -> Finding:
    """Return the objection to a helper that the module does not have."""
    message = f"{host.module.name} has no top-level name {name!r}"
    return _missing(Place(host.module.path, 1), message, _nearest(name, known), "it")


def _missing(where: Place, message: str, near: list[str], what: str) -> Finding:
    instead = f"did you mean {' or '.join(near)}?" if near else f"check how {what} is spelt"
    return Finding(where.path, where.line, message, instead, check="names-exist")


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(name, sorted(set(known)), n=3, cutoff=0.55)
