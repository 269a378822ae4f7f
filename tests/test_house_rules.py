"""The rules that no tool holds: sizes, docstrings, what is public, and what must not be there.

An exception stands in `EXCEPTIONS` with its reason; one that is no longer needed fails as well.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from carve.checks import catalogue
from omnibase_core.gates.catalogue import GATES

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[1]
CODE = ("src", "benchmarks", "docs", "tests", "characterization", "noxfile.py")
TEXT = (*CODE, "changes", "migration/plan.yaml", "pyproject.toml", ".ci", "README.md")
TEXT += ("CONTRIBUTING.md", "CHANGELOG.md", ".pre-commit-config.yaml")
KINDS = {".py", ".md", ".yaml", ".toml", ".ini", ""}

LEGACY = "moved byte for byte: its text is what the pins hold"
LONG_MODULES = """
    compute_execution compute_introspection effect_execution effect_handlers
    effect_introspection orchestrator_execution orchestrator_introspection reducer_execution
    reducer_introspection reduction_registry reduction_streaming workflow_execution
"""
LONG_FUNCTIONS = """
    computation_registry compute_execution compute_introspection contract_loader
    contract_references dependency_cycles effect_execution effect_handlers
    effect_introspection effect_retry operation_metrics orchestrator_execution
    orchestrator_introspection reducer_contract reducer_execution reducer_introspection
    reduction_registry reduction_streaming thunk_emission ticket_lifecycle workflow_conditions
    workflow_execution
"""


def moved(names: str) -> dict[str, str]:
    return {f"src/omnibase_core/mixins/mixin_{name}.py": LEGACY for name in names.split()}


EXCEPTIONS = {
    "module_size": moved(LONG_MODULES),
    "function_size": moved(LONG_FUNCTIONS),
    "abstract": {
        "src/omnibase_core/infrastructure/node_core_base.py": "each node defines its own process",
        "src/omnibase_core/errors/error_codes.py": "each family of codes says what a code is",
    },
    "public_part": {
        "src/carve/cli/commands.py": "a command is called what its function is called",
    },
}

Rule = Callable[[str], Iterator[str]]


@cache
def files(*tops: str) -> tuple[str, ...]:
    found = (path for top in tops for path in [ROOT / top, *(ROOT / top).rglob("*")])
    return tuple(
        sorted(
            path.relative_to(ROOT).as_posix()
            for path in found
            if path.is_file() and path.suffix in KINDS and "__pycache__" not in path.parts
        )
    )


def python(*tops: str) -> list[str]:
    return [path for path in files(*tops) if path.endswith(".py")]


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree_of(path: str) -> ast.Module:
    return ast.parse(text_of(path))


def module_size(path: str) -> Iterator[str]:
    lines = len(text_of(path).splitlines())
    if lines > 250:
        yield f"{path}: {lines} lines, where 250 is the most"


def function_size(path: str) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > 40:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines, where 40 is the most"


def docstring_first(path: str) -> Iterator[str]:
    if ast.get_docstring(tree_of(path)) is None:
        yield f"{path}:1: does not begin with a docstring that says what it is for"


def public_part(path: str) -> Iterator[str]:
    defined = dict(_defined(tree_of(path)))
    listed = defined.pop("__all__", None)
    if isinstance(listed, ast.Assign):
        public = set(ast.literal_eval(listed.value))
        for name, node in defined.items():
            if name not in public and not name.startswith("_") and not _is_type_variable(node):
                yield f"{path}:{node.lineno}: {name!r} is neither in __all__ nor private"


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            yield from ((name.id, node) for name in node.targets if isinstance(name, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node


def _is_type_variable(node: ast.stmt) -> bool:
    value = getattr(node, "value", None)
    return isinstance(value, ast.Call) and ast.unparse(value.func) in {"TypeVar", "ParamSpec"}


def abstract(path: str) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node):
            yield f"{path}:{node.lineno}: raises NotImplementedError"


def unfinished(path: str) -> Iterator[str]:
    yield from _matches(path, r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def machine_paths(path: str) -> Iterator[str]:
    yield from _matches(path, r"(?<![\w.<{])/(home|root|Users|work)/" + r"\w|[A-Z]:\\Users")


def _matches(path: str, pattern: str) -> Iterator[str]:
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if found := re.search(pattern, line):
            yield f"{path}:{number}: {found[0]!r}"


@pytest.mark.parametrize(
    ("rule", "paths"),
    [
        (module_size, python("src", "noxfile.py")),
        (function_size, python("src", "noxfile.py")),
        (docstring_first, python(*CODE)),
        (public_part, python("src")),
        (abstract, python("src")),
        (unfinished, files(*TEXT)),
        (machine_paths, files(*TEXT)),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_rule(rule: Rule, paths: list[str]) -> None:
    excepted = EXCEPTIONS.get(rule.__name__, {})
    found = {path: list(rule(path)) for path in paths}
    broken = [line for path, lines in found.items() if path not in excepted for line in lines]
    assert not broken, "\n" + "\n".join(broken)
    assert [path for path in excepted if found.get(path) == []] == [], "exceptions without need"


def checks() -> list[str]:
    paths = python("src/carve/checks/before", "src/carve/checks/after")
    return [path for path in paths if not path.endswith("__init__.py")]


@pytest.mark.parametrize("path", checks())
def test_every_check_is_asked(path: str) -> None:
    name = Path(path).stem.replace("_", "-")
    asked = catalogue.BEFORE if "/before/" in path else catalogue.AFTER
    assert name in asked


@pytest.mark.parametrize("path", checks())
def test_every_check_has_a_test_file(path: str) -> None:
    wanted = f"*{Path(path).stem}.py"
    assert [*(ROOT / "tests/unit/carve").rglob(wanted)], f"add test_{Path(path).stem}.py"


@pytest.mark.parametrize("path", checks())
def test_every_check_is_documented(path: str) -> None:
    heading = f"### {Path(path).stem.replace('_', '-')}"
    assert heading in text_of("docs/checks.md").splitlines()


def test_every_documented_check_exists() -> None:
    named = re.findall(r"^### (.+)$", text_of("docs/checks.md"), re.MULTILINE)
    assert sorted(named) == sorted([*catalogue.BEFORE, *catalogue.AFTER])


@pytest.mark.parametrize("gate", GATES)
def test_the_runtime_passes_its_own_gates(gate: str) -> None:
    found = [str(finding) for finding in GATES[gate](ROOT)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("path", python("src/omnibase_core"))
def test_the_runtime_has_one_public_class_a_file(path: str) -> None:
    public = [
        node.name
        for node in tree_of(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    prefixed = Path(path).stem.startswith(("model_", "mixin_"))
    assert len(public) <= 1 or not prefixed, f"{path} defines {', '.join(public)}"
