"""Import each of the modules named on stdin first of all, and say on stdout how each import ended.

A module that is imported first runs the imports at its top, one after the other. Modules that
begin alike are in the same state after the same imports, so these are done once, in a process
that forks for what comes next. That is the same as a fresh process for each as long as the module
itself was not reached on the way; where it was, or anything has failed, a fresh process decides.
"""

import ast
import asyncio  # noqa: F401 - third-party packages and what they need are loaded once
import concurrent.futures  # noqa: F401
import gc
import importlib
import json
import os
import sys
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pydantic  # noqa: F401
import yaml  # noqa: F401

TOP = "omnibase_core"
Tell = Callable[[str], object]


def main() -> None:
    """Answer with the complaint about each module, an empty one where there is none."""
    names = json.load(sys.stdin)
    gc.disable()
    assert not reached()
    ways = {name: [*parents(name), *beginning(name, Path(sys.argv[1]))] for name in names}
    imported = set(asked(lambda tell: visit(names, ways, 0, tell)).split())
    json.dump({name: "" if name in imported else alone(name) for name in names}, sys.stdout)


def reached() -> set[str]:
    return {name for name in sys.modules if name.partition(".")[0] == TOP}


def parents(name: str) -> list[str]:
    """Return the packages that are imported before a module, outermost first."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def beginning(name: str, source: Path) -> Iterator[str]:
    """Yield the modules of ours that are imported by the statements a file begins with."""
    path = source.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for statement in ast.parse(file.read_bytes()).body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        if isinstance(statement, ast.Import) and not any(
            a.name.startswith(TOP) for a in statement.names
        ):
            continue
        if not isinstance(statement, ast.ImportFrom) or statement.level:
            return
        module = statement.module or ""
        if not module.startswith(TOP):
            continue
        if module.startswith(f"{name}."):
            return
        yield module
        below = source.joinpath(*module.split("."))
        if any(
            (below / a.name).is_dir() or (below / f"{a.name}.py").is_file()
            for a in statement.names
        ):
            return  # what is imported next may be this module, or a name of the same spelling


def visit(names: list[str], ways: dict[str, list[str]], depth: int, tell: Tell) -> None:
    """Import each module in a process of its own, which goes on from what is imported here."""
    groups = defaultdict(list)
    for name in names:
        groups[ways[name][depth] if len(ways[name]) > depth else None].append(name)
    for step, group in groups.items():
        if step is None or len(group) == 1:
            for name in group:
                in_child(lambda name=name: first(name, tell))
        else:
            in_child(lambda step=step, group=group: further(step, group, ways, depth, tell))


def first(name: str, tell: Tell) -> None:
    importlib.import_module(name)
    tell(f"{name}\n")


def further(
    step: str, names: list[str], ways: dict[str, list[str]], depth: int, tell: Tell
) -> None:
    importlib.import_module(step)
    known = reached().intersection(names)
    for name in known:
        if step in parents(name):
            tell(f"{name}\n")  # a package around it has imported it, and does so for anyone
    visit([name for name in names if name not in known], ways, depth + 1, tell)


def alone(name: str) -> str:
    """Return the complaint of a fresh process about a module."""

    def attempt(tell: Tell) -> None:
        try:
            importlib.import_module(name)
        except BaseException:
            tell(traceback.format_exc()[-3000:])
            raise
        tell("imported")

    answer = asked(attempt)
    return "" if answer == "imported" else answer or "the process ended"


def asked(work: Callable[[Tell], None]) -> str:
    """Return what work in a child process tells."""
    read, write = os.pipe()
    child = forked(lambda: work(lambda text: os.write(write, text.encode())))
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return told


def in_child(work: Callable[[], None]) -> None:
    os.waitpid(forked(work), 0)


def forked(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)  # without a word: who told nothing is asked again, alone
    return child


if __name__ == "__main__":
    main()
