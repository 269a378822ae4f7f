"""What is planted is what is written: mutants as text and mutants in the copy are the same."""

import ast
import pickle
import sysconfig
from pathlib import Path

import pytest

from carve.mutants.plant import SWITCH, plant
from carve.source.text import Source

_LIBRARY = Path(sysconfig.get_paths()["stdlib"])
_MODULES = [
    "abc",
    "asyncio/locks",
    "asyncio/queues",
    "base64",
    "bisect",
    "cmd",
    "codeop",
    "colorsys",
    "contextlib",
    "copy",
    "copyreg",
    "csv",
    "filecmp",
    "fileinput",
    "fnmatch",
    "fractions",
    "functools",
    "genericpath",
    "getpass",
    "glob",
    "graphlib",
    "hashlib",
    "heapq",
    "hmac",
    "html/parser",
    "json/decoder",
    "json/encoder",
    "keyword",
    "linecache",
    "mimetypes",
    "netrc",
    "numbers",
    "opcode",
    "operator",
    "pprint",
    "queue",
    "random",
    "reprlib",
    "sched",
    "selectors",
    "shlex",
    "shutil",
    "stat",
    "string",
    "struct",
    "tempfile",
    "textwrap",
    "this",
    "timeit",
    "token",
    "types",
    "weakref",
]


class Awake(ast.NodeTransformer):
    """Leaves of each choice only what runs when one mutant is awake."""

    def __init__(self, number: int) -> None:
        self.number = number

    def _chosen(self, node: ast.If | ast.IfExp) -> int | None:
        test = node.test
        if not isinstance(test, ast.Compare) or not isinstance(test.left, ast.Name):
            return None
        if test.left.id != SWITCH:
            return None
        constant = test.comparators[0]
        assert isinstance(constant, ast.Constant)
        return int(constant.value == self.number)

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        chosen = self._chosen(node)
        self.generic_visit(node)
        return node if chosen is None else (node.body if chosen else node.orelse)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        chosen = self._chosen(node)
        self.generic_visit(node)
        return node if chosen is None else (node.body if chosen else node.orelse)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        self.generic_visit(node)
        merged: list[ast.expr] = []
        for part in node.values:
            last = merged[-1] if merged else None
            if isinstance(part, ast.Constant) and isinstance(last, ast.Constant):
                merged[-1] = ast.Constant(last.value + part.value)
            else:
                merged.append(part)
        node.values = merged
        return node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.body = [
            each
            for each in node.body
            if hasattr(each, "body") or not ast.unparse(each).startswith(SWITCH)
        ]
        self.generic_visit(node)
        return node


def as_run(planted: bytes, number: int) -> str:
    return ast.dump(Awake(number).visit(pickle.loads(planted)))  # noqa: S301 - our own


def as_written(text: str) -> str:
    return ast.dump(Awake(-1).visit(ast.parse(text)))


@pytest.mark.parametrize("name", _MODULES)
def test_what_runs_is_what_the_text_says(name: str) -> None:
    path = _LIBRARY / f"{name}.py"
    source = Source.decode(path.name, path.read_bytes())
    planted = plant(source)
    compile(planted.tree, path.name, "exec", dont_inherit=True)
    tree = pickle.dumps(
        planted.tree
    )  # waking changes it, and to plant anew takes five times as long
    assert as_run(tree, 0) == as_written(source.text)
    keys = [mutant.key(source) for mutant in planted.mutants]
    assert len(set(keys)) == len(keys)
    for mutant in planted.mutants[:: len(planted.mutants) // 6 + 1]:
        assert as_run(tree, mutant.number) == as_written(mutant.mutated(source)), mutant
