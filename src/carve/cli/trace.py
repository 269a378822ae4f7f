"""What `carve trace` does: the class before and after a change, as the tests see it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from carve.cli.answer import Answer
from carve.cli.options import repository
from carve.cli.progress import Live
from carve.cli.single import Wanted, edits_of, ref_of
from carve.errors import CarveError, Place
from carve.plan.nearest import nearest
from carve.trace.record import Target, interpreter_of
from carve.trace.session import traced
from carve.trace.trees import Tree, tree_of
from carve.trace.wording import show_trace
from carve.workspace import Workspace

__all__ = ["Sides", "trace_class"]

_WIDE = 200  # columns: in a pipe each line stays one


@dataclass(frozen=True, slots=True)
class Sides:
    """Which trees are compared, in the words of the command line, and where random begins."""

    before: str | None
    after: str | None
    seed: int | None = None


def trace_class(
    wanted: Wanted, sides: Sides, command: list[str], repo: Path | None, out: Path | None
) -> Answer:
    """Return how the class behaves in one tree compared with the other."""
    folder = repository(repo)
    if not command:
        raise CarveError(
            "no command runs the tests",
            instead=f"end with -- and it: carve trace {wanted.source} -- python -m pytest -q",
        )
    target = Target(ref_of(wanted, folder), wanted.roots_in(folder), sides.seed)
    _require_class(target, folder)
    first = interpreter_of(command[0], (Path.cwd(), folder))
    trees = _trees(wanted, sides, folder)
    with Live(first="reading the trees") as live:
        record = traced(trees, target, [first, *command[1:]], out, live.show)
    record = replace(record, command=tuple(command))
    return Answer(
        {"repository": str(folder), **record.to_json()},
        int(record.objected),
        show=lambda console: show_trace(console, record),
        wide=_WIDE,
    )


def _require_class(target: Target, folder: Path) -> None:
    """Say so at once if the class is not there; the tests may take long."""
    workspace = Workspace(folder, target.roots)
    path = workspace.path_of(target.ref.module)
    if path is None:
        return
    module = workspace.module_at(path)
    classes = [each.name for each in _outer(module.tree)]
    if target.ref.name not in classes:
        inner = [each for each in ast.walk(module.tree) if isinstance(each, ast.ClassDef)]
        found = next((each for each in inner if each.name == target.ref.name), None)
        nested = ", but within another class or a function" if found else ""
        near = nearest(target.ref.name, classes)
        raise CarveError(
            f"{target.ref.module} defines no class {target.ref.name!r} at its top level{nested}",
            where=Place(module.path, found.lineno if found else None),
            instead=near or (f"one of {', '.join(classes)}" if classes else "name another file"),
        )


def _outer(node: ast.AST) -> Iterator[ast.ClassDef]:
    """Yield the classes that a module defines by name, under conditions as well."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.ClassDef):
            yield each
        elif not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _outer(each)


def _trees(wanted: Wanted, sides: Sides, folder: Path) -> tuple[Tree, Tree]:
    if bool(wanted.members) != bool(wanted.target):
        raise CarveError("--members and --to go together", instead="give both, or neither")
    if wanted.members and (sides.before or sides.after):
        raise CarveError(
            "--members compares the working tree with an extraction from it",
            instead="leave --before and --after out",
        )
    if not wanted.members:
        if further := [*wanted.further]:
            raise CarveError(
                f"--{further[0]} is about an extraction",
                instead=f"add --members and --to, or leave --{further[0]} out",
            )
        return tree_of(sides.before or "HEAD", folder), tree_of(sides.after, folder)
    now = tree_of(None, folder)
    title = f"with {wanted.target.rpartition(':')[2]} extracted"
    return now, replace(now, title=title, edits=edits_of(wanted, folder))
