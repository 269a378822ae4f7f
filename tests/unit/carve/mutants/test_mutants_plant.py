"""What is planted is what is written: mutants as text and mutants in the copy are the same."""

import ast
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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


class Awake:
    """Returns of each choice only what runs when one mutant is awake."""

    def __init__(self, number: int) -> None:
        self.number = number

    def of(self, node: ast.AST) -> list[ast.AST]:
        """Return a copy, which a choice between statements makes any number of nodes."""
        chosen = self._chosen(node)
        if chosen is not None:
            return [each for one in chosen for each in self.of(one)]
        values = {name: self._value(value) for name, value in ast.iter_fields(node)}
        if isinstance(node, ast.JoinedStr):
            values["values"] = _merged(values["values"])
        return [type(node)(**values)]

    def _value(self, value: Any) -> Any:
        if isinstance(value, ast.AST):
            (made,) = self.of(value)
            return made
        if not isinstance(value, list):
            return value
        parts = [self.of(one) if isinstance(one, ast.AST) else [one] for one in value]
        return [each for part in parts for each in part]

    def _chosen(self, node: ast.AST) -> Sequence[ast.AST] | None:
        if not isinstance(node, ast.If | ast.IfExp) or not isinstance(node.test, ast.Compare):
            return None
        test = node.test
        if not isinstance(test.left, ast.Name) or test.left.id != SWITCH:
            return None
        constant = test.comparators[0]
        assert isinstance(constant, ast.Constant)
        part = node.body if constant.value == self.number else node.orelse
        return part if isinstance(part, list) else [part]


def _merged(values: list[ast.expr]) -> list[ast.expr]:
    """Return the parts of an f-string with constants that follow each other as one."""
    merged: list[ast.expr] = []
    for part in values:
        last = merged[-1] if merged else None
        if isinstance(part, ast.Constant) and isinstance(last, ast.Constant):
            merged[-1] = ast.Constant(last.value + part.value)
        else:
            merged.append(part)
    return merged


def as_run(planted: ast.Module, number: int) -> str:
    body = [each for each in planted.body if not _is_switch(each)]
    (made,) = Awake(number).of(ast.Module(body, planted.type_ignores))
    return ast.dump(made)


def _is_switch(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == SWITCH


def as_written(text: str) -> str:
    (made,) = Awake(-1).of(ast.parse(text))
    return ast.dump(made)


@pytest.mark.parametrize("name", _MODULES)
def test_what_runs_is_what_the_text_says(name: str) -> None:
    path = _LIBRARY / f"{name}.py"
    source = Source.decode(path.name, path.read_bytes())
    planted = plant(source)
    compile(planted.tree, path.name, "exec", dont_inherit=True)
    assert as_run(planted.tree, 0) == as_written(source.text)
    keys = [mutant.key(source) for mutant in planted.mutants]
    assert len(set(keys)) == len(keys)
    for mutant in planted.mutants[:: len(planted.mutants) // 6 + 1]:
        assert as_run(planted.tree, mutant.number) == as_written(mutant.mutated(source)), mutant
