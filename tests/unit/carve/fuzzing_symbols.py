"""Rename and move names of packages of the standard library at random, and look at what comes out.

A step is refused with a reason, or every file compiles and no token but the name, imports and
what is written anew is lost or added.

    python tests/unit/carve/fuzzing_symbols.py --count 20 --seed 7 json email
"""

import argparse
import ast
import io
import platform
import random
import shutil
import sys
import tempfile
import tokenize
import traceback
from collections import Counter
from pathlib import Path

from carving import git
from fuzzing import STDLIB

from carve.errors import CarveError
from carve.plan.spec_symbols import MoveSymbolSpec, RenameSymbolSpec
from carve.source.module import Module
from carve.source.text import Source
from carve.steps.catalogue import step_for
from carve.steps.outcome import Planned
from carve.workspace import Edit, Workspace

__all__ = ["PACKAGES", "balanced"]

PACKAGES = ("json", "email", "logging", "asyncio", "unittest", "xml", "http", "urllib", "html")
_NEW = "zz_another_name"
_BLANK = frozenset(
    {tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


def copied(package: str, folder: Path) -> Workspace:
    """Return a repository with the package in it."""
    left_out = shutil.ignore_patterns("__pycache__", "test", "tests")
    shutil.copytree(STDLIB / package, folder / "src" / package, ignore=left_out)
    git(folder, "init", "--quiet", "--template=")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")
    return Workspace(folder)


def wish(
    workspace: Workspace, package: str, chance: random.Random
) -> MoveSymbolSpec | RenameSymbolSpec:
    """Return a step for some name of some module."""
    while True:
        module = workspace.module_at(chance.choice(workspace.python_files()))
        names = [name for name, each in module.bindings.items() if each.kind == "helper"]
        if names:
            break
    given = {"id": "01", "from": f"{module.name}:{chance.choice(names)}", "why": "chance"}
    if chance.random() < 0.5:
        return RenameSymbolSpec.model_validate({**given, "to": _NEW})
    target = chance.choice([f"{package}.zz_moved", chance.choice(workspace.python_files())])
    if target.endswith(".py"):
        target = workspace.name_of(target)
    return MoveSymbolSpec.model_validate({**given, "to": target})


def balanced(before: Workspace, edits: tuple[Edit, ...], old: str) -> None:
    """Compare all tokens of the changed files, but for the name, imports and what is listed."""
    lost: Counter[str] = Counter()
    for edit in edits:
        raw = before.read(edit.path)
        lost += _tokens(edit.path, raw) if raw is not None else Counter()
    new: Counter[str] = Counter()
    for edit in edits:
        compile(edit.after or b"", edit.path, "exec", dont_inherit=True)
        new += _tokens(edit.path, edit.after or b"")
    gone = {text: n for text, n in (lost - new).items() if old not in text}
    added = {text: n for text, n in (new - lost).items() if _NEW not in text and old not in text}
    assert not gone, f"lost: {gone}"
    assert not added, f"added: {added}"


def _tokens(path: str, raw: bytes) -> Counter[str]:
    module = Module("x", Source.decode(path, raw))
    left_out: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.AugAssign):
            if isinstance(node, ast.Assign | ast.AugAssign) and "__all__" not in ast.unparse(node):
                continue
            left_out |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    first = module.tree.body[0] if module.tree.body else None
    if isinstance(first, ast.Expr):
        left_out |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    tokens = tokenize.generate_tokens(io.StringIO(module.source.text).readline)
    return Counter(
        each.string for each in tokens if each.type not in _BLANK and each.start[0] not in left_out
    )


def main() -> None:
    """Take the steps, print the faults as they are found, and exit with 1 if there were any."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=20, help="steps on each package")
    parser.add_argument("--seed", default="7")
    parser.add_argument("packages", nargs="*", default=PACKAGES)
    asked = parser.parse_args()
    outcomes: Counter[str] = Counter()
    for package in asked.packages:
        with tempfile.TemporaryDirectory() as folder:
            workspace = copied(package, Path(folder))
            chance = random.Random(f"{asked.seed} {package}")  # noqa: S311 - repeatable
            for _ in range(asked.count):
                outcomes[_tried(workspace, package, chance)] += 1
    sys.stdout.write(f"Python {platform.python_version()}, seed {asked.seed}: ")
    sys.stdout.write(", ".join(f"{n} {name}" for name, n in outcomes.most_common()) + "\n")
    sys.exit(bool(outcomes["fault"]))


def _tried(workspace: Workspace, package: str, chance: random.Random) -> str:
    spec = wish(workspace, package, chance)
    try:
        outcome = step_for(spec).plan(workspace)
        if not isinstance(outcome, Planned):
            return "nothing to do"
        balanced(workspace, outcome.edits, spec.source.name)
    except CarveError as error:
        told = error.instead and error.where and "fault of carve" not in error.instead
        if told:
            return f"refused by {getattr(error, 'check', 'carve')}"
        sys.stdout.write(f"fault: {spec.title} of {spec.source}: {error.message}\n")
        return "fault"
    except Exception:  # noqa: BLE001 - whatever it is, it is a fault
        sys.stdout.write(
            f"fault: {spec.title} of {spec.source}\n{traceback.format_exc(limit=-4)}\n"
        )
        return "fault"
    return "done"


if __name__ == "__main__":
    main()
