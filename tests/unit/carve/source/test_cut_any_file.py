"""Any members out of any class of any file: refused with a reason, or no token lost or doubled."""

import os
import random
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from carving import tree
from cutting import cuts, judge

from carve.errors import Refused
from carve.source.module import Module

FILES = int(os.environ.get("CARVE_EXAMPLES", "4"))
STDLIB = Path(sysconfig.get_paths()["stdlib"])


def _files() -> Iterator[Path]:
    """Yield files of the standard library with classes, in an order that chance has made."""
    known = sorted(STDLIB.rglob("*.py"))
    random.Random(7).shuffle(known)  # noqa: S311 - the same choice in every run
    for path in known:
        inside = path.relative_to(STDLIB).parts
        if "site-packages" not in inside and b"\nclass " in path.read_bytes():
            yield path


def _parses(module: Module) -> bool:
    try:
        return bool(module.tree.body)
    except Refused:  # the library has files that no Python takes
        return False


def test_no_token_is_lost_or_doubled(tmp_path: Path) -> None:
    chance = random.Random(FILES)  # noqa: S311 - the same choice in every run
    written = 0
    for number, path in zip(range(FILES), _files(), strict=False):
        workspace = tree(tmp_path / str(number), {"src/pkg/god.py": path.read_bytes()})
        module = workspace.module_at("src/pkg/god.py")
        for cut in cuts(module, chance, 2) if _parses(module) else ():
            written += judge(cut, workspace, f"{path}:{cut.host.node.lineno}") is not None
    assert written


ODD = {
    "form feeds and blanks": (
        "class God:\n    def run(self):\n        return 1\n\f\n    \n"
        "    def stay(self):\n        pass\n"
    ),
    "no end of line at the end": "class God:\n    def stay(self): ...\n    def run(self): ...",
    "comments on all sides": (
        "class God:  # one\n    # two\n\n    # three\n    @staticmethod  # four\n    # five\n"
        "    def run(  # six\n        a,  # seven\n    ):  # eight\n        pass\n        # nine\n"
        "    # ten\n\n    def stay(self):\n        pass\n    # eleven\n# twelve\n"
    ),
    "continued lines": (
        "class God:\n    run = 1 + \\\n        2\n    stay = [\n  3,\n# four\n]\n"
    ),
    "tabs": "class God:\n\tdef run(self):\n\t\treturn '''\n\ta'''\n\tstay = 1\n",
    "carriage returns": "class God:\r    def run(self):\r        pass\r    stay = 1\r",
    "a mark of the byte order": "\ufeffclass God:\n    run = 1\n    stay = 2\n",
    "an encoding": "# -*- coding: latin-1 -*-\nclass God:\n    run = 'é'\n    stay = 2\n",
    "the body on the line": "class God: run = 1\n",
    "statements on one line": "class God:\n    run = 1; stay = 2\n",
    "bases over lines": (
        "class A: ...\nclass God(  # bases\n    A,  # first\n    # last\n):\n"
        "    run = 1\n    stay = 2\n"
    ),
    "lines that end in several ways": (
        "class God:\r\n    def run(self):\n        return '''a\r\n\nb'''\r\n\n"
        "    def stay(self):\n        return 1\r\n"
    ),
    "lines that end in several other ways": (
        "class God:\n    def run(self):\r\n        return 1\r\n\n    def stay(self):\n"
        "        return 1\r\n    last = 1\r    more = 2\n"
    ),
    "a form feed in the line": (
        "class God:\n\f    def run(self):\n        return 1\n\f    def stay(self):\n        pass\n"
    ),
    "two kinds of quotes around one text": (
        "class God:\n    run = ('a' \"b\"\n  f'{1}' # c\n)\n    stay = '# no'; \n"
    ),
    "a constructor": (
        "class God:\n    def __init__(self):\n        super().__init__()\n        # Above.\n"
        "        self.stay = {}  # kept\n        self.run = [  # one\n            1,\n"
        "        ]\n        # Below.\n        self.last = 1\n"
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts(name: str, tmp_path: Path) -> None:
    raw = ODD[name].encode("latin-1" if "latin-1" in ODD[name] else "utf-8")
    workspace = tree(tmp_path, {"src/pkg/god.py": raw})
    chance = random.Random(name)  # noqa: S311 - the same choice in every run
    for cut in cuts(workspace.module_at("src/pkg/god.py"), chance, 12):
        judge(cut, workspace, name)
